"""Answering a search as a person means it: with slips put right, and with what editors put first."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.library.search import Found, find
from api.library.search.promotions import promoted, standing
from api.library.vocabulary import Known, Vocabulary, vocabulary
from api.library.words import plain, terms_of

FEW = 3  # results, up to which a more common word is offered
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Answer:
    """What a search gives.

    ``shown_for`` is the query that was searched for: another than ``query`` where that finds nothing and its slips
    could be put right. ``did_you_mean`` is a query to offer beside few results. ``known_words`` are those of its words
    that the library has and that say something, where it has not all of them together.
    """

    query: str
    shown_for: str
    did_you_mean: str
    known_words: list[str]
    found: Found
    promoted: list[dict[str, Any]]


def ask(query: str, *, moment: datetime, exact: bool = False, language: str | None = None, **more: Any) -> Answer:
    """Search. ``exact`` leaves slips as they are; ``more`` goes to :func:`api.library.search.find`.

    Three queries of the database where something is found, up to four more where slips are looked for.
    """
    found = find(query, moment=moment, language=language, **more)
    shown_for, did_you_mean, known_words = query, "", []
    promotions = standing(moment) if plain(query) else []
    first = promoted(promotions, [query])
    # Who asks for help is not asked what they meant.
    if terms_of(query) and found.total <= FEW and not any(one["is_help"] for one in first):
        words = vocabulary(language)
        if found.total and not exact:
            did_you_mean = _mended(query, words.rather)
        elif not found.total:
            if not exact and (mended := corrected(query, words)):
                instead = find(mended, moment=moment, language=language, **more)
                if instead.total:
                    shown_for, found = mended, instead
            if not found.total:
                known_words = [one for one in dict.fromkeys(plain(query).split()) if words.says_something(one)]
    if shown_for != query:
        first = promoted(promotions, [query, shown_for])
    return Answer(query, shown_for, did_you_mean, known_words, found, first)


def corrected(query: str, words: Vocabulary) -> str:
    """Give a query with its slips put right; "" where there are none, or none that can be."""
    return _mended(query, lambda word: None if words.knows(word) else words.meant_by(word))


def _mended(query: str, instead: Callable[[str], Known | None]) -> str:
    def mend(match: re.Match[str]) -> str:
        known = instead(plain(match[0]))
        return known.word if known else match[0]

    mended = _WORD.sub(mend, query)
    return mended if plain(mended) != plain(query) else ""
