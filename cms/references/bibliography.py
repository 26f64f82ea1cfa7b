"""The works of one list as APA 7 orders them, names them in the text, and tells them apart.

What a work is called in the text depends on the others in the same list: initials where first authors share a
family name (section 8.20), more names than one where “et al.” would mean two works (8.18), letters after the
year where all else is the same (8.19). The list is alphabetical (9.44 to 9.49).
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from cms.references.csl_item import Item, date_parts, names_of, text_of
from cms.references.formatting import year_text
from cms.references.kinds import title_is_italic
from cms.references.names import Name, initials
from cms.references.runs import Run
from cms.references.titles import short_title, title_case, without_article

UNDECOMPOSED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


class Bibliography:
    """The works that stand in one list, by whatever key names them."""

    def __init__(self, works: Mapping[str, Item]) -> None:
        self.works = dict(works)

    def year(self, key: str) -> str:
        """Give the year of a work as it is cited: “2020a”."""
        return year_text(self.works[key], self.suffixes[key])

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Give works in the order of an APA list."""
        return sorted(keys, key=lambda key: (*list_key(self.works[key]), key))

    def have_same_authors(self, one: str, other: str) -> bool:
        """Say whether two works are by the same people, and called so."""
        same = list_key(self.works[one])[0] == list_key(self.works[other])[0]
        return same and self.called[one] == self.called[other]

    @cached_property
    def suffixes(self) -> dict[str, str]:
        """Give the letter after each work's year: “a”, “b” where name and year would be the same, else nothing."""
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key, csl in self.works.items():
            alike["".join(run.text for run in self.called[key]), year_text(csl)].append(key)
        letters = dict.fromkeys(self.works, "")
        for keys in alike.values():
            if len(keys) > 1:
                letters |= {key: letter_at(place) for place, key in enumerate(self.in_order(keys))}
        return letters

    @cached_property
    def called(self) -> dict[str, list[Run]]:
        """Give what stands for the authors of each work in the text: names, or the title of what nobody signed."""
        by_first = self._ambiguous_first_authors()
        spelled = self._names_to_spell()
        called: dict[str, list[Run]] = {}
        for key, csl in self.works.items():
            if authors := responsible(csl):
                first = surname(authors[0])
                if letters(first) in by_first and "literal" not in authors[0]:
                    first = f"{initials(str(authors[0].get('given', '')))} {first}".strip()
                called[key] = [Run(_joined([first, *map(surname, authors[1:])], spelled.get(key, 1)))]
            else:
                called[key] = [self._title(csl)]
        return called

    def _ambiguous_first_authors(self) -> set[str]:
        """Give the family names that first authors with different initials share."""
        by_family: dict[str, set[str]] = defaultdict(set)
        for csl in self.works.values():
            if (authors := responsible(csl)) and "literal" not in authors[0]:
                by_family[letters(surname(authors[0]))].add(letters(initials(str(authors[0].get("given", "")))))
        return {family for family, found in by_family.items() if len(found) > 1}

    def _names_to_spell(self) -> dict[str, int]:
        """Give how many names of a work with three or more authors must be spelled to mean it alone."""
        groups: dict[tuple[Any, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
        for key, csl in self.works.items():
            authors = responsible(csl)
            if len(authors) > 2:
                group = (person_key(authors[0]), year_text(csl))
                groups[group][key] = tuple(surname(author) for author in authors)
        spelled: dict[str, int] = {}
        for alike in groups.values():
            for key, names in alike.items():
                others = {other for other in alike.values() if other != names}
                needed = 1
                while needed < len(names) and any(names[:needed] == other[:needed] for other in others):
                    needed += 1
                # “et al.” is a plural: it cannot stand for the last one alone.
                spelled[key] = len(names) if needed == len(names) - 1 and needed > 1 else needed
        return spelled

    def _title(self, csl: Item) -> Run:
        """Give the title of a work without authors, short where that is enough to mean it."""
        same = {
            text_of(other, "title").casefold()
            for other in self.works.values()
            if not responsible(other) and short_title(other).casefold() == short_title(csl).casefold()
        }
        title = title_case(text_of(csl, "title") if len(same) > 1 else short_title(csl))
        return Run(title, italic=True) if title_is_italic(csl) else Run(f"“{title}”")


def responsible(csl: Item) -> list[Name]:
    """Give the authors of a work, or the editors of a whole one that has none (section 9.10)."""
    editors = [] if text_of(csl, "type") == "chapter" else names_of(csl, "editor")
    return names_of(csl, "author") or editors


def surname(name: Name) -> str:
    """Give what a person or organisation is called in the text: no initials, no Jr. (section 8.17)."""
    said = str(name.get("literal") or "").strip() or str(name.get("family") or "").strip()
    return said or str(name.get("given") or "").strip()


def list_key(csl: Item) -> tuple[Any, ...]:
    """Give what a work is sorted by: its authors, its date, its title; without authors, its title."""
    title = letters(without_article(text_of(csl, "title")))
    authors = tuple(person_key(name) for name in responsible(csl)) or ((title, "", ""),)
    return authors, tuple(date_parts(csl, "issued")), title


def person_key(name: Name) -> tuple[str, str, str]:
    """Give what a name is sorted by: nothing comes before something, so Brown, J. before Browning, A."""
    if name.get("literal"):
        return letters(without_article(surname(name))), "", ""
    return letters(surname(name)), letters(initials(str(name.get("given", "")))), letters(str(name.get("suffix", "")))


def letters(text: str) -> str:
    """Give what counts in the alphabet: no capitals, accents, spaces, hyphens, apostrophes or full stops."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(UNDECOMPOSED)
    return "".join(character for character in plain if character.isalnum())


def letter_at(place: int) -> str:
    """Give a, b … z, aa, ab …"""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _joined(names: list[str], spelled: int) -> str:
    """Join names for the text: two with an ampersand, of more only as many as are to be spelled."""
    if len(names) < 3:
        return " & ".join(names)
    if spelled >= len(names):
        return ", ".join(names[:-1]) + ", & " + names[-1]
    return f"{names[0]} et al." if spelled == 1 else ", ".join(names[:spelled]) + ", et al."
