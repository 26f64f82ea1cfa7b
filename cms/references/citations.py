"""Citations as rich text stores them.

A citation is a link: ``<a linktype="citation" items="[…]">(Bowlby, 1988, p. 4)</a>``. ``items`` is JSON, one
object for each cited work, of which only ``id``, the primary key of a reference, has to be there; the words
inside are what the editor last saw. Without Respite's code it stays a link with words in it.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from typing import Any

from cms.references.locators import LABELS

LINK_TYPE = "citation"
LONGEST = 200  # characters of a prefix, suffix or place; a hand-made one may be any length
LARGEST_KEY = 2**31 - 1


@dataclass(frozen=True)
class CitedItem:
    """One work within a citation: which, where in it, and the words around it."""

    id: int
    label: str = ""
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False


@dataclass(frozen=True)
class StoredCitation:
    """A citation as it stands in a rich text. ``items`` is empty where what is stored cannot be read."""

    items: tuple[CitedItem, ...]
    words: str


def parse_items(stored: str | None) -> tuple[CitedItem, ...]:
    """Read the value of an ``items`` attribute. What is damaged is left out; nothing is raised.

    A work cited twice in a row with nothing to tell the two apart counts once.
    """
    try:
        listed = json.loads(stored or "[]")
    except (ValueError, RecursionError):
        return ()
    items = [item for entry in (listed if isinstance(listed, list) else [listed]) if (item := _item(entry))]
    return tuple(dict.fromkeys(items))


def dump_items(items: Iterable[CitedItem]) -> str:
    """Write items for the ``items`` attribute, still to be escaped for HTML.

    No character in it has a meaning in HTML but the double quote: Wagtail finds the ends of tags with a
    regular expression, which a bare ``>`` in an attribute would mislead.
    """
    text = json.dumps([asdict(item) for item in items], ensure_ascii=False)
    for character in "<>&'":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def citation_markup(items: Iterable[CitedItem], words: str) -> str:
    """Give a citation as it is stored in a rich text."""
    return f'<a linktype="{LINK_TYPE}" items="{_escaped(dump_items(items))}">{_escaped(words)}</a>'


def citations_in(markup: str) -> list[StoredCitation]:
    """Give the citations of a stored rich text, in order."""
    if LINK_TYPE not in markup:
        return []
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.end()
    return reader.found


def _item(entry: Any) -> CitedItem | None:
    if isinstance(entry, int) and not isinstance(entry, bool):
        entry = {"id": entry}
    if not isinstance(entry, dict) or (key := _key(entry.get("id"))) is None:
        return None
    label, locator = _words(entry.get("label")), _words(entry.get("locator"))
    return CitedItem(
        id=key,
        label=(label if label in LABELS else "page") if locator else "",
        locator=locator,
        prefix=_words(entry.get("prefix")),
        suffix=_words(entry.get("suffix")),
        suppress_author=entry.get("suppress_author") is True,
    )


def _key(value: Any) -> int | None:
    """Give a primary key, or None for what cannot be one."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 11:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_KEY else None


def _words(value: Any) -> str:
    """Give words in one line; numbers are words too, and of anything else there is nothing to print."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return " ".join(value.split())[:LONGEST].rstrip() if isinstance(value, str) else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


class _Reader(HTMLParser):
    """Collects the citations of a rich text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[StoredCitation] = []
        self.items: tuple[CitedItem, ...] | None = None
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            return
        self.end()
        named = dict(attrs)
        if named.get("linktype") == LINK_TYPE:
            self.items, self.words = parse_items(named.get("items")), []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.end()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def end(self) -> None:
        """Finish the citation that is open, if one is."""
        if self.items is not None:
            self.found.append(StoredCitation(self.items, " ".join("".join(self.words).split())))
        self.items = None
