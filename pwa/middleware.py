"""Headers that every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pwa.frame import permissions_policy

PERSONAL = ("/accounts/", "/admin/", "/documents/")


class ReaderHeadersMiddleware:
    """Switches off what no page asks a device for, and lets nobody keep what is personal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = permissions_policy()
        if request.path_info.startswith(PERSONAL):
            response["Cache-Control"] = "private, no-store"
        return response
