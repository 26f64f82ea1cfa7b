"""Reading a CSL-JSON item, whoever wrote it: what is missing or odd counts as empty."""

from typing import Any

Item = dict[str, Any]


def text_of(csl: Item, key: str) -> str:
    """Give a text in one line, or ""."""
    return " ".join(str(csl.get(key) or "").split())


def names_of(csl: Item, key: str) -> list[dict[str, Any]]:
    """Give the names under a role that say anything."""
    return [name for name in csl.get(key) or [] if name.get("literal") or name.get("family") or name.get("given")]


def date_parts(csl: Item, key: str) -> list[int]:
    """Give year, month and day as far as they are known."""
    parts = ((csl.get(key) or {}).get("date-parts") or [[]])[0]
    return [int(part) for part in parts]
