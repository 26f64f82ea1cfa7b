"""What a message of the workflow says of the thing that it is about."""

from typing import Any

from django import template
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.models import Page

register = template.Library()


@register.simple_tag
def about(thing: Any, user: Any) -> dict[str, Any]:
    """Give the title as last written, the kind, whether it waits for its time, and where in the admin it is opened."""
    if isinstance(thing, Page):
        path = reverse("wagtailadmin_pages:edit", args=[thing.pk])
    else:
        path = AdminURLFinder(user).get_edit_url(thing)
    scheduled = bool(thing.go_live_at and not thing.live)
    return {"title": get_latest_str(thing), "kind": thing._meta.verbose_name, "scheduled": scheduled, "path": path}
