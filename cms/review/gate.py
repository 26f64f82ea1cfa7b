"""Stands before the admin's views that show a page or a picture by its number, and asks whether it may be seen.

Most of Wagtail's views ask the policies themselves. Some ask less (any permission on any page is enough to see a
revision in its place in the history), some nothing (what a chooser has chosen). Here all of them ask the same.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.pictures.models import Picture
from cms.review.pictures import hidden_from

# How the admin's addresses name the page that is opened; a parent or a place to move to is only listed.
PAGE_KEYS = ("page_id", "page_to_move_id")
PICTURE_PLACES = ("wagtailimages", "wagtailimages_chooser")
DOCUMENT_PLACES = ("wagtaildocs_chooser",)
# Lists of Wagtail's that name pages without asking for whom.
LISTS_OF_EVERYTHING = {
    "wagtailadmin_pages:type_use",
    "wagtailadmin_pages:type_use_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
}


class DraftGateMiddleware:
    """Refuses what the admin would show of a draft that is not the user's to see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Answer as Wagtail does where somebody has no permission; None where the view may go on."""
        if not request.path_info.startswith("/admin/") or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        if may_pass(request, request.resolver_match, kwargs):
            return None
        answer: HttpResponse = permission_denied(request)
        return answer


def may_pass(request: Any, match: Any, kwargs: dict[str, Any]) -> bool:
    """Say whether all that an address of the admin names may be seen by who asks for it."""
    space = match.namespace.split(":")[-1] if match.namespace else ""
    if "wagtailadmin_api" in match.namespaces and space in ("images", "documents"):
        return _chooses(request.user, space) and (space != "images" or _seen(request.user, _keys(request, kwargs)))
    if space in PICTURE_PLACES:
        named = _keys(request, {key: value for key, value in kwargs.items() if key in ("image_id", "pk")})
        return _chooses(request.user, "images") and _seen(request.user, named)
    if space in DOCUMENT_PLACES:
        return _chooses(request.user, "documents")
    if match.view_name in LISTS_OF_EVERYTHING:
        return bool(policy_registry.get_by_type(Page).sees_everything(request.user))
    return _open(request.user, _pages(request, match, kwargs))


def _pages(request: Any, match: Any, kwargs: dict[str, Any]) -> set[int]:
    """Give the numbers of the pages whose content an address leads to."""
    if match.url_name == "wagtail_bulk_action" and kwargs.get("model_name") == "page":
        return _numbers(request.GET.getlist("id"))
    if match.url_name == "wagtailadmin_choose_page_chosen_multiple":
        listed = policy_registry.get_by_type(Page).listed_for(request.user)
        asked = _numbers(request.GET.getlist("id"))
        return asked - set(Page.objects.filter(listed, pk__in=asked).values_list("pk", flat=True))
    if match.view_name == "wagtailadmin_pages:revisions_compare":
        return _numbers([kwargs["pk"]])
    return _numbers(kwargs[key] for key in PAGE_KEYS if key in kwargs)


def _open(user: Any, keys: set[int]) -> bool:
    policy = policy_registry.get_by_type(Page)
    if not keys or policy.sees_everything(user):
        return True
    return not Page.objects.filter(pk__in=keys).exclude(policy.open_to(user)).exists()


def _chooses(user: Any, space: str) -> bool:
    model = Picture if space == "images" else get_document_model()
    return bool(policy_registry.get_by_type(model).user_has_any_permission(user, {"choose", "add", "change"}))


def _seen(user: Any, keys: set[int]) -> bool:
    return not keys or keys.isdisjoint(hidden_from(user))


def _keys(request: Any, kwargs: dict[str, Any]) -> set[int]:
    return _numbers([*kwargs.values(), *request.GET.getlist("id")])


def _numbers(values: Iterable[Any]) -> set[int]:
    return {int(value) for value in values if str(value).isdecimal()}
