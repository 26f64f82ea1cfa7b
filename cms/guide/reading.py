"""The guide as it stands in the documentation, set for the admin: one text, read in both places."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from PIL import Image

PICTURE = re.compile(r"pictures/([a-z0-9-]+\.png)")


@dataclass(frozen=True)
class Section:
    """One entry of the contents list: a heading of the second level."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Guide:
    """A guide: its title, its sections and its text as HTML."""

    title: str
    sections: tuple[Section, ...]
    html: SafeString


class _Pictures(Treeprocessor):
    """Leads pictures, which the documentation keeps in a folder beside it, to where the admin serves them.

    Each leads to itself, to be seen in its own size on a narrow screen, and keeps its room before it has come.
    """

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for place, image in enumerate(list(parent)):
                if image.tag == "img" and (found := PICTURE.fullmatch(image.get("src", ""))):
                    parent[place] = _leading_to_itself(image, found[1])


def _leading_to_itself(image: Element, name: str) -> Element:
    address = reverse("guide_picture", args=[name])
    image.set("src", address)
    image.set("loading", "lazy")
    for side, pixels in zip(("width", "height"), _size(name), strict=False):
        image.set(side, str(pixels))
    link = Element("a", {"href": address, "class": "guide-picture"})
    link.tail, image.tail = image.tail, None
    link.append(image)
    return link


def _size(name: str) -> tuple[int, ...]:
    """Give width and height of a picture in pixels; nothing where there is none or it cannot be read."""
    try:
        with Image.open(folder() / "pictures" / name) as picture:
            return picture.size
    except OSError:
        return ()


class _Tables(Treeprocessor):
    """Lets the keyboard reach tables: where they are wider than the text, they are moved sideways with it."""

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            table.set("tabindex", "0")


class _GuideExtension(Extension):
    def extendMarkdown(self, markdown: Markdown) -> None:  # the library's own name
        markdown.treeprocessors.register(_Tables(markdown), "respite_tables", 0)
        markdown.treeprocessors.register(_Pictures(markdown), "respite_pictures", 1)


def read_guide(name: str) -> Guide:
    """Give a page of the documentation. Raises :class:`FileNotFoundError` where this installation carries none."""
    markdown = Markdown(extensions=["tables", "toc", "sane_lists", _GuideExtension()])
    html = markdown.convert((folder() / f"{name}.md").read_text(encoding="utf-8"))
    headings: list[dict[str, Any]] = markdown.toc_tokens  # type: ignore[attr-defined]  # the toc extension sets it
    title = headings[0]
    sections = tuple(Section(child["id"], child["name"]) for child in title["children"])
    # The documentation is our own text, not something that somebody typed into a form.
    return Guide(title["name"], sections, mark_safe(html.partition("</h1>")[2]))


def folder() -> Path:
    """Give the folder of the documentation."""
    return Path(settings.RESPITE_DOCS)
