"""Where somebody writes to a specialist: the same page for everybody, whoever they are."""

from html import escape

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.library import queries
from api.library.models import Kind
from pwa.answers import Document, answer
from pwa.frame import part
from pwa.pages import Desk, elsewhere, title_head


@require_safe
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the form to write to a specialist whom readers see, behind its gate."""
    desk = Desk.now_open()
    found = queries.find(f"/specialists/{slug}/", desk.now)
    if found and found.moved_to:
        return HttpResponseRedirect(f"{desk.frame.root}{found.moved_to}write/")
    if found is None or found.entry is None or found.entry.kind != Kind.SPECIALIST:
        return elsewhere(request, desk, found)
    name = str((found.entry.data or {}).get("name", ""))
    head = title_head(_("Write to %(name)s") % {"name": name})
    html = desk.page(part("write"), head, f"{desk.frame.root}/specialists/{slug}/write/", slug=slug, name=escape(name))
    return answer(request, Document(html.encode()), desk.holds())
