"""The body of an article or page: its blocks as JSON, its words, its takeaways."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page
from wagtail.rich_text import RichText as StoredRichText

from api.library.citing import Citing
from api.library.neighbours import Neighbours
from api.library.richtext import RichText, plain
from cms.references.models import Reference

WORDS_A_MINUTE = 200

# Ids that the page itself uses; a heading of that name gets the next free one.
RESERVED_ANCHORS = ("main", "contents", "references", "takeaways", "related", "top", "help", "share")


class Body:
    """A stream of blocks, which says what it needs and is then written out."""

    def __init__(self, stream: Iterable[Any]) -> None:
        self.stream = list(stream)
        self.texts = {
            index: RichText(stored_source(block.value))
            for index, block in enumerate(self.stream)
            if block.block_type == "text"
        }
        self.blocks: list[dict[str, Any]] = []

    @property
    def cited(self) -> list[int]:
        """Give the primary keys of the works that the texts cite, in the order of their first citation."""
        return list(dict.fromkeys(key for text in self.texts.values() for key in text.cited))

    def want(self, neighbours: Neighbours) -> None:
        """Say what the blocks link to, cite and show."""
        neighbours.want(Reference, self.cited)
        for text in self.texts.values():
            neighbours.want(Page, text.pages)
            neighbours.want_documents(text.documents)
        pictures = [block.value.get("image") for block in self.stream if block.block_type == "image"]
        neighbours.want_pictures(picture.pk for picture in pictures if picture)

    def write(self, neighbours: Neighbours, citing: Citing | None = None) -> list[dict[str, Any]]:
        """Give the blocks, once the neighbours are loaded. ``citing`` sets the citations and notes their places."""
        anchors = set(RESERVED_ANCHORS)
        for index, block in enumerate(self.stream):
            kind = block.block_type
            if kind == "text":
                fields: dict[str, Any] = {"html": self.texts[index].html(neighbours, citing)}
            elif kind == "image":
                fields = _image(block.value, neighbours)
            elif kind == "heading":
                fields = _heading(block.value, anchors)
                if citing:
                    citing.section = fields["text"]
            else:
                fields = WRITERS[kind](block.value)
            self.blocks.append({"id": str(block.id or index), "type": kind, **fields})
        return self.blocks

    @property
    def text(self) -> str:
        """Give every word of the written blocks, one block a line."""
        return "\n".join(line for line in map(words_of, self.blocks) if line)

    @property
    def takeaways(self) -> list[str]:
        """Give the takeaways of all blocks of them."""
        return [item for block in self.blocks if block["type"] == "takeaways" for item in block["items"]]


def stored_source(value: Any) -> str:
    """Give a rich text as it is stored."""
    return value.source if isinstance(value, StoredRichText) else str(value or "")


def reading_minutes(text: str) -> int:
    """Give the minutes a text takes at 200 words a minute, rounded, at least 1."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


def words_of(block: dict[str, Any]) -> str:
    """Give the words of a written block."""
    if block["type"] == "text":
        return plain(block["html"])
    if block["type"] == "image":
        return " ".join(filter(None, [(block["image"] or {}).get("alt", ""), block["caption"]]))
    words: list[str] = []
    for name in ("title", "text", "introduction", "attribution", "items", "steps"):
        value = block.get(name)
        words += value if isinstance(value, list) else [value] if value else []
    return " ".join(words)


def anchor_for(text: str, taken: set[str]) -> str:
    """Give a heading's anchor: from its words, the same each time, and taken by no other; and take it."""
    base = slugify(text)[:60].strip("-") or "section"
    anchor, number = base, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    taken.add(anchor)
    return anchor


def _words(value: Any) -> str:
    return str(value or "").strip()


def _items(value: Any) -> list[str]:
    return [item for item in map(_words, value or []) if item]


def _heading(value: Any, anchors: set[str]) -> dict[str, Any]:
    text = _words(value.get("text"))
    return {"text": text, "level": int(value.get("level") or 2), "anchor": anchor_for(text, anchors)}


def _image(value: Any, neighbours: Neighbours) -> dict[str, Any]:
    picture = value.get("image")
    image = neighbours.image(picture.pk if picture else None, _words(value.get("alt")))
    return {"image": image, "caption": _words(value.get("caption"))}


def _quote(value: Any) -> dict[str, Any]:
    return {"text": _words(value.get("text")), "attribution": _words(value.get("attribution"))}


def _takeaways(value: Any) -> dict[str, Any]:
    return {"items": _items(value.get("items"))}


def _exercise(value: Any) -> dict[str, Any]:
    title, introduction = _words(value.get("title")), _words(value.get("introduction"))
    return {"title": title, "introduction": introduction, "steps": _items(value.get("steps"))}


def _list(value: Any) -> dict[str, Any]:
    return {"title": _words(value.get("title")), "items": _items(value.get("items"))}


def _find_support(value: Any) -> dict[str, Any]:
    return {"title": _words(value.get("title")), "text": _words(value.get("text"))}


WRITERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "quote": _quote,
    "takeaways": _takeaways,
    "exercise": _exercise,
    "list": _list,
    "find_support": _find_support,
}


def write_panels(stream: Iterable[Any], headings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the panels of a banner or consultation page under their fixed headings."""
    return [
        {
            "kind": panel.block_type,
            "heading": str(headings[panel.block_type]),
            "introduction": _words(panel.value.get("introduction")),
            "items": _items(panel.value.get("items")),
        }
        for panel in stream
    ]


def words_of_panels(panels: Iterable[dict[str, Any]]) -> str:
    """Give the words of written panels."""
    return "\n".join(" ".join([panel["heading"], panel["introduction"], *panel["items"]]) for panel in panels)
