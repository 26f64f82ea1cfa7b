"""The one shape between all formats: a CSL-JSON item with fields in one order, one spelling and one kind of space."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from cms.references.identifiers import normal_doi, normal_isbn, whole_pages

Item = dict[str, Any]

# CSL's types that we set, and what others we know are taken for.
TYPES = ("article-journal", "book", "chapter", "report", "webpage", "thesis", "article", "dataset")
TAKEN_FOR = {
    "article-magazine": "article-journal",
    "article-newspaper": "article-journal",
    "review": "article-journal",
    "review-book": "article-journal",
    "entry": "chapter",
    "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter",
    "paper-conference": "chapter",
    "post": "webpage",
    "post-weblog": "webpage",
    "broadcast": "webpage",
    "software": "dataset",
    "pamphlet": "report",
    "legislation": "report",
    "standard": "report",
    "preprint": "article",
}
TEXTS = ("title", "container-title", "publisher", "volume", "issue", "page", "edition", "number", "genre", "version")
ORDER = (
    *("id", "type", "title", "author", "editor", "container-title", "publisher", "volume", "issue", "page"),
    *("edition", "number", "genre", "version", "issued", "accessed", "DOI", "ISBN", "URL", "annote"),
)
LONGEST_TEXT = 20_000  # characters; nothing that belongs in a reference comes near
MOST_NAMES = 1_000


def canonical(item: Item) -> Item:
    """Give an item in the one shape. Unknown fields, empty ones and impossible identifiers are left out.

    It is idempotent, and never raises, whatever the values of a foreign file are made of.
    """
    made: Item = {"id": clean(item.get("id")), "type": known_type(clean(item.get("type")))}
    for key in TEXTS:
        made[key] = clean(item.get(key))
    made["page"] = whole_pages(made["page"])
    for role in ("author", "editor"):
        made[role] = names(item.get(role))
    for key in ("issued", "accessed"):
        made[key] = csl_date(parts_of(item.get(key)))
    made["DOI"] = normal_doi(clean(item.get("DOI")))
    made["ISBN"] = normal_isbn(clean(item.get("ISBN")))
    made["URL"] = address(item.get("URL"))
    made["annote"] = clean(item.get("annote"))
    return {key: made[key] for key in ORDER if made[key]}


def known_type(text: str) -> str:
    """Give the type of ours that a CSL type is, or is taken for; a book where nobody can tell."""
    return text if text in TYPES else TAKEN_FOR.get(text, "book")


def clean(value: Any) -> str:
    """Give text on one line, with single spaces and without control characters; "" for what is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[:LONGEST_TEXT]
    # Other white space becomes a space first; then controls, halves of surrogate pairs and byte order marks go.
    words = " ".join(text.split())
    kept = "".join(
        letter for letter in words if unicodedata.category(letter) not in ("Cc", "Cs", "Cn") and letter != "\ufeff"
    )
    return " ".join(kept.split())


def address(value: Any) -> str:
    """Give a web address without spaces or what has a meaning of its own in TeX."""
    text = clean(value).replace(" ", "%20")
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", text)


# ---- Names -----------------------------------------------------------------------------------


def names(value: Any) -> list[dict[str, str]]:
    """Give the names of a list that are names."""
    return [made for one in value[:MOST_NAMES] if (made := name(one))] if isinstance(value, list) else []


def name(value: Any) -> dict[str, str]:
    """Give a name as family, given and suffix, or as a literal; particles go before the family name they belong to."""
    if isinstance(value, str):
        return {"literal": clean(value)} if clean(value) else {}
    if not isinstance(value, dict):
        return {}
    if literal := clean(value.get("literal")):
        return {"literal": literal}
    particles = [clean(value.get(key)) for key in ("dropping-particle", "non-dropping-particle")]
    family = " ".join(part for part in (*particles, clean(value.get("family"))) if part)
    made = {"family": family, "given": clean(value.get("given")), "suffix": clean(value.get("suffix"))}
    if not family:  # one name alone is the one to sort by
        made = {"family": made["given"] or made["suffix"]}
    return {key: text for key, text in made.items() if text}


# ---- Dates -----------------------------------------------------------------------------------


def csl_date(parts: Iterable[int]) -> dict[str, list[list[int]]] | None:
    """Give a CSL date of a year, a month and a day, as far as they are there."""
    known = list(parts)
    return {"date-parts": [known]} if known else None


def parts_of(value: Any) -> list[int]:
    """Give year, month and day of a CSL date, of its parts or its words; [] where there is no year in it."""
    if isinstance(value, str | int):
        return parts_of_text(str(value))
    if not isinstance(value, dict):
        return []
    given = value.get("date-parts")
    if isinstance(given, list) and given and isinstance(given[0], list):
        return sound_parts(given[0])
    return next((parts for key in ("raw", "literal") if (parts := parts_of_text(clean(value.get(key))))), [])


def sound_parts(values: Iterable[Any]) -> list[int]:
    """Give year, month and day up to the first that cannot be."""
    numbers = []
    for value in list(values)[:3]:
        text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
        if not re.fullmatch(r"-?[0-9]{1,6}", text):
            break
        numbers.append(int(text))
    if not numbers or numbers[0] == 0 or not -9999 <= numbers[0] <= 9999:
        return []
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return numbers[:1]
    if len(numbers) > 2 and not is_day(*numbers):
        return numbers[:2]
    return numbers


def is_day(year: int, month: int, day: int) -> bool:
    """Say whether there is such a day; before our era every fourth year may have one more."""
    try:
        date(year if year > 0 else 2000, month, day)
    except ValueError:
        return False
    return True


def parts_of_text(text: str) -> list[int]:
    """Give the parts of a date as people and programs write it: 1991, 1991-05-03, 1991/05//, “May 1991”, “c. 1991”."""
    if match := re.match(r"(-?[0-9]{1,4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?(?![0-9])", text):
        return sound_parts([part for part in match.groups() if part])
    found = re.search(r"(?<![0-9])([0-9]{4})(?![0-9])", text)
    if not found:
        return []
    month = next((number for word in re.findall(r"[^\W\d_]{3,}", text) if (number := month_number(word))), None)
    return sound_parts([found[1], month] if month else [found[1]])


MONTH_STARTS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def month_number(text: str) -> int | None:
    """Give 1 to 12 for a month by its number or by its English name, cut short or not."""
    bare = text.strip().strip(".").lower()
    if re.fullmatch(r"[0-9]{1,2}", bare):
        return int(bare) if 1 <= int(bare) <= 12 else None
    return MONTH_STARTS.index(bare[:3]) + 1 if bare[:3] in MONTH_STARTS else None
