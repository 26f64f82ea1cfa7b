"""Deletions in the admin that would take something out of an article: refused, naming the articles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.images.views.bulk_actions.delete import DeleteBulkAction
from wagtail.images.views.images import DeleteView

from cms.articles.protection import why_not_deleted
from cms.pictures.models import Picture


def refused(request: HttpRequest, things: list[Any], back: str) -> HttpResponse | None:
    """Say which of some things are used, and where, and go back; None where none of them is."""
    reasons = why_not_deleted(things)
    for reason in reasons:
        messages.error(request, reason)
    return redirect(get_valid_next_url_from_request(request) or back) if reasons else None


@hooks.register("before_delete_snippet")
def keep_snippets_that_are_used(request: HttpRequest, snippets: list[Any]) -> HttpResponse | None:
    """Keep references, people and topics that articles use, one by one and in bulk."""
    if not snippets:
        return None
    return refused(request, snippets, reverse(snippets[0].snippet_viewset.get_url_name("list")))


@hooks.register("register_bulk_action", order=10)
class PicturesDeleteAction(DeleteBulkAction):
    """Deletes several pictures, if no page shows any. Stands after Wagtail's own, and so in its place."""

    def prepare_action(self, objects: list[Picture], objects_without_access: Any) -> HttpResponse | None:
        answer = refused(self.request, objects, reverse("wagtailimages:index"))
        return answer or super().prepare_action(objects, objects_without_access)


class PictureDeleteView(DeleteView):
    """Deletes one picture, if no page shows it. Wagtail runs no hook before this view."""

    def run_before_hook(self) -> HttpResponse | None:
        return refused(self.request, [self.object], reverse("wagtailimages:edit", args=[self.object.pk]))


@hooks.register("register_admin_urls", order=-1)
def register_picture_deletion() -> list[URLPattern]:
    """Stand before Wagtail's own view at the same address."""
    return [path("images/<int:image_id>/delete/", PictureDeleteView.as_view(), name="delete_picture")]
