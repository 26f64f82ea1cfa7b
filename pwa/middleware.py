"""Headers that every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from cms.notifications.preferences import keep_language
from cms.people.models import User
from cms.publishing.languages import codes, language_of
from pwa.frame import permissions_policy

PERSONAL = ("/accounts/", "/own/", "/letters/", "/admin/", "/documents/")
# Pages of one person, in the language of their choice, whatever their address.
ACCOUNTS = ("/accounts/", "/own/", "/letters/", "/sync/own/")
SIGNED_IN = "respite_signed_in"  # which pwa/client/src/page/signed-in.ts looks for


class ReaderHeadersMiddleware:
    """Switches off what no page asks a device for, and lets nobody keep what is personal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = permissions_policy()
        if request.path_info.startswith(PERSONAL):
            response["Cache-Control"] = "private, no-store"
            hint_at_account(request, response)
        return response


def hint_at_account(request: HttpRequest, response: HttpResponse) -> None:
    """Leave word in the browser whether somebody is logged in there, and not who: only then do pages ask that."""
    user = getattr(request, "user", None)
    is_in = user is not None and user.is_authenticated
    if is_in and SIGNED_IN not in request.COOKIES:
        lasts = settings.SESSION_COOKIE_AGE
        response.set_cookie(SIGNED_IN, "yes", lasts, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    elif not is_in and SIGNED_IN in request.COOKIES:
        response.delete_cookie(SIGNED_IN, samesite="Lax")


class LanguageMiddleware:
    """Answers in the language of the address, and on account pages in the one that was chosen there.

    Account pages are one person's own and kept by nobody, so they alone may look at a cookie or a header:
    ``?language=de`` chooses and is remembered. The admin has each editor's own setting, which is Wagtail's business.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        personal = request.path_info.startswith(ACCOUNTS)
        chosen = request.GET.get("language", "") if personal else ""
        if chosen not in codes():
            chosen = ""
        asked = translation.get_language_from_request(request) if personal else language_of(request.path_info)
        language = chosen or asked
        with translation.override(language):
            response = self.get_response(request)
        if not request.path_info.startswith("/admin/") and response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        if chosen:
            remember(request, chosen)
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response


def remember(request: HttpRequest, language: str) -> None:
    """Write to whoever is logged in in the language that they choose, too."""
    user = getattr(request, "user", None)
    if isinstance(user, User):
        keep_language(user, language)
