"""The name by which a file calls each of its works: ``bartholomew1991attachment``.

It is made of the work itself, so the same work has the same key in every file, and reading and writing again keeps it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from cms.references.csl_item import date_parts
from cms.references.formats.items import Item

LITTLE_WORDS = "a an and as at by for from in is of on or the to with der die das ein eine le la les un une"
LITTLE = frozenset(LITTLE_WORDS.split())


def keyed(items: Iterable[Item]) -> list[Item]:
    """Give the items with a key each as their ``id``; the second of the same name gets ``-2``, and so on."""
    seen: Counter[str] = Counter()
    made = []
    for item in items:
        key = key_of(item)
        seen[key] += 1
        identity = {"id": key if seen[key] == 1 else f"{key}-{seen[key]}"}
        made.append(identity | {name: value for name, value in item.items() if name != "id"})
    return made


def key_of(item: Item) -> str:
    """Give first author, year and first telling word of the title, in plain letters."""
    first: dict[str, str] = next(iter(item.get("author") or item.get("editor") or []), {})
    who = plain(first.get("family") or first.get("literal") or "")
    date = date_parts(item, "issued")
    year = str(abs(date[0])) if date else "nd"
    words = [word for raw in str(item.get("title", "")).split() if (word := plain(raw))]
    telling = next((word for word in words if word not in LITTLE), "")
    return f"{who[:30]}{year}{telling[:20]}" if who or telling else f"work{year}"


def plain(text: str) -> str:
    """Give the letters a to z and digits of a text, accents taken off."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())
