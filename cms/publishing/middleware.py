"""Takes the writers' lock for what the admin changes."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.publishing.rules import NotReady
from cms.publishing.services import one_writer
from cms.publishing.wagtail_hooks import say_why_not

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
        "citation_describe",
        "citation_compose",
        "advice_on_edit",
        "advice_on_create",
        # These take the lock by themselves, for twenty entries at a time, or wait for an answer from elsewhere.
        "references_import:index",
        "references_import:show",
        "references_import:step",
        "references_import:discard",
        "references_import:publish",
        "references_doi:ask",
        "references_doi:answer",
    }
)


# The buttons of a form that publish what it saves.
PUBLISHING_BUTTONS = ("action-publish", "action-workflow-action")


class OneWriterMiddleware:
    """Runs every writing request of the admin as the one writer of its time, in one transaction.

    An answer of 500 or above, or an exception in the view, rolls everything back. Where what a form holds cannot
    be published, the form is then sent once more as if only its draft were to be saved, and the editor is told.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not takes_lock(request):
            return self.get_response(request)
        read_body(request)
        response, refusal = self._write(request)
        if refusal is None:
            return response
        kept = self._keep_draft(request)
        if isinstance(refusal, NotReady):
            say_why_not(request, refusal.thing, refusal.problems, kept is not None)
        else:
            say_why_not(request, None, refusal.messages, kept is not None)
        return kept or _go_on(request, _where_to_mend(request, refusal))

    def _write(self, request: Any) -> tuple[HttpResponse, NotReady | ValidationError | None]:
        request.respite_refusal = None
        with one_writer():
            response = self.get_response(request)
            if response.status_code >= 500 or request.respite_refusal is not None:
                transaction.set_rollback(True)
            return response, request.respite_refusal

    def _keep_draft(self, request: Any) -> HttpResponse | None:
        """Save as a draft what was to be published; None where no form was sent, or that is refused as well."""
        if not any(button in request.POST for button in PUBLISHING_BUTTONS):
            return None
        request.POST = request.POST.copy()
        for button in PUBLISHING_BUTTONS:
            request.POST.pop(button, None)
        response, refusal = self._write(request)
        return response if refusal is None and response.status_code < 400 else None

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """Take a refusal to publish for what it is; the editor is told once everything is rolled back."""
        if not isinstance(exception, NotReady | ValidationError) or not hasattr(request, "respite_refusal"):
            return None
        request.respite_refusal = exception
        return HttpResponse(status=409)


def _go_on(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to an address; where a dialog of the admin asked, in the JSON that it understands."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"step": "success", "redirect": address})
    return redirect(address)


def _where_to_mend(request: HttpRequest, refusal: NotReady | ValidationError) -> str:
    """Give the address where a refused thing is edited, or the admin's first page."""
    address = AdminURLFinder(request.user).get_edit_url(refusal.thing) if isinstance(refusal, NotReady) else None
    page = request.resolver_match.kwargs.get("page_id") if request.resolver_match else None
    if address is None and page is not None:
        address = reverse("wagtailadmin_pages:edit", args=[page])
    return address or reverse("wagtailadmin_home")


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
