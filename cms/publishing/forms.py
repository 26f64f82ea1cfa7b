"""The admin's form of a page."""

from typing import Any

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
