"""What somebody may be about to ask for, while they type."""

from dataclasses import dataclass
from datetime import datetime

from api.library.models import Kind
from api.library.search import titled
from api.library.search.asking import corrected
from api.library.search.marks import marked
from api.library.search.promotions import promoted, standing
from api.library.vocabulary import SHORTEST_OFFERED, Vocabulary, vocabulary
from api.library.words import Term, plain

MOST_WORDS = 3
MOST_TITLES = 5


@dataclass(frozen=True)
class Suggestion:
    """A query to search for (``path`` is None), or something to go to. ``html`` is escaped, with ``<mark>``."""

    text: str
    html: str
    kind: str | None = None
    path: str | None = None


def suggest(query: str, *, moment: datetime, language: str | None = None) -> list[Suggestion]:
    """Give suggestions for what was typed so far: what editors put first, what was meant, words, then titles.

    Four or five queries of the database. Below two letters there are none.
    """
    typed = plain(query)
    if len(typed) < 2:
        return []
    words = vocabulary(language)
    meant = corrected(query, words)
    asked = plain(meant or query).split()
    titles = titled([Term((word,)) for word in asked], moment=moment, language=language, limit=MOST_TITLES)
    texts = [*([meant] if meant else []), *([] if meant else _completions(query, asked[-1], words))]
    terms = [Term((word,)) for word in asked]
    return [
        *(
            Suggestion(one["heading"], marked(one["heading"], []), Kind.PROMOTION, one["path"])
            for one in promoted(standing(moment), [query, meant] if meant else [query])
            if one["path"]
        ),
        *(Suggestion(text, marked(text, terms)) for text in texts),
        *(Suggestion(title, marked(title, terms), kind, path) for kind, path, title in titles),
    ]


def _completions(query: str, last: str, words: Vocabulary) -> list[str]:
    """Give the query with its last word brought to its end, in the ways that most titles have."""
    if plain(query[-len(last) :]) != last:
        return []
    known = [
        one
        for one in words.beginning_with(last)
        if one.plain != last and len(one.plain) >= SHORTEST_OFFERED and one.titles and not words.is_glue(one)
    ]
    best = sorted(known, key=lambda one: (-one.titles, -one.entries, one.plain))[:MOST_WORDS]
    return [f"{query[: -len(last)]}{one.word}" for one in best]
