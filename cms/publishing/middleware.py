"""Takes the writers' lock for what the admin changes."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from cms.publishing.rules import NotReady
from cms.publishing.services import one_writer
from cms.publishing.wagtail_hooks import tell

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Reads in spite of their method, uploads, which may take long, and what is one person's own business:
# none of them changes what is public, so none of them holds up a writer.
UNLOCKED_NAMES = frozenset(
    {
        "preview_on_add",
        "preview_on_edit",
        "wagtailadmin_block_preview",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_account",
        "wagtailadmin_dismissibles",
        "ping",
        "release",
        "add_multiple",
        "create_multiple_from_uploaded_image",
        "create_multiple_from_uploaded_document",
        "delete_upload_multiple",
        "wagtailimages_chooser:create",
        "wagtaildocs_chooser:create",
    }
)


class OneWriterMiddleware:
    """Runs every writing request of the admin as the one writer of its time, in one transaction.

    An answer of 500 or above, or an exception in the view, rolls everything back. What is not ready to be
    published is told to the editor, and nothing of the attempt stays.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not takes_lock(request):
            return self.get_response(request)
        read_body(request)
        with one_writer():
            response = self.get_response(request)
            if response.status_code >= 500 or getattr(request, "respite_refused", False):
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell the editor why something was not published."""
        if not isinstance(exception, NotReady):
            return None
        request.respite_refused = True  # type: ignore[attr-defined]  # read above, in the same request
        return tell(request, exception.thing, exception.problems)


def takes_lock(request: HttpRequest) -> bool:
    """Say whether a request may change what is published: an unsafe method of the team on an admin view."""
    if request.method in SAFE_METHODS or not request.path_info.startswith("/admin/"):
        return False
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    if not UNLOCKED_NAMES.isdisjoint({match.url_name, match.view_name}):
        return False
    return request.user.has_perm("wagtailadmin.access_admin")


def read_body(request: HttpRequest) -> None:
    """Take in what is sent, however slowly it comes, before anybody has to wait for it."""
    if request.method == "POST" and request.content_type == "multipart/form-data":
        request.POST  # noqa: B018  # a form with files is read when it is first asked for
    else:
        request.body  # noqa: B018
