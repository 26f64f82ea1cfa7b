"""Rich text, from what the editor stored to HTML that may be put in a page as it is.

Sanitised once to be read safely, its links resolved to live public addresses, and sanitised again: what
leaves here went through the allow-list last.
"""

import html
import re
from typing import Any

import nh3

from api.library.citing import Citing
from api.library.neighbours import Neighbours
from cms.references.citations import LINK_TYPE, CitedItem, parse_items

SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h3", "h4", "blockquote", "sub", "sup", "hr"}
INLINE_TAGS = {"i", "em", "b", "strong", "a", "sub", "sup"}

# What the citations we set may have in their attributes.
OUR_VALUES = {
    "id": re.compile(r"cite-[1-9]\d*"),
    "class": re.compile(r"citation|notice"),
    "data-status": re.compile(r"retracted|corrected"),
}

# What nh3 writes is well-formed: attributes in double quotes, no link within a link.
_LINK = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_KEY = re.compile(r"\d{1,18}")
_BREAK = re.compile(r"<br>|<hr>|</(?:p|li|h3|h4|blockquote)>")
_TAG = re.compile(r"<[^>]*>")


class RichText:
    """One rich text, which names what it links to before it is written out."""

    def __init__(self, source: str) -> None:
        self.clean = nh3.clean(
            source,
            tags=TAGS,
            attributes={"a": {"href", "linktype", "id", "items"}},
            url_schemes=SCHEMES,
            link_rel=None,
        )
        self.pages: set[int] = set()
        self.documents: set[int] = set()
        self.cited: list[int] = []
        for attributes, _ in _LINK.findall(self.clean):
            named = dict(_ATTRIBUTE.findall(attributes))
            if _KEY.fullmatch(named.get("id", "")):
                if named.get("linktype") == "page":
                    self.pages.add(int(named["id"]))
                elif named.get("linktype") == "document":
                    self.documents.add(int(named["id"]))
            self.cited += [item.id for item in _items(named)]

    def html(self, neighbours: Neighbours, citing: Citing | None = None) -> str:
        """Give the HTML, every link resolved; a link to what is not public becomes its words.

        So does a citation where there is no list to lead to.
        """
        resolved = _LINK.sub(lambda link: _resolved(link[1], link[2], neighbours, citing), self.clean)
        # What an editor stored has lost its spans, classes and ids by now: what there is of them is ours.
        return nh3.clean(
            resolved,
            tags=TAGS | {"span"},
            attributes={"a": {"href", "rel", "data-status"}, "span": {"class", "id"}},
            attribute_filter=_our_own,
            url_schemes=SCHEMES,
            link_rel=None,
        )


def _items(named: dict[str, str]) -> tuple[CitedItem, ...]:
    """Give what a link cites; nothing where it is no citation."""
    return parse_items(html.unescape(named.get("items", ""))) if named.get("linktype") == LINK_TYPE else ()


def _our_own(tag: str, attribute: str, value: str) -> str | None:
    """Keep of the attributes that citations bring only the values they bring."""
    allowed = OUR_VALUES.get(attribute)
    return value if allowed is None or allowed.fullmatch(value) else None


def _resolved(attributes: str, words: str, neighbours: Neighbours, citing: Citing | None) -> str:
    named: dict[str, Any] = dict(_ATTRIBUTE.findall(attributes))
    kind = named.get("linktype")
    if kind == LINK_TYPE:
        return citing.html(_items(named), words) if citing else words
    if kind is None:
        address = html.unescape(named.get("href", "")).strip()
    elif kind == "page" and _KEY.fullmatch(named.get("id", "")):
        address = neighbours.page_path(int(named["id"]))
    elif kind == "document" and _KEY.fullmatch(named.get("id", "")):
        address = neighbours.document_url(int(named["id"]))
    else:
        address = ""
    if not address:
        return words
    # Another site learns neither which page it was opened from nor gets hold of its window.
    outside = not address.startswith(("#", "mailto:", "tel:")) and not re.match(r"/(?![/\\])", address)
    rel = ' rel="noopener noreferrer"' if outside else ""
    return f'<a href="{html.escape(address)}"{rel}>{words}</a>'


def inline(markup: str) -> str:
    """Sanitise one line of HTML made by our own formatters: emphasis and links, nothing else."""
    return nh3.clean(
        markup,
        tags=INLINE_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )


def plain(markup: str) -> str:
    """Give sanitised HTML as plain text, for search and for counting words."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", markup))).split())


def web_address(address: str) -> str:
    """Give an address if it may be linked to, http or https, else ""."""
    address = address.strip()
    return address if re.match(r"https?://[^\s]+$", address, re.IGNORECASE) else ""
