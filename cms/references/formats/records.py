"""One entry of a file, as it was read or could not be."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.references.formats.items import Item, clean


class Unreadable(Exception):
    """Nothing of a text can be read; the message says why, and what to do."""


@dataclass(frozen=True)
class Record:
    """An entry of a file: where it begins (the first line is 1), its own text, and what was made of it.

    ``item`` is a canonical CSL-JSON item, or None where ``problem`` says why nothing could be read.
    ``warnings`` are sentences about what was left out or guessed.
    """

    line: int
    source: str
    item: Item | None = None
    warnings: list[str] = field(default_factory=list)
    problem: str = ""


def impossible(given: dict[str, Any], kept: Item, *identifiers: str) -> list[str]:
    """Say which identifiers of an item cannot be right, so that its canonical form is without them."""
    message = _("“%(text)s” is no %(name)s, and was left out.")
    lost = {key: clean(given.get(key)) for key in identifiers if key not in kept}
    return [message % {"text": text[:100], "name": key} for key, text in lost.items() if text]
