"""Titles as they stand in running text: in title case, and short (APA 7, sections 6.17 and 8.14)."""

import re

from cms.references.csl_item import Item, text_of

# Articles, and conjunctions and prepositions of three letters or fewer.
MINOR = {"a", "an", "and", "as", "at", "but", "by", "for", "if", "in", "nor", "of", "off", "on", "or", "per", "so"}
MINOR |= {"the", "to", "up", "via", "yet"}
LONGEST = 8  # words; a longer title is cut
ARTICLES = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)


def without_article(title: str) -> str:
    """Give a title without a leading A, An or The, which do not count in a list (section 9.49)."""
    return ARTICLES.sub("", title)


def short_title(csl: Item) -> str:
    """Give the first words of a title: what stands before its subtitle, and no more than eight words of that."""
    words = re.split(r"[:?!—]\s", text_of(csl, "title"), maxsplit=1)[0].split()
    if len(words) > LONGEST:
        words = words[:LONGEST]
        while len(words) > 1 and words[-1].casefold() in MINOR:
            words.pop()
    return " ".join(words).rstrip(".,;:")


def title_case(title: str) -> str:
    """Begin the words of a title with capitals, all but the minor ones; a first word always has one."""
    words = title.split()
    return " ".join(
        "-".join(_word(part, place == 0 or words[place - 1].endswith((":", "—"))) for part in word.split("-"))
        for place, word in enumerate(words)
    )


def _word(word: str, first: bool) -> str:
    # “iPhone” and “DNA” have chosen their own capitals.
    if any(letter.isupper() for letter in word) or (not first and word.casefold().strip("“”\"'.,") in MINOR):
        return word
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].upper(), word, count=1)
