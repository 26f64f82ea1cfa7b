"""The form in which texts are compared, wherever accents, capitals and signs do not matter."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Give a text as it is compared: in lower case, without accents and signs, a space between two words."""
    return " ".join(_WORD.findall(unaccented(text)))


def unaccented(text: str) -> str:
    """Give a text in lower case without its accents."""
    letters = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(one for one in letters if not unicodedata.combining(one)))
