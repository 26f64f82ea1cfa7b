"""Text in runs, some italic, some links, written as safe HTML."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape

FINAL = (".", "?", "!", "…")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one manner."""

    text: str
    italic: bool = False
    href: str = ""


Part = list[Run]  # one sentence of a reference, without its full stop


def as_html(runs: Iterable[Run]) -> str:
    """Write runs as HTML: escaped, ``<i>`` and ``<a>`` alone."""
    return "".join(map(_html, runs))


def sentences(parts: Iterable[Part]) -> list[Run]:
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


def joined(*parts: Part) -> Part:
    """Join the parts that are there with commas."""
    together: Part = []
    for part in parts:
        if words := [run for run in part if run.text]:
            together += ([Run(", ")] if together else []) + words
    return together


def bracketed(notes: Iterable[str]) -> Part:
    """Give notes in one pair of round brackets, or nothing."""
    present = [note for note in notes if note]
    return [Run(f" ({', '.join(present)})")] if present else []


def _html(run: Run) -> str:
    text = str(escape(run.text))
    if run.href:
        return f'<a href="{escape(run.href)}">{text}</a>'
    return f"<i>{text}</i>" if run.italic else text
