"""How APA 7 writes the people and organisations behind a work (sections 9.7 to 9.12)."""

import re
from collections.abc import Sequence
from typing import Any

Name = dict[str, Any]
MANY = 21  # from here on: the first nineteen, an ellipsis, the last


def initials(given: str) -> str:
    """Give the initials of given names: “Kim M.” becomes “K. M.”, “Jean-Paul” becomes “J.-P.”.

    A name in a script without capitals, such as 小明, has no initials and stays whole.
    """
    spaced = re.sub(r"\.(?!-)", ". ", given)
    found = []
    for word in spaced.split():
        if word[0].isalpha() and word[0].upper() == word[0].lower():
            found.append(word)
            continue
        letters = [letter[0].upper() for part in word.split("-") if (letter := re.search(r"[^\W\d_]", part))]
        if letters:
            found.append("-".join(f"{letter}." for letter in letters))
    return " ".join(found)


def family_first(name: Name) -> str:
    """Give a name as it stands at the head of a reference: “Horowitz, L. M., Jr.”."""
    if literal := str(name.get("literal", "")).strip():
        return literal
    parts = [str(name.get("family", "")).strip(), initials(str(name.get("given", ""))), _suffix(name)]
    return ", ".join(part for part in parts if part)


def given_first(name: Name) -> str:
    """Give a name as it stands after “In”: “L. M. Horowitz, Jr.”."""
    if literal := str(name.get("literal", "")).strip():
        return literal
    given, family = initials(str(name.get("given", ""))), str(name.get("family", "")).strip()
    return ", ".join(part for part in (f"{given} {family}".strip(), _suffix(name)) if part)


def heading_list(names: Sequence[Name]) -> str:
    """Join names for the head of a reference: two with “, &”, up to twenty in full, more with an ellipsis."""
    written = [text for text in map(family_first, names) if text]
    if len(written) >= MANY:
        return ", ".join(written[:19]) + ", . . . " + written[-1]
    if len(written) == 2 and all(name.get("literal") for name in names):
        return " & ".join(written)
    if len(written) > 1:
        return ", ".join(written[:-1]) + ", & " + written[-1]
    return "".join(written)


def running_list(names: Sequence[Name]) -> str:
    """Join names inside a reference, given names first: “A. Ames, B. Bell, & C. Cole”."""
    written = [text for text in map(given_first, names) if text]
    if len(written) >= MANY:
        return ", ".join(written[:19]) + ", . . . " + written[-1]
    if len(written) > 2:
        return ", ".join(written[:-1]) + ", & " + written[-1]
    return " & ".join(written)


def editor_label(names: Sequence[Name]) -> str:
    """Give “Ed.” for one editor and “Eds.” for more."""
    return "Ed." if len(names) == 1 else "Eds."


def _suffix(name: Name) -> str:
    """Give Jr. and Sr. with their full stop; numerals stand as they are."""
    suffix = str(name.get("suffix", "")).strip()
    return f"{suffix}." if re.fullmatch(r"(?i)[js]r", suffix) else suffix
