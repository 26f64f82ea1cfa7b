"""The preview of an import: its rows in pages of fifty, what is proposed for each, and what somebody chose instead."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cms.imports.merging import Difference, differences, newest
from cms.imports.models import ImportRow, ReferenceImport
from cms.references.filling import filled_from
from cms.references.formatting import format_html

PER_PAGE = 50
Kind, Choice = ImportRow.Kind, ImportRow.Choice
SHOWN = {
    "all": (_("All"), Q()),
    "new": (_("New"), Q(kind=Kind.NEW)),
    "duplicate": (_("Already here"), Q(kind=Kind.DUPLICATE)),
    "repeated": (_("Twice in this file"), Q(kind=Kind.REPEATED)),
    "incomplete": (_("Incomplete"), Q(is_incomplete=True)),
    "unreadable": (_("Unreadable"), Q(kind=Kind.UNREADABLE)),
}
# What one button does to all rows of a kind.
BULK = {
    "make-new": (_("Make all that are new"), Q(kind=Kind.NEW), Choice.MAKE),
    "skip-new": (_("Leave out all that are new"), Q(kind=Kind.NEW), Choice.SKIP),
    "merge-duplicate": (_("Merge all that are already here"), Q(kind=Kind.DUPLICATE), Choice.MERGE),
    "skip-duplicate": (_("Leave out all that are already here"), Q(kind=Kind.DUPLICATE), Choice.SKIP),
    "skip-incomplete": (_("Leave out all that are incomplete"), Q(is_incomplete=True), Choice.SKIP),
}


@dataclass(frozen=True)
class Shown:
    """A row as the preview shows it."""

    row: ImportRow

    @property
    def formatted(self) -> SafeString:
        """What the entry says, set as a reference."""
        # Escaped by the formatter, which writes <i> and <a> alone.
        return mark_safe(format_html(self.row.csl)) if self.row.csl else SafeString()

    @cached_property
    def differences(self) -> list[Difference]:
        """What a merge would change."""
        row = self.row
        return differences(newest(row.match), filled_from(row.csl)) if row.match else []

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """What can be done with it; to merge, there must be something to merge with."""
        return [(value, label) for value, label in Choice.choices if value != Choice.MERGE or self.row.match_id]


def page_of(record: ReferenceImport, shown: str, number: int) -> Page[ImportRow]:
    """Give a page of the rows of one sort; the nearest page there is."""
    return Paginator(record.rows.filter(SHOWN[shown][1]).order_by("number"), PER_PAGE).get_page(number)


def drawn(page: Page[ImportRow]) -> list[Shown]:
    """Give the rows of a page as the preview shows them."""
    rows: Any = page.object_list
    return [Shown(row) for row in rows.select_related("match__latest_revision", "made")]


def keep(record: ReferenceImport, post: QueryDict) -> None:
    """Keep what was chosen for the rows of the page that was sent."""
    keys = [key for key in post.getlist("row") if key.isdigit() and len(key) < 19]
    rows = list(record.rows.filter(pk__in=keys).exclude(kind=Kind.UNREADABLE))
    for row in rows:
        choice = post.get(f"choice-{row.pk}", row.choice)
        allowed = choice in (Choice.MAKE, Choice.SKIP) or (choice == Choice.MERGE and row.match_id)
        row.choice = choice if allowed else row.choice
        if f"asked-{row.pk}" in post:
            row.taken = post.getlist(f"take-{row.pk}")[:40]
    ImportRow.objects.bulk_update(rows, ["choice", "taken"])


def choose_for_all(record: ReferenceImport, name: str) -> None:
    """Make one choice for all rows of a kind."""
    _label, which, choice = BULK[name]
    record.rows.filter(which).exclude(kind=Kind.UNREADABLE).update(choice=choice)


def summary(record: ReferenceImport) -> dict[str, int]:
    """Give how many rows there are of each sort and of each choice. One query."""
    readable = ~Q(kind=Kind.UNREADABLE)
    kinds = {name: Count("pk", filter=which) for name, (_label, which) in SHOWN.items() if name != "all"}
    choices = {f"to_{choice}": Count("pk", filter=Q(choice=choice) & readable) for choice in Choice.values}
    results = {result: Count("pk", filter=Q(result=result)) for result in ImportRow.Result.values if result}
    return record.rows.aggregate(all=Count("pk"), **kinds, **choices, **results)
