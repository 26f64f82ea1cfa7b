"""What editors put above the results of some searches, such as Help now where somebody asks about dying.

The phone chooses by the same rule (`pwa/client/src/sw/promotions.ts`); both are held to
`tests/vectors/promotions.json`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from api.library.models import Entry, Kind
from api.library.queries import current
from api.library.vocabulary import distance
from api.library.words import plain

MOST = 2  # above one search
LONG_STEM = 6  # letters: a shorter word is a slip away from too many others


def standing(moment: datetime) -> list[dict[str, Any]]:
    """Give every promotion that stands at a moment. One query of the database, however many there are."""
    running = Entry.objects.running_at(moment).filter(kind=Kind.PROMOTION).defer("body", "body_gzip", "body_br")
    return [current(entry, moment).data or {} for entry in running]


def promoted(promotions: Sequence[dict[str, Any]], queries: Sequence[str]) -> list[dict[str, Any]]:
    """Give what is to stand above the results of a search, first first; a corrected query is one of its queries."""
    chosen = choose(promotions, queries)
    if any(one["is_help"] for one in chosen):
        return chosen
    # Help is not to hang on spelling, nor on whether anything here has the word.
    nearly = [one for one in promotions if one["is_help"] and _nearly_names(one["phrases"], queries)]
    return [*nearly, *chosen][:MOST]


def choose(promotions: Iterable[Mapping[str, Any]], queries: Iterable[str]) -> list[dict[str, Any]]:
    """Choose from promotions (``id, phrases, is_help, priority``): Help now first, then by priority, then by id."""
    asked = [f" {plain(query)} " for query in queries]
    wanted = [one for one in promotions if any(_names(one["phrases"], query) for query in asked)]
    ordered = sorted(wanted, key=lambda one: (not one["is_help"], -one["priority"], one["id"]))
    return [dict(one) for one in ordered[:MOST]]


def _nearly_names(phrases: Iterable[str], queries: Iterable[str]) -> bool:
    """Say whether a word that was asked for is a slip away from a phrase of one long word."""
    stems = [phrase.removesuffix("*") for phrase in phrases if " " not in phrase]
    long_stems = [stem for stem in stems if len(stem) >= LONG_STEM]
    words = {word for query in queries for word in plain(query).split()}
    return any(distance(word[: len(stem)], stem, 1) <= 1 for stem in long_stems for word in words)


def _names(phrases: Iterable[str], query: str) -> bool:
    """Say whether a query has one of the phrases in it; one that ends in an asterisk has any ending."""
    return any(f" {phrase.removesuffix('*')}{'' if phrase.endswith('*') else ' '}" in query for phrase in phrases)
