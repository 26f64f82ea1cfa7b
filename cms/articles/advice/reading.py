"""How hard a text is to read: its sentences, and the school grade it asks for."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

HIGHEST_GRADE = 14  # college; the index is meant for no more
ENOUGH_WORDS = 100  # fewer say nothing about a text
# What ends in a full stop and no sentence with it.
SHORT_FORMS = {
    *("dr", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "vs", "cf", "ca", "approx", "al", "ed", "eds", "vol", "no"),
    *("p", "pp", "fig", "e.g", "i.e", "eg", "ie", "usw", "bzw", "z.b", "d.h", "u.a"),
}
STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
WORD = re.compile(r"[^\W_](?:[\w’'\-]*[^\W_])?")
INSIDE = re.compile(r"[.!?…]")


@dataclass(frozen=True)
class Readability:
    """``grade`` is the school year in which a text can be read; None where it is too short or not English."""

    words: int
    sentences: int
    grade: int | None

    @property
    def words_per_sentence(self) -> int:
        """Give how many words a sentence has, to the nearest whole one."""
        return round(self.words / self.sentences) if self.sentences else 0

    @property
    def age(self) -> int | None:
        """Give the age at which somebody is usually in that school year."""
        return None if self.grade is None else self.grade + 5


def count_words(text: str) -> int:
    """Count words; what is joined by a hyphen or an apostrophe is one."""
    return len(WORD.findall(text))


def sentences_in(text: str) -> list[str]:
    """Split a passage into sentences. A title's, an initial's or a number's full stop ends none."""
    found, begin = [], 0
    for stop in STOP.finditer(text):
        before = text[begin : stop.start()].split()
        last = before[-1].lstrip("(“\"'[").lower() if before else ""
        after = text[stop.end() :].lstrip().lstrip("“‘\"'([«")
        if stop.group()[0] == "." and (last in SHORT_FORMS or (len(last) == 1 and last.isalpha() and last != "i")):
            continue
        if after and after[0].islower():
            continue
        found.append(text[begin : stop.end()].strip())
        begin = stop.end()
    if rest := text[begin:].strip():
        found.append(rest)
    return [sentence for sentence in found if count_words(sentence)]


def readability_of(sentences: Sequence[str], is_english: bool) -> Readability:
    """Measure sentences by the Automated Readability Index (Senter & Smith, 1967), rounded up as it asks.

    Of the grades that textstat knows it is the one that rests on letters and sentences alone. The others count
    syllables with a dictionary that the library fetches from the network when it is first asked.
    """
    words = sum(map(count_words, sentences))
    if not is_english or words < ENOUGH_WORDS:
        return Readability(words, len(sentences), None)
    # Imported when it is needed: it takes 0.4 s, and readers' pages never ask for it.
    import textstat

    # textstat takes every stop for an end; the ends are known here, so the others go.
    text = " ".join(INSIDE.sub("", sentence) + "." for sentence in sentences)
    index = textstat.automated_readability_index(text)
    return Readability(words, len(sentences), min(max(math.ceil(index), 1), HIGHEST_GRADE))
