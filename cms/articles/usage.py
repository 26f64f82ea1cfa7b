"""“Used on 3 articles”, in the lists of the admin and where a thing is edited."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView

from cms.articles.uses import Use, uses_of

LISTED = 3  # so many pages are named in a row of a list


class UsedOnPanel(Panel):
    """Names, with links, all pages that use the thing, in public or in a draft."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/admin/used_on_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            thing = self.instance
            context["uses"] = uses_of(type(thing), [thing.pk]).get(thing.pk, []) if thing.pk else []
            return context


class UsedOnColumn(Column):
    """Says on how many pages a row's thing is used, and names the first of them."""

    cell_template_name = "articles/admin/used_on_cell.html"

    def __init__(self, uses: dict[int, list[Use]]) -> None:
        super().__init__("used_on", label=_("Used on"), classname="respite-used")
        self.uses = uses

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        uses = self.uses.get(instance.pk, [])
        return {**context, "uses": uses, "listed": uses[:LISTED], "more": max(0, len(uses) - LISTED)}


class UsedOnIndexView(IndexView):
    """A list of snippets with a column that says where each is used, found for all rows at once."""

    @cached_property
    def uses(self) -> dict[int, list[Use]]:
        """Uses of the rows of this page of the list; filled when they are known."""
        return {}

    @cached_property
    def columns(self) -> list[Column]:
        return [*super().columns, UsedOnColumn(self.uses)]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.uses.update(uses_of(self.model, [thing.pk for thing in context["object_list"]]))
        return context
