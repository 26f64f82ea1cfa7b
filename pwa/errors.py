"""The pages for what went wrong, in our look."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pwa import compose, pages
from pwa.frame import Frame, part, release

FOOTER = gettext_lazy("Everything here can be read without an account.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, whatever raised it."""
    return pages.missing(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, without asking the database, which may be what failed."""
    html = compose.join(
        release(Frame(footer=str(FOOTER))).shell,
        pages.title_head(_("Something went wrong")),
        part("failed"),
        {},
        "",
        timezone.now(),
    )
    return HttpResponse(html, status=500, headers={"Cache-Control": "no-store"})
