"""The words of a citation, as the editor shows them and as the rich text keeps them for those without our code."""

from collections.abc import Iterable, Mapping, Sequence

from cms.references.bibliography import Bibliography
from cms.references.citations import CitedItem
from cms.references.csl import csl_of
from cms.references.in_text import Cited, as_text, author_year
from cms.references.locators import locator_text
from cms.references.models import Reference


def citation_words(items: Sequence[CitedItem], among: Iterable[int] = ()) -> str:
    """Give a citation by author and year: “(see Bowlby, 1988, p. 4)”; "" where none of its works is there.

    ``among`` are the primary keys of the other works of the same list, which decide whether it has to say
    more: “Neff, 2003a”. Drafts are named too.
    """
    keys = {*among, *(item.id for item in items)}
    return words_of(items, Reference.objects.prefetch_related("authors").in_bulk(keys))


def words_of(items: Iterable[CitedItem], works: Mapping[int, Reference]) -> str:
    """Give the same of works that are loaded already; they are taken for those of one list."""
    listed = Bibliography({str(key): csl_of(work) for key, work in works.items()})
    return as_text(author_year([_named(item) for item in items if item.id in works], listed))


def _named(item: CitedItem) -> Cited:
    return Cited(
        key=str(item.id),
        place=locator_text(item.label, item.locator) if item.locator else "",
        prefix=item.prefix,
        suffix=item.suffix,
        suppress_author=item.suppress_author,
    )
