"""Rich text, from what the editor stored to HTML that may be put in a page as it is.

Sanitised once to be read safely, its links resolved to live public addresses, and sanitised again: what
leaves here went through the allow-list last.
"""

import html
import re

import nh3

from api.library.neighbours import Neighbours

SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h3", "h4", "blockquote", "sub", "sup", "hr"}
INLINE_TAGS = {"i", "em", "b", "strong", "a", "sub", "sup"}

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
            attributes={"a": {"href", "linktype", "id"}},
            url_schemes=SCHEMES,
            link_rel=None,
        )
        self.pages: set[int] = set()
        self.documents: set[int] = set()
        for attributes, _ in _LINK.findall(self.clean):
            named = dict(_ATTRIBUTE.findall(attributes))
            if _KEY.fullmatch(named.get("id", "")):
                if named.get("linktype") == "page":
                    self.pages.add(int(named["id"]))
                elif named.get("linktype") == "document":
                    self.documents.add(int(named["id"]))

    def html(self, neighbours: Neighbours) -> str:
        """Give the HTML, every link resolved; a link to what is not public becomes its words."""
        resolved = _LINK.sub(lambda link: _resolved(link[1], link[2], neighbours), self.clean)
        return nh3.clean(resolved, tags=TAGS, attributes={"a": {"href", "rel"}}, url_schemes=SCHEMES, link_rel=None)


def _resolved(attributes: str, words: str, neighbours: Neighbours) -> str:
    named = dict(_ATTRIBUTE.findall(attributes))
    kind = named.get("linktype")
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
