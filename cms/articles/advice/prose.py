"""A body as the passages that are read one after the other, each with the block it stands in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from cms.references.citations import LINK_TYPE, parse_items

BREAKS = {"p", "li", "h2", "h3", "h4", "blockquote"}


@dataclass
class Link:
    """A link in a passage: its words, and where it leads: an address, or the primary key of a page."""

    text: str
    href: str = ""
    page_id: int | None = None


@dataclass
class Passage:
    """A paragraph, an item, a heading: its words without citations, its links, the works it cites.

    ``kind`` is ``paragraph``, ``item``, ``heading``, ``subheading`` or ``picture``; ``block`` the id that its block
    has in the editor.
    """

    kind: str
    text: str
    block: str
    links: list[Link] = field(default_factory=list)
    cited: list[int] = field(default_factory=list)


def passages_of(body: Iterable[Any]) -> list[Passage]:
    """Give the passages of a stream of blocks, in the order in which they are read. Blocks of other kinds have none."""
    return [passage for child in body for passage in _passages(child.block_type, child.value, str(child.id or ""))]


def _passages(kind: str, value: Any, block: str) -> Iterator[Passage]:
    if kind == "heading":
        yield Passage("subheading" if value["level"] == "3" else "heading", _line(value["text"]), block)
    elif kind == "text":
        yield from _rich_passages(value.source, block)
    elif kind == "image":
        yield Passage("picture", _line(value["alt"]), block)
    elif kind == "quote":
        yield from _plain("paragraph", [value["text"]], block)
    elif kind in ("takeaways", "list"):
        yield from _plain("item", value["items"], block)
    elif kind == "exercise":
        yield from _plain("paragraph", [value["introduction"]], block)
        yield from _plain("item", value["steps"], block)
    elif kind == "find_support":
        yield from _plain("paragraph", [value["text"]], block)


def _plain(kind: str, texts: Iterable[str], block: str) -> Iterator[Passage]:
    for text in texts:
        for line in str(text or "").splitlines():
            if words := _line(line):
                yield Passage(kind, words, block)


def _rich_passages(markup: str, block: str) -> list[Passage]:
    reader = _Reader(block)
    reader.feed(markup or "")
    reader.close()
    return [
        Passage(passage.kind, _line(passage.text), block, passage.links, passage.cited)
        for passage in reader.passages
        if passage.text.strip() or passage.cited or passage.links
    ]


def _line(text: str) -> str:
    return " ".join(str(text or "").split())


class _Reader(HTMLParser):
    """Takes a stored rich text apart."""

    def __init__(self, block: str) -> None:
        super().__init__()
        self.block = block
        self.passages: list[Passage] = []
        self.link: Link | None = None
        self.in_citation = False

    @property
    def current(self) -> Passage:
        if not self.passages:
            self.passages.append(Passage("paragraph", "", self.block))
        return self.passages[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.passages.append(Passage("item" if tag == "li" else "paragraph", "", self.block))
        elif tag == "br":
            self.current.text += " "
        elif tag == "a":
            self._open_link(dict(attrs))

    def _open_link(self, named: dict[str, str | None]) -> None:
        if named.get("linktype") == LINK_TYPE:
            self.in_citation = True
            self.current.cited += [item.id for item in parse_items(named.get("items"))]
            return
        key = named.get("id") or ""
        is_page = named.get("linktype") == "page" and key.isascii() and key.isdigit()
        self.link = Link("", named.get("href") or "", int(key) if is_page else None)
        self.current.links.append(self.link)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.in_citation, self.link = False, None

    def handle_data(self, data: str) -> None:
        # A citation is read past, and says nothing about how hard a sentence is.
        if self.in_citation:
            return
        self.current.text += data
        if self.link is not None:
            self.link.text += data
