"""Citations in the demonstration's own writing: ``[@bowlby-1988, p. 4]``, ``[see @neff-2003-scale; -@beck-1976]``.

Between square brackets stand works by their keys, apart by semicolons; before a key a prefix, after it a
place and a suffix. A minus before the ``@`` leaves the authors out.
"""

import re
from collections.abc import Mapping

from cms.references.citations import CitedItem, citation_markup
from cms.references.models import Reference
from cms.references.words import citation_words

CITATION = re.compile(r"\[([^][]*@[a-z][^][]*)\]")
ITEM = re.compile(r"(?P<prefix>[^@]*?)\s*(?P<minus>-?)@(?P<key>[a-z0-9-]+)(?:,\s*(?P<rest>.*))?")
PLACE = re.compile(
    r"(?P<label>pp?\.|chapters?|sections?|paras?\.|tables?|figures?)\s+"
    r"(?P<locator>[0-9ivxlA-Z]+(?:\s*[-–,]\s*[0-9]+)*)(?:,\s*(?P<suffix>.*))?",
    re.IGNORECASE,
)
LABELS = {"p": "page", "pp": "page", "para": "paragraph", "paras": "paragraph"}


def lay_citations(markup: str, references: Mapping[str, Reference], listed: list[str]) -> str:
    """Give a text with its citations as rich text stores them. ``listed`` are the keys of the article's works.

    Raises ``ValueError`` for what cannot be read and ``KeyError`` for a work that is not there.
    """
    among = [references[key].pk for key in listed]

    def laid(match: re.Match[str]) -> str:
        items = [item_of(part.strip(), references) for part in match[1].split(";")]
        return citation_markup(items, citation_words(items, among))

    return CITATION.sub(laid, markup)


def item_of(written: str, references: Mapping[str, Reference]) -> CitedItem:
    """Read one work of a citation."""
    match = ITEM.fullmatch(written)
    if match is None:
        raise ValueError(f"not a citation: {written}")
    rest = match["rest"] or ""
    place = PLACE.fullmatch(rest)
    label = place["label"].rstrip(".").casefold() if place else ""
    return CitedItem(
        id=references[match["key"]].pk,
        label=LABELS.get(label, label.rstrip("s")),
        locator=place["locator"] if place else "",
        prefix=match["prefix"],
        suffix=(place["suffix"] or "") if place else rest,
        suppress_author=bool(match["minus"]),
    )
