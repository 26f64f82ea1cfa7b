"""References in our house style, APA 7, from CSL-JSON.

A reference is composed as runs of text, some italic, some links, and then written as HTML (escaped, ``<i>`` and
``<a>`` alone). Section numbers are those of the Publication Manual, 7th edition.
"""

import re
from urllib.parse import quote

from cms.references.csl_item import Item, date_parts, names_of, text_of
from cms.references.identifiers import normal_doi
from cms.references.kinds import title_and_source
from cms.references.names import editor_label, heading_list
from cms.references.runs import Part, Run, as_html, sentences

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def format_html(csl: Item, year_suffix: str = "") -> str:
    """Give a CSL-JSON item as one line of APA 7 in safe HTML; see :func:`compose` for the suffix."""
    return as_html(compose(csl, year_suffix))


def doi_url(csl: Item) -> str:
    """Give the address a DOI leads to, fit for an ``href``, or ""."""
    doi = normal_doi(text_of(csl, "DOI"))
    return "https://doi.org/" + quote(doi, safe="/:;()._-") if doi else ""


def compose(csl: Item, year_suffix: str = "") -> list[Run]:
    """Set a reference from its parts: who, when, what, where it appeared, where to find it (section 9.4).

    ``year_suffix`` is the letter that tells it from other works of the same authors and year in one
    list: “2020a”, “n.d.-a” (sections 8.19 and 9.47).
    """
    kind = text_of(csl, "type")
    title, source = title_and_source(csl)
    who = _responsible(csl, kind)
    when: Part = [Run(f"({_date(csl, kind, year_suffix)})")]
    # A work nobody signed begins with its title (section 9.12).
    parts = [who, when, title, *source] if who else [title, when, *source]
    return sentences(parts) + _found_at(csl, kind)


def year_text(csl: Item, suffix: str = "") -> str:
    """Give the year as it is cited: “1988”, “2020a”, “n.d.”, “n.d.-a”, “370 B.C.E.” (sections 8.15 and 8.19)."""
    parts = date_parts(csl, "issued")
    if not parts:
        return f"n.d.-{suffix}" if suffix else "n.d."
    return f"{-parts[0]} B.C.E.{suffix and '-'}{suffix}" if parts[0] < 0 else f"{parts[0]}{suffix}"


def _responsible(csl: Item, kind: str) -> Part:
    """Give the authors, or the editors of a whole book in their place (section 9.10)."""
    if authors := heading_list(names_of(csl, "author")):
        return [Run(authors)]
    editors = names_of(csl, "editor")
    if kind != "chapter" and (names := heading_list(editors)):
        return [Run(f"{names} ({editor_label(editors)})")]
    return []


def _date(csl: Item, kind: str, suffix: str) -> str:
    """Give the year, with month and day for a web page, or “n.d.” (sections 9.13 and 9.17)."""
    parts = date_parts(csl, "issued")
    if kind == "webpage" and len(parts) > 1 and parts[0] > 0:
        return f"{year_text(csl, suffix)}, {_month_and_day(parts)}"
    return year_text(csl, suffix)


def _found_at(csl: Item, kind: str) -> list[Run]:
    """Give the DOI, else the address, with no full stop after it (sections 9.34 to 9.36)."""
    if address := doi_url(csl):
        return [Run(" "), Run("https://doi.org/" + normal_doi(text_of(csl, "DOI")), href=address)]
    url = text_of(csl, "URL")
    if not url:
        return []
    link = Run(url, href=url if re.match(r"https?://[^\s]+$", url, re.IGNORECASE) else "")
    accessed = date_parts(csl, "accessed")
    if kind == "webpage" and len(accessed) == 3:
        return [Run(f" Retrieved {_month_and_day(accessed)}, {accessed[0]}, from "), link]
    return [Run(" "), link]


def _month_and_day(parts: list[int]) -> str:
    month = MONTHS[parts[1] - 1] if 1 <= parts[1] <= 12 else ""
    return f"{month} {parts[2]}" if month and len(parts) > 2 else month
