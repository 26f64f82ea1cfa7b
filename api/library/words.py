"""What somebody typed, and what stands in a text, brought to the form in which the two are compared."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUERY = 200  # characters
MOST_WORDS = 12
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Term:
    """A word of a query, found where a word begins with it; or a phrase in quotes, found word for word."""

    words: tuple[str, ...]
    is_phrase: bool = False


def plain(text: str) -> str:
    """Give a text as it is compared: in lower case, without accents and signs, a space between two words."""
    return " ".join(_WORD.findall(unaccented(text)))


def unaccented(text: str) -> str:
    """Give a text in lower case without its accents."""
    letters = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(one for one in letters if not unicodedata.combining(one)))


def terms_of(query: str) -> list[Term]:
    """Give what somebody asked for, each term once: a dozen words in all."""
    terms: list[Term] = []
    left = MOST_WORDS
    for quoted, loose in _ASKED.findall(query[:LONGEST_QUERY].translate(QUOTES)):
        words = tuple(plain(quoted or loose).split()[:left])
        left -= len(words)
        terms += [Term(words, is_phrase=True)] if quoted and words else [Term((word,)) for word in words]
    return list(dict.fromkeys(terms))
