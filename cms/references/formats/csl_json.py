"""CSL-JSON, what citation programs speak among themselves: an array of items.

It is read item by item, so that one that is broken costs only itself.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.references.formats.items import TAKEN_FOR, TYPES, Item, canonical, clean
from cms.references.formats.keys import keyed
from cms.references.formats.records import Record, impossible

SIGNS = re.compile(r'["{}\[\]]')
STRING_END = re.compile(r'\\.|"', re.DOTALL)
LONGEST_ITEM = 100_000  # characters
MOST_UNCLOSED = 50  # after so many items without an end the rest is not looked through again


def write(items: Iterable[Item]) -> str:
    """Give a CSL-JSON file of these items, to be read by people too."""
    return json.dumps(keyed(canonical(item) for item in items), ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> Iterator[Record]:
    """Give a record for each item of an array, of an object's ``items``, or of lines with one object each."""
    line, counted = 1, 0
    for begin, end in objects(text):
        line += text.count("\n", counted, begin)
        counted = begin
        yield record(line, text[begin:end])


def objects(text: str) -> Iterator[tuple[int, int]]:
    """Give where each item begins and ends. One that never ends gives way to the next that begins a line like it."""
    at = text.find("{")
    wrapper = re.match(r'\s*\{\s*"items"\s*:\s*\[', text)
    at = text.find("{", wrapper.end()) if wrapper else at
    unclosed = 0
    while at >= 0:
        end = closing(text, at, min(len(text), at + LONGEST_ITEM))
        if end is None:
            unclosed += 1
            end = after_broken(text, at) if unclosed < MOST_UNCLOSED else len(text)
        yield at, end
        at = text.find("{", end)


def closing(text: str, at: int, until: int) -> int | None:
    """Give the place after the brace that closes the one at ``at``, strings passed over; None where none does."""
    depth = 0
    while match := SIGNS.search(text, at, until):
        at = match.end()
        if match[0] == '"':
            while (ended := STRING_END.search(text, at, until)) and ended[0] != '"':
                at = ended.end()
            if ended is None:
                return None
            at = ended.end()
        else:
            depth += 1 if match[0] in "{[" else -1
            if depth == 0:
                return at
    return None


def after_broken(text: str, at: int) -> int:
    """Give where an item that never closes leaves off: before the next line that begins as its own does."""
    indent = text[text.rfind("\n", 0, at) + 1 : at]
    following = re.compile(r"\n" + (re.escape(indent) if not indent.strip() else r"\s*") + r"\{").search(text, at)
    return following.start() if following else len(text)


def record(line: int, source: str) -> Record:
    """Give the record of one item's text."""
    try:
        given = json.loads(source)
    except json.JSONDecodeError as error:
        message = _("Line %(line)d: this is not JSON: %(problem)s.")
        return Record(line, source, problem=message % {"line": line + error.lineno - 1, "problem": error.msg})
    except (RecursionError, ValueError):
        return Record(line, source, problem=_("Line %(line)d: this cannot be read.") % {"line": line})
    if not isinstance(given, dict) or not (given.get("title") or given.get("author") or given.get("DOI")):
        message = _("Line %(line)d: this is no CSL-JSON item: it has no title, author or DOI.")
        return Record(line, source, problem=message % {"line": line})
    warnings: list[str] = []
    return Record(line, source, item_of(given, warnings), warnings)


def item_of(given: dict[str, Any], warnings: list[str]) -> Item:
    """Give the canonical item; what was guessed or left out is added to ``warnings``."""
    # Crossref's own JSON has lists where CSL has texts.
    item = {key: first_of(value) if key in FIRST else value for key, value in given.items()}
    kind = clean(item.get("type"))
    if kind not in TYPES and kind not in TAKEN_FOR:
        warnings.append(_("The type “%(kind)s” is not known here. Check the type.") % {"kind": kind[:40]})
    kept = canonical(item)
    warnings += impossible(item, kept, "DOI", "ISBN")
    if item.get("issued") and "issued" not in kept:
        warnings.append(_("The date could not be read, and was left out."))
    return kept


def first_of(value: Any) -> Any:
    """Give the first of a list, or what is no list as it is."""
    return value[0] if isinstance(value, list) and value else value


FIRST = frozenset({"title", "container-title", "ISBN", "URL", "publisher"})
