"""The citations of one body: numbered through it, set in the site's style, and told to the list below it."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop

from api.library.neighbours import Neighbours
from cms.pages.models import SiteSettings
from cms.references.bibliography import Bibliography
from cms.references.citations import CitedItem
from cms.references.in_text import NUMBERS, Cited, Piece, as_text, author_year, numbered
from cms.references.locators import locator_text
from cms.references.models import Reference

# What stands at a citation of a work that something became of.
NOTICES = {"retracted": gettext_noop("retracted"), "corrected": gettext_noop("corrected")}


@dataclass
class Listed:
    """A work in the list of a page: where the text cites it, if it does."""

    work: dict[str, Any]
    places: list[dict[str, str]] = field(default_factory=list)


class Citing:
    """Sets the citations of a body, in the order in which it is asked to.

    ``cited`` and ``further`` are primary keys of references: what the body cites, in that order, and what
    else is to be read. Works that are not public are not there. What it says of a work is in the language that is
    active: the page's own, while it is described.
    """

    def __init__(self, neighbours: Neighbours, cited: Iterable[int], further: Iterable[int]) -> None:
        self.style = citation_style()
        self.section = ""
        self.count = 0
        works = {key: data for key in (*cited, *further) if (data := neighbours.data(Reference, key))}
        self.cited = {key: Listed(works[key]) for key in cited if key in works}
        self.further = {key: Listed(works[key]) for key in further if key in works and key not in self.cited}
        self.bibliography = Bibliography({data["id"]: data["csl"] for data in works.values()})
        if self.style != NUMBERS:
            by_id = {listed.work["id"]: key for key, listed in self.cited.items()}
            self.cited = {by_id[id]: self.cited[by_id[id]] for id in self.bibliography.in_order(by_id)}
        self.numbers = {one.work["id"]: number for number, one in enumerate(self.listed, start=1)}

    @property
    def listed(self) -> list[Listed]:
        """Give the works of the list, in its order: what is cited, then what else is to be read."""
        return [*self.cited.values(), *self.further.values()]

    def suffix(self, work: dict[str, Any]) -> str:
        """Give the letter after a work's year. A list of numbers needs none."""
        return "" if self.style == NUMBERS else self.bibliography.suffixes[work["id"]]

    def html(self, items: Sequence[CitedItem], words: str) -> str:
        """Set the next citation as HTML, each work a link to its entry; where none of its works is public, its words.

        ``words`` is HTML that was sanitised already.
        """
        found = [(item, self.cited[item.id]) for item in items if item.id in self.cited]
        if not found:
            return words
        named = [self._named(item, listed.work) for item, listed in found]
        pieces = numbered(named, self.numbers) if self.style == NUMBERS else author_year(named, self.bibliography)
        self.count += 1
        place = {"anchor": f"cite-{self.count}", "text": as_text(pieces), "section": self.section}
        for listed in dict.fromkeys(item.id for item, _ in found):
            self.cited[listed].places.append(place)
        notices = {one.key: one.notice for one in named if one.notice}
        statuses = {listed.work["id"]: listed.work["status"] for _, listed in found}
        links = (_link(key, run, statuses[key] if key in notices else "") for key, run in _by_work(pieces))
        return f'<span class="citation" id="{place["anchor"]}">{"".join(links)}</span>'

    def _named(self, item: CitedItem, work: dict[str, Any]) -> Cited:
        notice = gettext(NOTICES[work["status"]]) if work["status"] in NOTICES else ""
        return Cited(
            key=work["id"],
            place=locator_text(item.label, item.locator) if item.locator else "",
            prefix=item.prefix,
            suffix=item.suffix,
            suppress_author=item.suppress_author,
            notice=notice,
        )


def citation_style() -> str:
    """Give the style of citations that the site has chosen."""
    chosen = SiteSettings.objects.values_list("citation_style", flat=True).first()
    return chosen or SiteSettings().citation_style


def _by_work(pieces: Iterable[Piece]) -> list[tuple[str, list[Piece]]]:
    """Join what belongs to one work and stands together. What is between works belongs to none."""
    runs: list[tuple[str, list[Piece]]] = []
    for piece in pieces:
        if runs and runs[-1][0] == piece.key:
            runs[-1][1].append(piece)
        else:
            runs.append((piece.key, [piece]))
    return runs


def _link(key: str, run: list[Piece], status: str) -> str:
    words = "".join(map(_words, run))
    if not key:
        return words
    marked = f' data-status="{html.escape(status)}"' if status else ""
    return f'<a href="#ref-{html.escape(key)}"{marked}>{words}</a>'


def _words(piece: Piece) -> str:
    text = html.escape(piece.text)
    if piece.notice:
        return f'<span class="notice">{text}</span>'
    return f"<i>{text}</i>" if piece.italic else text
