"""The guide in the admin. Whoever may open the admin may read it."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.guide.reading import folder, read_guide


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the editors' guide."""
    return shown(request, "editors", _("Guide for editors"))


@require_safe
def guide_for_moderators(request: HttpRequest) -> HttpResponse:
    """Show the moderators' guide."""
    return shown(request, "moderators", _("Guide for moderators"))


def shown(request: HttpRequest, name: str, title: str) -> HttpResponse:
    """Show a page of the documentation."""
    try:
        text = read_guide(name)
    except FileNotFoundError:
        raise Http404(_("This installation was made without its documentation.")) from None
    breadcrumbs = [{"url": "", "label": title}]
    return render(request, "guide/guide.html", {"guide": text, "breadcrumbs_items": breadcrumbs})


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """Serve one of the guide's pictures; the address names no folder, so no other file can be asked for."""
    try:
        return FileResponse((folder() / "pictures" / name).open("rb"), content_type="image/png")
    except FileNotFoundError:
        raise Http404 from None
