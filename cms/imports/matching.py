"""Which works are the same: by DOI, by ISBN where it is a whole book, by title, first author and year."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cms.references.csl_item import date_parts
from cms.references.formats.items import Item
from cms.references.identifiers import isbn_13
from cms.references.models import Reference, ReferenceAuthor

BOOKS = ("book", "report")


@dataclass(frozen=True)
class Marks:
    """What a work is recognised by; "" or () where it lacks that."""

    doi: str = ""
    isbn: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """A work that is already there. ``is_sure`` is False where the DOIs say that they may be two."""

    key: int
    reason: str
    is_sure: bool = True


@dataclass
class Known:
    """Works by what they are recognised by."""

    by_doi: dict[str, int] = field(default_factory=dict)
    by_isbn: dict[str, int] = field(default_factory=dict)
    by_words: dict[tuple[str, ...], tuple[int, str]] = field(default_factory=dict)

    def add(self, key: int, marks: Marks) -> None:
        """Remember a work; of two that are the same the first one counts."""
        if marks.doi:
            self.by_doi.setdefault(marks.doi, key)
        if marks.isbn:
            self.by_isbn.setdefault(marks.isbn, key)
        if marks.words:
            self.by_words.setdefault(marks.words, (key, marks.doi))

    def find(self, marks: Marks) -> Match | None:
        """Give the work that this one is, and what says so."""
        if marks.doi and marks.doi in self.by_doi:
            return Match(self.by_doi[marks.doi], _("the same DOI"))
        if marks.isbn and marks.isbn in self.by_isbn:
            return Match(self.by_isbn[marks.isbn], _("the same ISBN"))
        if marks.words and marks.words in self.by_words:
            key, doi = self.by_words[marks.words]
            if doi and marks.doi:
                return Match(key, _("the same title, first author and year, but another DOI"), is_sure=False)
            return Match(key, _("the same title, first author and year"))
        return None


def marks_of(item: Item) -> Marks:
    """Give what an item is recognised by."""
    people = item.get("author") or item.get("editor") or []
    first = people[0] if people else {}
    date = date_parts(item, "issued")
    return Marks(
        doi=item.get("DOI", "").lower(),
        isbn=isbn_13(item.get("ISBN", "")) if item.get("type") in BOOKS else "",
        words=words_of(
            item.get("title", ""), first.get("family") or first.get("literal", ""), date[0] if date else None
        ),
    )


def words_of(title: str, author: str, year: int | None) -> tuple[str, ...]:
    """Give title, author and year without what people write one way or the other: case, accents, signs, spaces."""
    letters = plain(title)
    return (letters, plain(author), str(year or "")) if letters else ()


def plain(text: str) -> str:
    """Give the letters and digits of a text, of any script."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())


def known_references(only: Iterable[int] | None = None) -> Known:
    """Give all references there are, drafts too, by what they are recognised by. Two queries."""
    works = Reference.objects.order_by("pk")
    people = ReferenceAuthor.objects.order_by("reference_id", "role", "sort_order", "pk")
    if only is not None:
        works, people = works.filter(pk__in=only), people.filter(reference__in=only)
    first: dict[int, str] = {}
    for key, family, organisation in people.values_list("reference_id", "family", "organisation"):
        first.setdefault(key, family or organisation)
    known = Known()
    for key, kind, title, year, doi, isbn in works.values_list("pk", "type", "title", "year", "doi", "isbn"):
        isbn = isbn_13(isbn) if kind in BOOKS else ""
        known.add(key, Marks(doi.lower(), isbn, words_of(title, first.get(key, ""), year)))
    return known
