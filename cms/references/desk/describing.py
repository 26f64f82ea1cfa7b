"""What the editor's token tells: the words of a citation, and in what state each cited work is."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.references.citations import CitedItem
from cms.references.csl import csl_of
from cms.references.evidence import ReferenceStatus
from cms.references.formatting import format_html
from cms.references.models import Reference
from cms.references.words import words_of

DRAFT, RETRACTED, CORRECTED, DELETED = "draft", "retracted", "corrected", "deleted"


def describe_citations(citations: Sequence[Sequence[CitedItem]], user: Any) -> list[dict[str, Any]]:
    """Give for each citation ``{"text", "works"}``; three queries, however many there are."""
    keys = {item.id for items in citations for item in items}
    works = Reference.objects.filter(pk__in=keys).prefetch_related("authors").in_bulk()
    finder = AdminURLFinder(user)
    described = {key: describe_work(work, finder) for key, work in works.items()}
    return [
        {
            "text": citation_words(items, works),
            "works": [described.get(item.id) or deleted_work(item.id) for item in items],
        }
        for items in citations
    ]


def describe_work(work: Reference, finder: AdminURLFinder) -> dict[str, Any]:
    """Give a work as ``{"id", "title", "line", "edit_url", "states": [{"name", "label", "advice"}]}``."""
    return {
        "id": work.pk,
        "title": work.title or gettext("A reference without a title"),
        "line": format_html(csl_of(work)),
        "edit_url": finder.get_edit_url(work) or "",
        "states": states_of(work),
    }


def states_of(work: Reference) -> list[dict[str, str]]:
    """Give what an editor has to know of a work before resting on it."""
    states = []
    if not work.live:
        states.append(
            {
                "name": DRAFT,
                "label": gettext("Draft"),
                "advice": gettext("This reference is a draft. Publish it before the article."),
            }
        )
    if work.status == ReferenceStatus.RETRACTED:
        states.append(
            {
                "name": RETRACTED,
                "label": gettext("Retracted"),
                "advice": gettext("This work has been retracted. Readers are told so wherever it is cited."),
            }
        )
    if work.status == ReferenceStatus.CORRECTED:
        states.append(
            {
                "name": CORRECTED,
                "label": gettext("Corrected"),
                "advice": gettext("A correction to this work has been published."),
            }
        )
    return states


def deleted_work(key: int) -> dict[str, Any]:
    """Give a work that is there no more in the shape of one that is."""
    advice = gettext("This reference has been deleted. Edit the citation and choose another, or remove it.")
    state = {"name": DELETED, "label": gettext("Deleted"), "advice": advice}
    return {"id": key, "title": gettext("Deleted reference"), "line": "", "edit_url": "", "states": [state]}


def citation_words(items: Sequence[CitedItem], works: dict[int, Reference]) -> str:
    """Give a citation by author and year, as the editor shows it whichever style the site has; "" of nothing left."""
    return words_of(items, {item.id: works[item.id] for item in items if item.id in works})
