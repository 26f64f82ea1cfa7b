"""What the dashboard's lists are made of, and how they name things."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

SHOWN = 10


@dataclass(frozen=True)
class Action:
    """A button of a row, which Wagtail's own script of the dashboard carries out."""

    label: str
    url: str
    asks: bool


@dataclass(frozen=True)
class Row:
    """One thing on the dashboard: its title, where it is opened, and what there is to know."""

    title: str
    url: str
    note: str
    when: date | datetime | None = None
    pressing: bool = False
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Listing:
    """One list of the dashboard, with what is said when it is empty."""

    key: str
    heading: str
    rows: list[Row]
    count: int
    empty: str

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def title(thing: Any) -> str:
    return str(thing.get_admin_display_title() if isinstance(thing, Page) else thing)


def way_to(user: Any, thing: Any) -> str:
    """Give where a thing is opened; where it is read, if this user may do no more than that."""
    if isinstance(thing, Page) and not policy_registry.get_by_type(Page).opens(user, thing):
        return str(thing.full_url or reverse("wagtailadmin_explore", args=[thing.pk]))
    return edit_url(thing)


def edit_url(thing: Any) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
