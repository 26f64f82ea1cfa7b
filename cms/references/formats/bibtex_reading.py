"""BibTeX as CSL-JSON items: what each field of each kind says."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.references.formats.bibtex import KINDS, PREPRINT
from cms.references.formats.bibtex_entries import Entry, entries
from cms.references.formats.items import Item, canonical, month_number, parts_of_text, sound_parts
from cms.references.formats.latex import decoded
from cms.references.formats.records import Record, impossible

# fmt: off
TYPES = {
    **{kind: csl for csl, (kind, _container, _publisher) in KINDS.items() if csl != "article"},
    "incollection": "chapter", "inbook": "chapter", "inproceedings": "chapter", "conference": "chapter",
    "inreference": "chapter", "suppbook": "chapter", "bookinbook": "chapter", "booklet": "book", "mvbook": "book",
    "collection": "book", "proceedings": "book", "reference": "book", "manual": "report", "report": "report",
    "electronic": "webpage", "www": "webpage", "thesis": "thesis", "mastersthesis": "thesis", "periodical": "book",
    "suppperiodical": "article-journal", "review": "article-journal", "software": "dataset",
    "unpublished": "article", "preprint": "article",
}
# fmt: on
CONTAINERS = ("journal", "journaltitle", "booktitle", "series")
PUBLISHERS = ("publisher", "institution", "school", "organization", "howpublished")
INHERITED = ("editor", "publisher", "year", "date", "month", "volume", "series", "isbn", "edition")
NAME_END = re.compile(r"[{}]|\s(?=\S)", re.DOTALL)
AND = re.compile(r"[{}]|\sand(?=\s)", re.IGNORECASE)
COMMA = re.compile(r"[{},]")


def read(text: str) -> Iterator[Record]:
    """Give a record for each entry of a BibTeX file, those that cannot be read among them."""
    found = list(entries(text))
    by_key = {entry.key.lower(): entry for entry in found if entry.key and not entry.problem}
    for entry in found:
        if entry.problem:
            yield Record(entry.line, entry.source, problem=entry.problem)
        elif not entry.fields:
            message = _("Line %(line)d: this entry has no fields.") % {"line": entry.line}
            yield Record(entry.line, entry.source, problem=message)
        else:
            warnings: list[str] = []
            item = item_of(entry, by_key, warnings)
            yield Record(entry.line, entry.source, item, warnings)


def item_of(entry: Entry, by_key: dict[str, Entry], warnings: list[str]) -> Item:
    """Give the item of an entry; what was guessed or left out is added to ``warnings``."""
    fields = inherited(entry, by_key)
    unknown: set[str] = set()

    def text(*keys: str, verbatim: bool = False) -> str:
        return next((made for key in keys if (made := decoded(fields.get(key, ""), unknown, verbatim).strip())), "")

    kind = type_of(entry, fields, warnings)
    container_field, publisher_field = KINDS[kind][1:]
    is_article = kind == "article-journal"
    item: dict[str, Any] = {
        "id": entry.key,
        "type": kind,
        "title": ": ".join(part for part in (text("title"), text("subtitle")) if part),
        "author": names(fields.get("author", ""), unknown),
        "editor": names(fields.get("editor", ""), unknown),
        "publisher": text(publisher_field, *(name for name in PUBLISHERS if name != container_field)),
        "volume": text("volume"),
        "issue": text("number", "issue") if is_article else text("issue"),
        "number": text("reportnumber") if is_article else text("number"),
        "page": text("pages", "eid"),
        "edition": text("edition"),
        "genre": text("type") or ("Master’s thesis" if entry.kind == "mastersthesis" else ""),
        "version": text("version"),
        "issued": {"date-parts": [issued(text, warnings)]},
        "accessed": {"date-parts": [parts_of_text(text("urldate", verbatim=True))]},
        "DOI": text("doi", verbatim=True),
        "ISBN": text("isbn", verbatim=True),
        "URL": text("url", verbatim=True) or link_in(fields.get("howpublished", "")) or eprint(text),
        "annote": text("annote", "annotation"),
    }
    # A preprint's own place wins; elsewhere "howpublished" is where a page was found.
    item["container-title"] = text(container_field, *CONTAINERS)
    if item["publisher"] and item["URL"] and item["publisher"] in (item["URL"], f"url{item['URL']}"):
        item["publisher"] = ""
    kept = canonical(item)
    warnings += [*impossible(item, kept, "DOI", "ISBN"), *unexplained(entry, unknown)]
    return kept


def inherited(entry: Entry, by_key: dict[str, Entry]) -> dict[str, str]:
    """Give an entry's fields with those it lacks from the one it cross-refers to; a book's title is its container."""
    parent = by_key.get(entry.fields.get("crossref", "").strip().lower())
    if parent is None or parent is entry:
        return entry.fields
    given = {name: parent.fields[name] for name in INHERITED if name in parent.fields}
    if "title" in parent.fields:
        given["booktitle"] = parent.fields["title"]
    return given | entry.fields


def type_of(entry: Entry, fields: dict[str, str], warnings: list[str]) -> str:
    """Give our type for an entry's kind; ``@misc`` is a preprint where it says so, else a page or a report."""
    if fields.get(PREPRINT[0], "").strip("{} ").lower() == PREPRINT[1]:
        return "article"
    if entry.kind in TYPES:
        return TYPES[entry.kind]
    if fields.get("archiveprefix", fields.get("eprinttype", "")).strip("{} "):
        return "article"
    guess = "webpage" if fields.get("url") or link_in(fields.get("howpublished", "")) else "report"
    if entry.kind != "misc":
        warnings.append(_("“@%(kind)s” is not known here. Check the type.") % {"kind": entry.kind})
    return guess


def issued(text: Any, warnings: list[str]) -> list[int]:
    """Give year, month and day from ``date``, or from ``year``, ``month`` and ``day``."""
    if parts := parts_of_text(text("date")):
        return parts
    year, month = text("year"), text("month")
    parts = parts_of_text(year)
    if year and not parts:
        warnings.append(_("“%(year)s” is no year, and was left out.") % {"year": year[:60]})
    if len(parts) == 1 and (number := month_number(month)):
        parts = sound_parts([*parts, number, text("day") or re.sub(r"\D", "", month)])
    return parts


def eprint(text: Any) -> str:
    """Give the address of an arXiv paper."""
    is_arxiv = text("archiveprefix", "eprinttype").lower() == "arxiv" and text("eprint")
    return f"https://arxiv.org/abs/{text('eprint', verbatim=True)}" if is_arxiv else ""


def link_in(value: str) -> str:
    """Give the address in a ``howpublished``."""
    found = re.search(r"https?://[^\s{}]+", value)
    return found[0] if found else ""


def unexplained(entry: Entry, unknown: set[str]) -> list[str]:
    """Say which commands and abbreviations nobody explained."""
    said = []
    if unknown:
        names_of = ", ".join(f"\\{word}" for word in sorted(unknown)[:5])
        said.append(_("Unknown commands were left out: %(names)s.") % {"names": names_of})
    if entry.macros:
        names_of = ", ".join(sorted(entry.macros)[:5])
        said.append(_("Abbreviations without a meaning in this file: %(names)s.") % {"names": names_of})
    return said


# ---- Names -----------------------------------------------------------------------------------


def names(value: str, unknown: set[str]) -> list[dict[str, str]]:
    """Give the names of an ``and`` list; “and others” says that there are more, and is no name."""
    parts = [part.strip() for part in divided(value, AND)]
    return [name_of(part, unknown) for part in parts if part and part.lower() != "others"]


def name_of(text: str, unknown: set[str]) -> dict[str, str]:
    """Give a name from “First von Last”, “von Last, First” or “von Last, Jr, First”; one in braces is whole."""
    if text.startswith("{") and next(iter(divided(text, re.compile(r"[{}]|(?<=\})."), keep=True)), "") == text:
        return {"literal": decoded(text, unknown)}
    parts = [decoded(part, unknown).strip() for part in divided(text, COMMA)]
    if len(parts) == 1:
        words = [decoded(word, unknown) for word in divided(text.replace("~", " "), NAME_END)]
        words = [word.strip() for word in words if word.strip()]
        von = next((place for place, word in enumerate(words[:-1]) if word[:1].islower()), len(words) - 1)
        return {"family": " ".join(words[von:]), "given": " ".join(words[:von])}
    if len(parts) == 2:
        return {"family": parts[0], "given": parts[1]}
    return {"family": parts[0], "suffix": parts[1], "given": " ".join(parts[2:])}


def divided(text: str, divider: re.Pattern[str], keep: bool = False) -> Iterator[str]:
    """Give the pieces between dividers that stand outside braces; the braces are matched by the same pattern."""
    depth, begin = 0, 0
    for match in divider.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            yield text[begin : match.start()]
            begin = match.start() if keep else match.end()
    yield text[begin:]
