"""Deletions in the admin that would take something out of an article: refused, naming the articles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
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


@hooks.register("before_bulk_action")
def keep_pictures_that_are_used(
    request: HttpRequest, action_type: str, things: list[Any], action: Any
) -> HttpResponse | None:
    """Keep pictures that pages show, when several are to go at once."""
    pictures = [thing for thing in things if isinstance(thing, Picture)]
    if action_type != "delete" or not pictures:
        return None
    return refused(request, pictures, reverse("wagtailimages:index"))


class PictureDeleteView(DeleteView):
    """Deletes one picture, if no page shows it. Wagtail runs no hook before this view."""

    def run_before_hook(self) -> HttpResponse | None:
        return refused(self.request, [self.object], reverse("wagtailimages:edit", args=[self.object.pk]))


@hooks.register("register_admin_urls", order=-1)
def register_picture_deletion() -> list[URLPattern]:
    """Stand before Wagtail's own view at the same address."""
    return [path("images/<int:image_id>/delete/", PictureDeleteView.as_view(), name="delete_picture")]
