"""References out of the admin, as BibTeX, RIS and CSL-JSON: the list as it is filtered, a selection, one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.views.snippets import EditView

from cms.articles.usage import UsedOnIndexView
from cms.references.csl import csl_of
from cms.references.formats import FORMATS, Format
from cms.references.models import Reference


def file_of(works: Iterable[Reference], form: Format, name: str) -> HttpResponse:
    """Give a file of references, with our annotations."""
    text = form.write({**csl_of(work), "annote": work.annotation} for work in works)
    return HttpResponse(
        text,
        content_type=f"{form.content_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{form.extension}"',
            "Cache-Control": "private, no-store",
        },
    )


def may_see(user: Any, work: Reference | None = None) -> bool:
    """Say whether somebody may see references, or this one, in the admin."""
    policy = policy_registry.get_by_type(Reference)
    actions = ["add", "change", "delete", "view"]
    if work is None:
        return bool(policy.user_has_any_permission(user, actions))
    return bool(policy.user_has_any_permission_for_instance(user, actions, work))


@require_GET
def export_one(request: HttpRequest, key: int, form: str) -> HttpResponse:
    """Answer with one reference as a file."""
    work = get_object_or_404(Reference, pk=key)
    if not may_see(request.user, work):
        raise PermissionDenied
    return file_of([work], FORMATS[form], "reference") if form in FORMATS else HttpResponse(status=404)


def buttons(addresses: Iterable[tuple[str, str]]) -> list[Button]:
    """Give a menu's button for each format and its address."""
    label = _("Export as %(format)s")
    return [
        Button(label % {"format": FORMATS[name].label}, url=url, icon_name="download", priority=number)
        for number, (name, url) in enumerate(addresses, start=80)
    ]


class ReferenceIndexView(UsedOnIndexView):
    """The list of references: what is imported comes in here, and what the filters leave goes out as a file."""

    FORMATS = (*UsedOnIndexView.FORMATS, *FORMATS)

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponse:
        """Answer with the list as a file of any of the formats there are."""
        if spreadsheet_format in FORMATS:
            works = list(queryset)  # found by words, they are no queryset
            prefetch_related_objects(works, "authors")
            return file_of(works, FORMATS[spreadsheet_format], "references")
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        column = super()._get_title_column(*args, **kwargs)
        column.accessor = "listed_title"  # a link without words would open nothing
        return column

    @cached_property
    def header_buttons(self) -> list[Any]:
        made = list(super().header_buttons)
        if self.request.user.has_perm("references.add_reference"):
            address = reverse("references_import:index")
            made.append(HeaderButton(_("Import references"), url=address, icon_name="upload"))
        return made

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *buttons((name, self.get_export_url(name)) for name in FORMATS)]


class ReferenceEditView(EditView):
    """A reference's own page, from where it can be exported."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        addresses = ((name, reverse("reference_export", args=[self.object.pk, name])) for name in FORMATS)
        return [*super().header_more_buttons, *buttons(addresses)]


class FormatForm(forms.Form):
    """In which format."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(one.name, one.label) for one in FORMATS.values()],
        initial="bibtex",
        widget=forms.RadioSelect,
    )


class ExportBulkAction(SnippetBulkAction):
    """Exports the references that are ticked in the list."""

    models = [Reference]
    display_name = _("Export")
    action_type = "export"
    aria_label = _("Export selected references")
    template_name = "references/export_selection.html"
    action_priority = 60
    form_class = FormatForm

    def check_perm(self, snippet: Reference) -> bool:
        return may_see(self.request.user, snippet)

    def form_valid(self, form: FormatForm) -> HttpResponse:
        works, _without_access = self.get_actionable_objects()
        return file_of(works, FORMATS[form.cleaned_data["format"]], "references")
