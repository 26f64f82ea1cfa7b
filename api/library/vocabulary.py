"""The words of the library: counted in the transactions that change it, and asked what somebody may have meant.

Only words of public entries are here: what is buried takes its words with it. Words are counted by language.
A word that nobody knows is compared with those there are by the optimal string alignment distance (Damerau 1964,
restricted): insertions, deletions, other letters, and two neighbours changed round.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from django.db.models import F

from api.library.models import SEARCHABLE, Entry, EntryWords, Word
from api.library.words import plain
from cms.publishing.services import ledger, one_writer

SHORTEST = 3  # letters
LONGEST = 40
AT_ONCE = 400  # words in one statement
SHORTEST_OFFERED = 4  # letters, of a word that is offered by itself: shorter ones are the glue between others
COMMON = 8  # entries: a word that at least so many have, and half as many as have the commonest, is glue as well
SHORT_WORD = 5  # letters: up to here one slip is believed, above it two
RARE = 2  # entries: a word that so few have may itself be a slip
MORE_COMMON = 10  # times: how much more common another word must be to be offered in its place
_LETTERS = re.compile(r"[^\W\d_]+")

Change = tuple[int, int]


# ---- Counting --------------------------------------------------------------------------------


def count(entry: Entry) -> None:
    """Bring the counts into agreement with an entry that was written or buried."""
    counts_it = not entry.deleted and entry.kind in SEARCHABLE
    titles = words_in(entry.title) if counts_it else set()
    words = words_in(entry.everything) if counts_it else set()
    with one_writer():
        before = EntryWords.objects.filter(pk=entry.pk).first()
        if before is not None and before.language != entry.language:
            _apply(before.language, _difference(before, set(), set()))
            before = None
        changes = _difference(before, titles, words)
        if changes:
            _apply(entry.language, changes)
        if not counts_it:
            EntryWords.objects.filter(pk=entry.pk).delete()
        elif changes or before is None:
            EntryWords.objects.update_or_create(
                pk=entry.pk,
                defaults={
                    "language": entry.language,
                    "title": " ".join(sorted(titles)),
                    "words": " ".join(sorted(words)),
                },
            )


def words_in(text: str) -> set[str]:
    """Give the words of a text in lower case, with their accents: letters alone, three to forty of them."""
    words = _LETTERS.findall(unicodedata.normalize("NFC", text.lower()))
    return {word for word in words if SHORTEST <= len(word) <= LONGEST}


def _difference(before: EntryWords | None, titles: set[str], words: set[str]) -> dict[str, Change]:
    """Give by how much the counts of each word change: (entries, titles)."""
    old_titles, old_words = (set(before.title.split()), set(before.words.split())) if before else (set(), set())
    changed = (titles ^ old_titles) | (words ^ old_words)
    return {word: ((word in words) - (word in old_words), (word in titles) - (word in old_titles)) for word in changed}


def _apply(language: str, changes: Mapping[str, Change]) -> None:
    known: set[str] = set()
    for some in _in_parts(changes):
        known |= set(Word.objects.filter(language=language, word__in=some).values_list("word", flat=True))
    alike: dict[Change, list[str]] = defaultdict(list)
    for word, change in changes.items():
        if word in known:
            alike[change].append(word)
    for (entries, titles), words in alike.items():
        for some in _in_parts(words):
            found = Word.objects.filter(language=language, word__in=some)
            found.update(entries=F("entries") + entries, titles=F("titles") + titles)
            if entries < 0:
                found.filter(entries__lte=0).delete()
    Word.objects.bulk_create(
        [
            Word(language=language, word=word, plain=plain(word)[:LONGEST], entries=entries, titles=max(titles, 0))
            for word, (entries, titles) in changes.items()
            if word not in known and entries > 0
        ],
        batch_size=AT_ONCE,
    )


def _in_parts(words: Iterable[str]) -> Iterator[list[str]]:
    all_words = sorted(words)
    for start in range(0, len(all_words), AT_ONCE):
        yield all_words[start : start + AT_ONCE]


def count_what_is_not() -> int:
    """Count the entries that never were, such as those from before words were counted; give how many there were."""
    from api.library.search.index import index

    missing = Entry.objects.existing().filter(kind__in=SEARCHABLE, counted_words=None).order_by("revision")
    keys = list(missing.values_list("pk", flat=True))
    for key in keys:
        with one_writer():
            entry = Entry.objects.filter(pk=key).first()
            if entry is not None:
                index(entry)
    return len(keys)


# ---- Asking ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """One form of a word, without accents: how it is written, and how common it is."""

    plain: str
    word: str
    entries: int
    titles: int


@dataclass
class Vocabulary:
    """All words of one state of the library, in this process's memory."""

    words: dict[str, Known]
    plains: list[str] = field(init=False)
    by_length: dict[int, list[tuple[str, int]]] = field(init=False)
    commonest: int = field(init=False)

    def __post_init__(self) -> None:
        self.plains = sorted(self.words)
        self.by_length = defaultdict(list)
        self.commonest = max((known.entries for known in self.words.values()), default=0)
        for one in self.plains:
            self.by_length[len(one)].append((one, _signature(one)))

    def knows(self, word: str) -> bool:
        """Say whether a word, without accents, is there or begins one that is."""
        place = bisect_left(self.plains, word)
        return place < len(self.plains) and self.plains[place].startswith(word)

    def is_glue(self, known: Known) -> bool:
        """Say whether a word stands nearly everywhere, and so says nothing."""
        return known.entries >= max(COMMON, self.commonest / 2)

    def says_something(self, word: str) -> bool:
        """Say whether a word, or one that begins with it, is worth asking for by itself."""
        known = self.words.get(word)
        return len(word) >= SHORTEST_OFFERED and self.knows(word) and not (known and self.is_glue(known))

    def beginning_with(self, start: str) -> Iterator[Known]:
        """Give the words that begin so, in the order of the alphabet."""
        for one in self.plains[bisect_left(self.plains, start) :]:
            if not one.startswith(start):
                return
            yield self.words[one]

    def meant_by(self, word: str) -> Known | None:
        """Give the word that somebody may have meant: the nearest, of equally near ones the most common."""
        believed = slips_believed(word)
        if not believed:
            return None
        signature = _signature(word)
        nearest: list[tuple[int, bool, int, str]] = []
        for length in range(len(word) - believed, len(word) + believed + 1):
            for other, its in self.by_length.get(length, ()):
                # Each slip changes the set of letters by two at most; counting bits is what makes this quick.
                if (signature ^ its).bit_count() > 2 * believed or other == word:
                    continue
                # Of a short word that begins otherwise too much is left to chance: kill is not will.
                if believed > 1 or other[0] == word[0]:
                    away = distance(word, other, believed)
                    if away <= believed:
                        nearest.append((away, other[0] != word[0], -self.words[other].entries, other))
        return self.words[min(nearest)[3]] if nearest else None

    def rather(self, word: str) -> Known | None:
        """Give a far more common word than this rare one, a single slip away."""
        known = self.words.get(word)
        if known is None or known.entries > RARE:
            return None
        meant = self.meant_by(word)
        common = meant is not None and meant.entries >= MORE_COMMON * known.entries
        return meant if meant is not None and common and distance(word, meant.plain, 1) <= 1 else None


def slips_believed(word: str) -> int:
    """Give how many slips a word of this length may have: none below three letters, then one, above five two."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) <= SHORT_WORD else 2


def distance(one: str, other: str, most: int) -> int:
    """Give how many slips lie between two words; more than ``most`` is given as ``most + 1``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        previous, row, best = row, [i], i
        for j, its in enumerate(other, start=1):
            cost = min(row[j - 1] + 1, previous[j] + 1, previous[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
            best = min(best, cost)
        if best > most and min(previous) > most:
            return most + 1
        before = previous
    return min(row[-1], most + 1)


def _signature(word: str) -> int:
    """Give the set of a word's letters as bits; letters of other alphabets share them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


_lock = Lock()


def vocabulary(language: str | None = None) -> Vocabulary:
    """Give the words of the library as it is now. One query, and another where it has changed since it was asked."""
    head = ledger()
    with _lock:  # so that many who ask at once read it once
        return _read(head.revision, str(head.epoch), language)


@lru_cache(maxsize=4)
def _read(revision: int, epoch: str, language: str | None) -> Vocabulary:
    words: dict[str, Known] = {}
    found = Word.objects.filter(language=language) if language else Word.objects.all()
    for form, word, entries, titles in found.values_list("plain", "word", "entries", "titles"):
        there = words.get(form)
        # Of several ways to write it the most common stands.
        spelt = there.word if there and there.entries >= entries else word
        known = (there.entries, there.titles) if there else (0, 0)
        words[form] = Known(form, spelt, entries + known[0], titles + known[1])
    return Vocabulary(words)
