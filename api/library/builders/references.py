"""The references of a page: what its text cites, in the order of the style, and what else is to be read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from api.library.builders.snippets import locators
from api.library.citing import Citing, Listed
from api.library.description import day
from api.library.richtext import inline, plain
from cms.references.formatting import format_html


def described_references(
    citing: Citing, uses: Iterable[Any] = (), checked: Mapping[int, date] | None = None
) -> list[dict[str, Any]]:
    """Give the works of a list in its order; an article's own annotation and locators stand over the work's.

    ``uses`` are the rows of an article, ``checked`` the days on which notices were answered for it. To be asked
    once the body is written: only then it is known what cites what.
    """
    checked = checked or {}
    own = {use.reference_id: use for use in uses}
    groups = [("cited", citing.cited), ("further", citing.further)]
    return [
        {**_described(number, group, listed, own.get(key), citing), "notice_checked_on": day(checked.get(key))}
        for number, (group, key, listed) in enumerate(
            ((group, key, listed) for group, works in groups for key, listed in works.items()), start=1
        )
    ]


def words_of_reference(reference: dict[str, Any]) -> str:
    """Give the words by which a listed work is found in a search."""
    return f"{plain(reference['formatted'])} {reference['annotation']}".strip()


def _described(number: int, group: str, listed: Listed, use: Any, citing: Citing) -> dict[str, Any]:
    work = listed.work
    suffix = citing.suffix(work)
    return {
        "ordinal": number,
        "group": group,
        **work,
        "formatted": inline(format_html(work["csl"], suffix)) if suffix else work["formatted"],
        "annotation": (use.annotation.strip() if use else "") or work["annotation"],
        "locators": (locators(use.locators) if use else []) or work["locators"],
        "cited_in": listed.places,
    }
