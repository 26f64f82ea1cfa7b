"""The ways in from the dashboard: what somebody who has just come would begin with."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.articles.models import ArticleIndex
from cms.imports.views import may_import


@dataclass(frozen=True)
class Way:
    """A button that leads to the beginning of something."""

    label: str
    url: str


def ways_in(user: Any) -> list[Way]:
    """Give what this user may begin, the first of it first, and the guide for everybody."""
    ways = []
    articles = ArticleIndex.objects.filter(locale=Locale.get_default()).first()
    if articles is not None and articles.permissions_for_user(user).can_add_subpage():
        add = reverse("wagtailadmin_pages:add", args=["articles", "article", articles.pk])
        ways.append(Way(_("Write an article"), add))
    if may_import(user):
        ways.append(Way(_("Import references"), reverse("references_import:index")))
    return [*ways, Way(_("How it works here"), reverse("guide"))]
