"""What somebody typed, and what stands in a text, brought to the form in which the two are compared."""

import re
from dataclasses import dataclass

from cms.publishing.plain import plain, unaccented

__all__ = ["LONGEST_QUERY", "Term", "plain", "terms_of", "unaccented"]

LONGEST_QUERY = 200  # characters
MOST_WORDS = 12
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_ASKED = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Term:
    """A word of a query, found where a word begins with it; or a phrase in quotes, found word for word."""

    words: tuple[str, ...]
    is_phrase: bool = False


def terms_of(query: str) -> list[Term]:
    """Give what somebody asked for, each term once: a dozen words in all."""
    terms: list[Term] = []
    left = MOST_WORDS
    for quoted, loose in _ASKED.findall(query[:LONGEST_QUERY].translate(QUOTES)):
        words = tuple(plain(quoted or loose).split()[:left])
        left -= len(words)
        terms += [Term(words, is_phrase=True)] if quoted and words else [Term((word,)) for word in words]
    return list(dict.fromkeys(terms))
