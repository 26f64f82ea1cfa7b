"""Showing where in a text the words are that somebody asked for."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import escape

from api.library.words import Term

EXCERPT = 220  # characters
READ_FOR_EXCERPT = 60_000  # characters of a text that are looked through for one


class _Plain(dict[int, str]):
    """Maps a character to its letter without accents, in lower case: always one for one, so that places agree."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = letter if len(letter) == 1 else chr(code)
        return self[code]


_plain = _Plain()


def marked(text: str, terms: Sequence[Term]) -> str:
    """Escape a text, with what was asked for in ``<mark>``."""
    text = unicodedata.normalize("NFC", text)
    parts, done = [], 0
    for start, end, _term in _places(text, terms):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return "".join([*parts, escape(text[done:])])


def excerpt(text: str, terms: Sequence[Term], length: int = EXCERPT) -> str:
    """Cut the piece out of a text that has the most of what was asked for, escaped and marked."""
    text = unicodedata.normalize("NFC", " ".join(text[:READ_FOR_EXCERPT].split()))
    start = max(0, _fullest(_places(text, terms), length * 3 // 4) - length // 4)
    if start:
        start = text.find(" ", start) + 1
    end = start + length
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    return ("… " if start else "") + marked(text[start:end], terms) + (" …" if end < len(text) else "")


def _fullest(places: Sequence[tuple[int, int, int]], width: int) -> int:
    """Give where the first stretch of this width begins that has the most different terms; 0 without any."""
    best, most = 0, 0
    for position, (start, _end, _term) in enumerate(places):
        terms = {term for begin, end, term in places[position : position + 50] if end <= start + width}
        if len(terms) > most:
            best, most = start, len(terms)
    return best


def _places(text: str, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Give where the terms stand in a text, in order: beginning, end, and which term."""
    if not terms:
        return []
    ordered = sorted(enumerate(terms), key=lambda pair: (-len(pair[1].words), -len(pair[1].words[0])))
    pattern = "|".join(f"(?P<t{number}>{_pattern(term)})" for number, term in ordered)
    found = re.finditer(rf"(?<![^\W_])(?:{pattern})", text.translate(_plain))
    return [(*match.span(), int((match.lastgroup or "t0")[1:])) for match in found]


def _pattern(term: Term) -> str:
    words = [re.escape(word.translate(_plain)) for word in term.words]
    return r"[\W_]+".join(words) + (r"(?![^\W_])" if term.is_phrase else r"[^\W_]*")
