"""References in our house style, APA 7, from CSL-JSON.

A reference is composed once as runs of text, some italic, some links, and then written as HTML (escaped,
``<i>`` and ``<a>`` alone) or as plain text. Section numbers are those of the Publication Manual, 7th edition.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.html import escape

from cms.references.identifiers import are_many_pages, normal_doi, normal_pages
from cms.references.names import editor_label, heading_list, running_list

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
FINAL = (".", "?", "!", "…")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one manner."""

    text: str
    italic: bool = False
    href: str = ""


Part = list[Run]  # one sentence of a reference, without its full stop


def format_html(csl: dict[str, Any]) -> str:
    """Give a CSL-JSON item as one line of APA 7 in safe HTML."""
    return "".join(_html(run) for run in compose(csl))


def format_text(csl: dict[str, Any]) -> str:
    """Give a CSL-JSON item as one line of APA 7 in plain text."""
    return "".join(run.text for run in compose(csl))


def doi_url(csl: dict[str, Any]) -> str:
    """Give the address a DOI leads to, fit for an ``href``, or ""."""
    doi = normal_doi(_text(csl, "DOI"))
    return "https://doi.org/" + quote(doi, safe="/:;()._-") if doi else ""


def compose(csl: dict[str, Any]) -> list[Run]:
    """Set a reference from its parts: who, when, what, where it appeared, where to find it (section 9.4)."""
    kind = _text(csl, "type")
    title, source = SETTERS.get(kind, _book)(csl)
    who = _responsible(csl, kind)
    when: Part = [Run(f"({_date(csl, kind)})")]
    # A work nobody signed begins with its title (section 9.12).
    parts = [who, when, title, *source] if who else [title, when, *source]
    return _sentences(parts) + _found_at(csl, kind)


def _responsible(csl: dict[str, Any], kind: str) -> Part:
    """Give the authors, or the editors of a whole book in their place (section 9.10)."""
    if authors := heading_list(_names(csl, "author")):
        return [Run(authors)]
    editors = _names(csl, "editor")
    if kind != "chapter" and (names := heading_list(editors)):
        return [Run(f"{names} ({editor_label(editors)})")]
    return []


def _date(csl: dict[str, Any], kind: str) -> str:
    """Give the year, with month and day for a web page, or “n.d.” (sections 9.13 and 9.17)."""
    parts = _date_parts(csl, "issued")
    if not parts:
        return "n.d."
    if parts[0] < 0:
        return f"{-parts[0]} B.C.E."
    if kind == "webpage" and len(parts) > 1:
        return f"{parts[0]}, {_month_and_day(parts)}"
    return str(parts[0])


def _article(csl: dict[str, Any]) -> tuple[Part, list[Part]]:
    """Set a journal article: the journal and volume are italic, the issue is not (section 9.25)."""
    source: Part = [Run(_text(csl, "container-title"), italic=True)]
    volume, issue = _text(csl, "volume"), _text(csl, "issue")
    numbers = ([Run(volume, italic=True)] if volume else []) + ([Run(f"({issue})")] if issue else [])
    pages = normal_pages(_text(csl, "page"))
    return [Run(_text(csl, "title"))], [_joined(source, numbers, [Run(_article_pages(pages))])]


def _book(csl: dict[str, Any]) -> tuple[Part, list[Part]]:
    """Set a whole book; editors of an authored book stand after the title (section 10.2)."""
    notes = [_edition(csl), _volume(csl)]
    if _names(csl, "author") and (editors := _names(csl, "editor")):
        notes.insert(0, f"{running_list(editors)}, {editor_label(editors)}")
    return _title_with(csl, notes), [_publisher(csl, "publisher")]


def _chapter(csl: dict[str, Any]) -> tuple[Part, list[Part]]:
    """Set a chapter: its pages stand with the edition and volume of the book (section 10.3)."""
    editors = _names(csl, "editor")
    lead = f"In {running_list(editors)} ({editor_label(editors)}), " if running_list(editors) else "In "
    pages = normal_pages(_text(csl, "page"))
    numbered = f"{'pp.' if are_many_pages(pages) else 'p.'} {pages}" if pages else ""
    book = [Run(lead), Run(_text(csl, "container-title"), italic=True)]
    if not book[1].text:
        book = []
    notes = _bracketed([_edition(csl), _volume(csl), numbered])
    return [Run(_text(csl, "title"))], [[*book, *notes] if book else [], _publisher(csl, "publisher")]


def _report(csl: dict[str, Any]) -> tuple[Part, list[Part]]:
    """Set a report with its number (section 10.4)."""
    number = _text(csl, "number")
    if number and not re.search(r"\s", number):
        number = f"Report No. {number}"
    return _title_with(csl, [number, _edition(csl)]), [_publisher(csl, "publisher")]


def _webpage(csl: dict[str, Any]) -> tuple[Part, list[Part]]:
    """Set a page of a web site; the site is left out where it is the author (section 10.16)."""
    return [Run(_text(csl, "title"), italic=True)], [_publisher(csl, "container-title", "publisher")]


SETTERS: dict[str, Callable[[dict[str, Any]], tuple[Part, list[Part]]]] = {
    "article-journal": _article,
    "book": _book,
    "chapter": _chapter,
    "report": _report,
    "webpage": _webpage,
}


def _title_with(csl: dict[str, Any], notes: Iterable[str]) -> Part:
    """Give an italic title and its notes; the title's own full stop would stand in the middle of the sentence."""
    bracketed = _bracketed(notes)
    title = _text(csl, "title")
    return [Run(title.removesuffix(".") if bracketed else title, italic=True), *bracketed]


def _article_pages(pages: str) -> str:
    """Give pages, or “Article e1234” for an article number (section 9.27)."""
    return f"Article {pages}" if re.fullmatch(r"[eE]\d+|\d{5,}", pages) else pages


def _publisher(csl: dict[str, Any], *keys: str) -> Part:
    """Give the first of these that is there, unless it is the author over again (section 9.29)."""
    authors = {str(name.get("literal", "")).casefold() for name in _names(csl, "author")}
    name = next((_text(csl, key) for key in keys if _text(csl, key)), "")
    return [Run(name)] if name and name.casefold() not in authors else []


def _edition(csl: dict[str, Any]) -> str:
    """Give “2nd ed.”; a first edition goes without saying (section 9.19)."""
    edition = re.sub(r"\s*\b(?:edition|edn?)\.?$", "", _text(csl, "edition"), flags=re.IGNORECASE).strip()
    if edition.casefold() in ("", "1", "1st", "first"):
        return ""
    if edition.isdecimal():
        return f"{ordinal(int(edition))} ed."
    return "Rev. ed." if edition.casefold() in ("revised", "rev", "rev.") else f"{edition} ed."


def _volume(csl: dict[str, Any]) -> str:
    volume = _text(csl, "volume")
    if not volume:
        return ""
    return f"{'Vols.' if are_many_pages(normal_pages(volume)) else 'Vol.'} {normal_pages(volume)}"


def ordinal(number: int) -> str:
    """Give 2nd, 3rd, 11th, 22nd."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _found_at(csl: dict[str, Any], kind: str) -> list[Run]:
    """Give the DOI, else the address, with no full stop after it (sections 9.34 to 9.36)."""
    if address := doi_url(csl):
        return [Run(" "), Run("https://doi.org/" + normal_doi(_text(csl, "DOI")), href=address)]
    url = _text(csl, "URL")
    if not url:
        return []
    link = Run(url, href=url if re.match(r"https?://[^\s]+$", url, re.IGNORECASE) else "")
    accessed = _date_parts(csl, "accessed")
    if kind == "webpage" and len(accessed) == 3:
        return [Run(f" Retrieved {_month_and_day(accessed)}, {accessed[0]}, from "), link]
    return [Run(" "), link]


def _sentences(parts: Iterable[Part]) -> list[Run]:
    """Join parts, each ended by one full stop and no more, with a space between."""
    runs: list[Run] = []
    for part in parts:
        words = [run for run in part if run.text]
        if not words:
            continue
        if runs:
            runs.append(Run(" "))
        runs += words
        last = words[-1]
        if not last.text.rstrip("\"'”’)").endswith(FINAL) or last.text.endswith(")"):
            runs.append(Run("."))
    return runs


def _joined(*parts: Part) -> Part:
    """Join the parts that are there with commas."""
    joined: Part = []
    for part in parts:
        if words := [run for run in part if run.text]:
            joined += ([Run(", ")] if joined else []) + words
    return joined


def _bracketed(notes: Iterable[str]) -> Part:
    """Give notes in one pair of round brackets, or nothing."""
    present = [note for note in notes if note]
    return [Run(f" ({', '.join(present)})")] if present else []


def _html(run: Run) -> str:
    text = str(escape(run.text))
    if run.href:
        return f'<a href="{escape(run.href)}">{text}</a>'
    return f"<i>{text}</i>" if run.italic else text


def _text(csl: dict[str, Any], key: str) -> str:
    return " ".join(str(csl.get(key) or "").split())


def _names(csl: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [name for name in csl.get(key) or [] if name.get("literal") or name.get("family") or name.get("given")]


def _date_parts(csl: dict[str, Any], key: str) -> list[int]:
    parts = ((csl.get(key) or {}).get("date-parts") or [[]])[0]
    return [int(part) for part in parts]


def _month_and_day(parts: list[int]) -> str:
    month = MONTHS[parts[1] - 1] if 1 <= parts[1] <= 12 else ""
    return f"{month} {parts[2]}" if month and len(parts) > 2 else month
