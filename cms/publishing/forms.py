"""What the admin's forms of published things share."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from cms.publishing.addresses import reserved_address


class PublishedPageForm(WagtailAdminPageForm):
    """Knows where a page will stand before the page itself does."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.depth is None and (
            problem := reserved_address(cleaned.get("slug", ""), self.parent_page.depth)
        ):
            self.add_error("slug", problem)
        return cleaned


def offer_in_language(field: Any, thing: Any, chosen: Iterable[Any]) -> None:
    """Offer in a field with several choices those in the language of a thing, and whatever is chosen already."""
    keys = [one.pk for one in chosen]
    field.queryset = field.queryset.filter(Q(locale_id=thing.locale_id) | Q(pk__in=keys))
