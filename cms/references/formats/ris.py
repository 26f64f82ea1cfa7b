"""RIS, the tagged format of reference managers: one line a field, ``TY`` begins an entry and ``ER`` ends it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.references.csl_item import date_parts
from cms.references.formats.items import Item, canonical, clean, parts_of_text
from cms.references.formats.keys import keyed
from cms.references.formats.records import Record, impossible

KINDS = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "report": "RPRT",
    "webpage": "ELEC",
    "thesis": "THES",
    "article": "UNPB",
    "dataset": "DATA",
}
# fmt: off
TYPES = {
    **{ris: csl for csl, ris in KINDS.items()},
    "JFULL": "article-journal", "MGZN": "article-journal", "NEWS": "article-journal", "EJOUR": "article-journal",
    "ABST": "article-journal", "INPR": "article", "MANSCPT": "article", "EDBOOK": "book", "EBOOK": "book",
    "WHOLE": "book", "SER": "book", "ECHAP": "chapter", "CONF": "chapter", "CPAPER": "chapter", "ENCYC": "chapter",
    "DICT": "chapter", "GOVDOC": "report", "STAND": "report", "STAT": "report", "PAMP": "report",
    "ICOMM": "webpage", "BLOG": "webpage", "WEB": "webpage", "COMP": "dataset", "AGGR": "dataset",
}
# fmt: on
TAG = re.compile(r"([A-Z][A-Z0-9]) {0,2}-(?: (.*)|$)")
RANGE = re.compile(r"([^\s–,&]+)–([^\s–,&]+)")
LISTS = {"AU": "AU", "A1": "AU", "A2": "ED", "A3": "ED", "ED": "ED"}


def write(items: Iterable[Item]) -> str:
    """Give a RIS file of these items, with the line ends that its makers asked for."""
    return "\r\n".join(line for item in keyed(sayable(canonical(item)) for item in items) for line in lines_of(item))


def sayable(item: Item) -> Item:
    """Give an item as RIS can say it: it knows no organisation with a comma, and no comma within a part of a name."""
    return canonical({**item, **{role: [name_of(name_line(one)) for one in item.get(role, [])] for role in ROLES}})


ROLES = {"author": "AU", "editor": "ED"}


def lines_of(item: Item) -> Iterator[str]:
    """Give the lines of one entry, an empty one after it."""
    yield f"TY  - {KINDS[item['type']]}"
    yield f"ID  - {item['id']}"
    for role, tag in ROLES.items():
        yield from (f"{tag}  - {name_line(person)}" for person in item.get(role, []))
    date = date_parts(item, "issued")
    pages = RANGE.fullmatch(item.get("page", ""))
    if pages and pages[1] == pages[2]:
        pages = None  # of two that are the same, programs make one
    accessed = date_parts(item, "accessed")
    texts = {
        "TI": item.get("title"),
        "PY": str(date[0]) if date else "",
        "DA": "/".join([*(f"{part:02}" for part in date), "", ""][:3]) + "/" if len(date) > 1 else "",
        "T2": item.get("container-title"),
        "PB": item.get("publisher"),
        "VL": item.get("volume"),
        "IS": item.get("issue"),
        "SP": pages[1] if pages else item.get("page"),
        "EP": pages[2] if pages else "",
        "ET": item.get("edition"),
        "M1": item.get("number"),
        "M2": item.get("version"),
        "M3": item.get("genre"),
        "SN": item.get("ISBN"),
        "DO": item.get("DOI"),
        "UR": item.get("URL"),
        "Y2": "/".join(f"{part:02}" for part in accessed),
        "RN": item.get("annote"),
    }
    yield from (f"{tag}  - {text}" for tag, text in texts.items() if text)
    yield "ER  - "
    yield ""


def name_line(person: dict[str, str]) -> str:
    """Give “Family, Given, Suffix”; an organisation without commas stands as it is."""
    if "literal" in person:
        return ", ".join(part for part in map(str.strip, person["literal"].split(",")) if part)
    family, given, suffix = (clean(person.get(key, "").replace(",", " ")) for key in ("family", "given", "suffix"))
    return ", ".join([family, given, suffix]) if suffix else f"{family}, {given}".rstrip(" ")


def name_of(text: str) -> dict[str, str]:
    """Give a person where there are one or two commas, else an organisation or a name of one word."""
    parts = [part.strip() for part in text.split(",")]
    if not 2 <= len(parts) <= 3:
        return {"literal": text}
    return dict(zip(("family", "given", "suffix"), parts, strict=False))


# ---- Reading ---------------------------------------------------------------------------------


def read(text: str) -> Iterator[Record]:
    """Give a record for each entry of a RIS file; lines outside any entry are told once for each stretch of them."""
    fields: list[tuple[str, str]] = []
    source: list[str] = []
    begun, stray, is_open = 0, 0, False
    for number, line in enumerate(text.split("\n"), start=1):
        tag = TAG.match(line.strip()) if line.strip() else None
        if tag and tag[1] == "TY":
            if is_open:
                yield record(begun, source, fields, [_("It was not ended by a line “ER”.")])
            elif stray:
                yield outside(stray, source)
            fields, source, begun, stray, is_open = [("TY", (tag[2] or "").strip())], [line], number, 0, True
        elif is_open and tag and tag[1] == "ER":
            yield record(begun, [*source, line], fields, [])
            fields, source, is_open = [], [], False
        elif is_open:
            source.append(line)
            if tag:
                fields.append((tag[1], (tag[2] or "").strip()))
            elif line.strip():
                # A long value that somebody wrapped.
                fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
        elif line.strip() and not re.fullmatch(r"\d+\.?", line.strip()):
            source = [*source, line] if stray else [line]
            stray = stray or number
    if is_open:
        yield record(begun, source, fields, [_("It was not ended by a line “ER”.")])
    elif stray:
        yield outside(stray, source)


def outside(line: int, source: list[str]) -> Record:
    """Give the record of lines that belong to no entry."""
    message = _("Line %(line)d: this belongs to no entry. An entry begins with a line “TY  - JOUR” or of another type.")
    return Record(line, "\n".join(source).strip(), problem=message % {"line": line})


def record(line: int, source: list[str], fields: list[tuple[str, str]], warnings: list[str]) -> Record:
    """Give the record of one entry's lines."""
    if len([value for _tag, value in fields[1:] if value]) == 0:
        message = _("Line %(line)d: this entry has no fields.") % {"line": line}
        return Record(line, "\n".join(source).strip(), problem=message)
    item = item_of(fields, warnings)
    return Record(line, "\n".join(source).strip(), item, warnings)


def item_of(fields: list[tuple[str, str]], warnings: list[str]) -> Item:
    """Give the item of an entry's tags and values; what was guessed or left out is added to ``warnings``."""
    texts: dict[str, str] = {}
    people: dict[str, list[Any]] = {"AU": [], "ED": []}
    for tag, value in fields:
        if tag in LISTS and value:
            people[LISTS[tag]].append(name_of(value))
        elif value:
            texts.setdefault(tag, value)

    def text(*tags: str) -> str:
        return next((texts[tag] for tag in tags if texts.get(tag)), "")

    if texts.get("TY", "").upper() not in TYPES:
        message = _("The type “%(kind)s” is not known here. Check the type.")
        warnings.append(message % {"kind": texts.get("TY", "")[:20]})
    kind = TYPES.get(text("TY").upper(), "book")
    year, whole = text("PY", "Y1", "YR"), text("DA", "Y1", "PY")
    issued = parts_of_text(whole) if parts_of_text(whole)[:1] == parts_of_text(year)[:1] else parts_of_text(year)
    if year and not issued:
        warnings.append(_("“%(year)s” is no year, and was left out.") % {"year": year[:60]})
    first, last = text("SP"), text("EP")
    container = ("T2", "JO", "JF", "BT", "JA", "J2", "J1")
    item: dict[str, Any] = {
        "id": text("ID"),
        "type": kind,
        # A whole book by old programs has its title in BT and nowhere else.
        "title": text("TI", "T1", "CT") or text("BT"),
        "author": people["AU"],
        "editor": people["ED"],
        "container-title": text(*container) if text("TI", "T1", "CT") else text(*container[:3]),
        "publisher": text("PB"),
        "volume": text("VL", "VO"),
        "issue": text("IS", "CP"),
        "page": f"{first}–{last}" if first and last and first != last else first or last,
        "edition": text("ET"),
        "number": text("M1"),
        "genre": text("M3"),
        "version": text("M2"),
        "issued": {"date-parts": [issued]},
        "accessed": {"date-parts": [parts_of_text(text("Y2"))]},
        "DOI": text("DO", "DI"),
        "ISBN": text("SN"),
        "URL": text("UR", "L2"),
        "annote": text("RN"),
    }
    kept = canonical(item)
    warnings += impossible(item, kept, "DOI")  # what is in SN may well be the number of a journal
    return kept
