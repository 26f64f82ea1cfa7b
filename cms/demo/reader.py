"""Reads the demonstration's own writing: a head of fields, then text in a small dialect of Markdown.

The head ends with ``---``. A field is ``name: value``; an indented line continues it; a name may come
more than once. In the text ``## `` and ``### `` begin sections, ``> `` a quote (its last line may be
``> — somebody``), ``- `` a list inside the text, and ``:::kind title`` … ``:::`` one of the other blocks.
Citations, ``[@bowlby-1988, p. 4]``, are left as they are: :mod:`cms.demo.citations` sets them.
"""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

CONTENT = Path(__file__).parent / "content"

LINK = re.compile(r"\[([^]]+)\]\(([^)\s]+)\)")
STRONG = re.compile(r"\*\*([^*]+)\*\*")
EMPHASIS = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True)
class Document:
    """One file: its name without the ending, its fields in order, and its blocks."""

    name: str
    fields: list[tuple[str, str]]
    blocks: list[dict[str, Any]]

    def one(self, field: str, default: str = "") -> str:
        """Give the first value of a field."""
        return next((value for name, value in self.fields if name == field), default)

    def all(self, field: str) -> list[str]:
        """Give every value of a field; commas inside a value separate further ones."""
        return [part.strip() for name, value in self.fields if name == field for part in value.split(",")]


def read_folder(folder: str) -> list[Document]:
    """Read every document of a folder of the content, by name."""
    return [parse(path.stem, path.read_text("utf-8")) for path in sorted((CONTENT / folder).glob("*.md"))]


def parse(name: str, source: str) -> Document:
    """Read one document. Raises ``ValueError`` with its name and line for what it cannot read."""
    head, separator, text = source.partition("\n---\n")
    if not separator:
        raise ValueError(f"{name}: the head does not end with a line of three dashes")
    return Document(name, parse_fields(name, head), number(name, parse_blocks(name, text)))


def parse_fields(name: str, head: str) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    for line in filter(str.strip, head.splitlines()):
        if line[0].isspace():
            last, value = fields.pop()
            fields.append((last, f"{value} {line.strip()}"))
        elif ":" in line:
            field, value = line.split(":", 1)
            fields.append((field.strip(), value.strip()))
        else:
            raise ValueError(f"{name}: neither a field nor its continuation: {line}")
    return fields


def parse_blocks(name: str, text: str) -> list[dict[str, Any]]:
    """Give the blocks of a text in the raw form of ``ArticleBodyBlock``, without ids."""
    blocks: list[dict[str, Any]] = []
    for chunk in chunks(name, text):
        first = chunk[0]
        if first.startswith(":::"):
            blocks.append(special(name, chunk))
        elif first.startswith("#"):
            marks, _space, words = first.partition(" ")
            blocks.append({"type": "heading", "value": {"text": words, "level": str(len(marks))}})
        elif first.startswith("> "):
            blocks.append(quote(chunk))
        elif blocks and blocks[-1]["type"] == "text":
            blocks[-1]["value"] += html_of(chunk)
        else:
            blocks.append({"type": "text", "value": html_of(chunk)})
    return blocks


def chunks(name: str, text: str) -> list[list[str]]:
    """Split a text at its empty lines, keeping ``:::`` blocks whole."""
    result: list[list[str]] = []
    current: list[str] = []
    fenced = False
    for line in [*text.splitlines(), ""]:
        if line.startswith(":::"):
            fenced = line != ":::"
        if line.strip():
            current.append(line.rstrip())
        if current and not fenced and (not line.strip() or line == ":::" or line.startswith("#")):
            result.append(current)
            current = []
    if fenced or current:
        raise ValueError(f"{name}: a ::: block is not closed")
    return result


def quote(lines: list[str]) -> dict[str, Any]:
    words = [line.removeprefix("> ") for line in lines]
    attribution = words.pop().removeprefix("— ") if words[-1].startswith("— ") else ""
    return {"type": "quote", "value": {"text": " ".join(words), "attribution": attribution}}


def special(name: str, lines: list[str]) -> dict[str, Any]:
    kind, _space, title = lines[0].removeprefix(":::").partition(" ")
    words, points = split_points(lines[1:-1])
    items = [{"type": "item", "value": point} for point in points]
    match kind:
        case "takeaways":
            value: dict[str, Any] = {"items": items}
        case "list":
            value = {"title": title, "items": items}
        case "exercise":
            value = {"title": title, "introduction": words, "steps": items}
        case "support":
            return {"type": "find_support", "value": {"title": title, "text": words}}
        case "picture":
            plate, alt, caption = [part.strip() for part in title.split("|")]
            return {"type": "image", "value": {"image": plate, "alt": alt, "caption": caption}}
        case _:
            raise ValueError(f"{name}: there is no block called {kind}")
    return {"type": kind, "value": value}


def split_points(lines: list[str]) -> tuple[str, list[str]]:
    """Separate the words before a list from its points; an indented line continues a point."""
    words: list[str] = []
    points: list[str] = []
    for line in lines:
        if line.startswith("- "):
            points.append(line.removeprefix("- "))
        elif points:
            points[-1] += " " + line.strip()
        else:
            words.append(line.strip())
    return " ".join(words), points


def html_of(lines: list[str]) -> str:
    words, points = split_points(lines)
    paragraph = f"<p>{inline(words)}</p>" if words else ""
    listed = "".join(f"<li>{inline(point)}</li>" for point in points)
    return paragraph + (f"<ul>{listed}</ul>" if points else "")


def inline(words: str) -> str:
    """Set links, strong words and emphasis. A link to another document is left by its name, as ``demo:name``."""

    def link(match: re.Match[str]) -> str:
        words, target = match.groups()
        address = target if target.startswith(("https://", "/")) else f"demo:{target}"
        return f'<a href="{address}">{words}</a>'

    marked = LINK.sub(link, escape(words, quote=False))
    return EMPHASIS.sub(r"<i>\1</i>", STRONG.sub(r"<b>\1</b>", marked))


def number(name: str, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every block, and every item of its lists, an id that is the same on each reading."""
    for position, block in enumerate(blocks):
        block["id"] = str(uuid5(NAMESPACE_URL, f"respite:{name}:{position}"))
        for field in ("items", "steps"):
            for place, item in enumerate(block["value"].get(field, []) if isinstance(block["value"], dict) else []):
                item["id"] = str(uuid5(NAMESPACE_URL, f"respite:{name}:{position}:{field}:{place}"))
    return blocks
