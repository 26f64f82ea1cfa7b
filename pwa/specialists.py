"""The list of specialists. What somebody looks for in it is nobody's to keep."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.specialists.rule import next_day
from pwa import finding
from pwa.answers import Document, answer
from pwa.frame import part
from pwa.pages import Desk, memory, page_number, seconds_left, title_head

SENSITIVE = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Everybody who is verified, in the order of the day; or who fits what is asked for."""
    desk = Desk.now_open()
    asked, number = finding.asked_in(request.GET), page_number(request) or 1
    if asked:
        # Where a reader goes from here is not to be told what they looked for: not even our own server's log.
        return HttpResponse(drawn(desk, asked, number), headers=SENSITIVE)
    key = f"{desk.frame.root}/specialists/?page={number}"
    kept = memory.get(key, desk.stamp, desk.now)
    if kept is None:
        document = Document(drawn(desk, {}, number).encode())
        holds = min(desk.holds(), int((next_day(desk.now) - desk.now).total_seconds()))
        kept = memory.put(key, desk.stamp, document, desk.now, holds)
    return answer(request, kept, seconds_left(kept, desk.now))


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Where somebody begins to offer help: the gate, the same bytes for everybody."""
    desk = Desk.now_open()
    html = desk.page(part("join"), title_head(_("Help people here")), f"{desk.frame.root}/specialists/join/")
    return answer(request, Document(html.encode()), desk.holds())


def drawn(desk: Desk, asked: finding.Asked, number: int) -> str:
    """Draw the page."""
    path = f"{desk.frame.root}/specialists/"
    description = _("Registered specialists who were checked by us: how they work, what they cost, how to meet them.")
    head = title_head(_("Find someone to talk to"), description, settings.ORIGIN + path, index=not asked)
    return desk.page(part("specialists"), head, path, number, asked=asked)
