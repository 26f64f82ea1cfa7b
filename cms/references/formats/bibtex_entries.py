"""BibTeX taken apart: entries with their fields as they stand, each with the line where it begins.

An entry that cannot be read costs only itself: the next begins at the next line that starts with ``@kind{``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from cms.references.formats.items import MONTH_STARTS

START = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
LINE_START = re.compile(r"^[ \t]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
KEY = re.compile(r"\s*([^\s,={}\"#%]*)\s*")
FIELD = re.compile(r"\s*([A-Za-z][\w.:+/-]*)\s*=\s*")
WORD = re.compile(r"[^\s,#{}()\"=%]+")
BRACES = re.compile(r"[{}]")
QUOTED = re.compile(r"[{}\"]")
MONTHS = {word: word for word in MONTH_STARTS}
CLOSING = {"{": "}", "(": ")"}


class Broken(Exception):
    """What is wrong, in words, and where in the text."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass
class Entry:
    """One entry: its kind, key and fields in lower case, values without outer braces; or what is wrong with it."""

    line: int
    source: str
    kind: str = ""
    key: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    macros: set[str] = field(default_factory=set)


def entries(text: str) -> Iterator[Entry]:
    """Give the entries of a file in order. ``@string`` is filled in, ``@comment`` and ``@preamble`` are passed over."""
    strings = dict(MONTHS)
    starts = [match.start() for match in LINE_START.finditer(text)]
    # What stands before the first line that begins with an entry may hold one in the middle of a line.
    bounds = sorted({0, *starts, len(text)})
    line, counted = 1, 0
    for begin, end in pairwise(bounds):
        at = begin
        while match := START.search(text, at, end):
            line += text.count("\n", counted, match.start())
            counted = match.start()
            kind = match[1].lower()
            try:
                made, at = _entry(text, match, end, strings)
            except Broken as broken:
                where = line + text.count("\n", counted, min(broken.at, end))
                message = _("Line %(line)d: %(problem)s") % {"line": where, "problem": broken}
                if kind not in ("comment", "preamble"):
                    yield Entry(line, text[match.start() : end].strip(), kind, problem=message)
                at = end
                continue
            if kind == "string":
                strings |= made.fields
            elif kind not in ("comment", "preamble"):
                made.line, made.source = line, text[match.start() : at]
                yield made


def _entry(text: str, match: re.Match[str], end: int, strings: dict[str, str]) -> tuple[Entry, int]:
    kind, opening = match[1].lower(), match[2]
    at = match.end()
    made = Entry(0, "", kind)
    if kind in ("comment", "preamble"):
        return made, _closed(text, at, end)
    if kind != "string":
        key = KEY.match(text, at, end)
        at = key.end() if key else at
        made.key = key[1] if key else ""
        if at < end and text[at] == "=":  # no key at all: that was a field's name
            made.key, at = "", match.end()
        elif at < end and text[at] == ",":
            at += 1
    while True:
        at = _spaces(text, at, end)
        if at >= end:
            raise Broken(_("this entry has no closing brace."), match.start())
        if text[at] == CLOSING[opening]:
            return made, at + 1
        if text[at] == ",":
            at += 1
            continue
        found = FIELD.match(text, at, end)
        if not found:
            raise Broken(_("here the name of a field and “=” were expected."), at)
        value, at = _value(text, found.end(), end, strings, made.macros)
        made.fields.setdefault(found[1].lower(), value)
        at = _spaces(text, at, end)
        if at < end and text[at] not in ("," + CLOSING[opening]):
            raise Broken(_("a comma is missing before this."), at)


def _value(text: str, at: int, end: int, strings: dict[str, str], macros: set[str]) -> tuple[str, int]:
    pieces = []
    while True:
        at = _spaces(text, at, end)
        if at >= end:
            raise Broken(_("the value is missing."), at)
        if text[at] == "{":
            closed = _closed(text, at + 1, end)
            pieces.append(text[at + 1 : closed - 1])
            at = closed
        elif text[at] == '"':
            closed = _unquoted(text, at + 1, end)
            pieces.append(text[at + 1 : closed - 1])
            at = closed
        elif word := WORD.match(text, at, end):
            pieces.append(word[0] if word[0].isdecimal() else strings.get(word[0].lower(), word[0]))
            if not word[0].isdecimal() and word[0].lower() not in strings:
                macros.add(word[0])
            at = word.end()
        else:
            raise Broken(_("the value is missing."), at)
        at = _spaces(text, at, end)
        if at >= end or text[at] != "#":
            return "".join(pieces), at
        at += 1


def _closed(text: str, at: int, end: int) -> int:
    """Give the place after the brace that closes the one before ``at``."""
    depth = 1
    for match in BRACES.finditer(text, at, end):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    raise Broken(_("this brace is never closed."), at)


def _unquoted(text: str, at: int, end: int) -> int:
    """Give the place after the quotation mark that closes a value; those inside braces do not."""
    depth = 0
    for match in QUOTED.finditer(text, at, end):
        if match[0] == '"' and depth == 0:
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    raise Broken(_("this quotation mark is never closed."), at)


def _spaces(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at
