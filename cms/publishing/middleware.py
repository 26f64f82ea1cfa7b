"""Takes the writers' lock for what the admin changes."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from cms.publishing.services import one_writer

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Reads in spite of their method, and uploads, which may take long: neither holds up a writer.
UNLOCKED_PARTS = ("preview", "upload", "add_multiple", "login", "logout", "chooser", "userbar")


class OneWriterMiddleware:
    """Runs every writing request of the admin as the one writer of its time, in one transaction.

    An answer of 500 or above, or an exception in the view, rolls everything back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not takes_lock(request):
            return self.get_response(request)
        with one_writer():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def takes_lock(request: HttpRequest) -> bool:
    """Say whether a request may change what is published: an unsafe method on an admin view."""
    if request.method in SAFE_METHODS or not request.path_info.startswith("/admin/"):
        return False
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    name = match.url_name or ""
    return not any(part in name for part in UNLOCKED_PARTS)
