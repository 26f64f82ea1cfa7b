"""One entry of a file, as it was read or could not be."""

from dataclasses import dataclass, field
from typing import Any


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
    item: dict[str, Any] | None = None
    warnings: list[str] = field(default_factory=list)
    problem: str = ""
