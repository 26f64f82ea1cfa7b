"""What a file says of a work that is already here, field by field, and putting it there."""

from dataclasses import dataclass
from typing import Any

from cms.references.filling import AUTHOR_FIELDS, Filled, authors_of, label_of, put_authors
from cms.references.models import Reference
from cms.references.names import running_list

MERGED = (
    *("type", "title", "authors", "year", "month", "day", "container_title", "publisher", "volume", "issue", "pages"),
    *("edition", "number", "genre", "version", "doi", "isbn", "url", "accessed", "annotation"),
)


@dataclass(frozen=True)
class Difference:
    """A field of which a file says something else than we do, or something where we have nothing."""

    name: str
    label: str
    ours: str
    theirs: str

    @property
    def is_gap(self) -> bool:
        """Whether we have nothing there."""
        return not self.ours


def newest(work: Reference) -> Reference:
    """Give a reference as its newest draft has it."""
    return work.get_latest_revision_as_object()


def differences(ours: Reference, theirs: Filled) -> list[Difference]:
    """Give the fields that a file could add or change; what it leaves empty takes nothing away."""
    found = []
    for name in MERGED:
        said, has = value_of(theirs, name), value_of(ours, name)
        if said and said != has and not (name == "doi" and str(said).lower() == str(has).lower()):
            found.append(Difference(name, label_of(name), shown(name, has, ours), shown(name, said, theirs)))
    return found


def gaps(found: list[Difference]) -> list[str]:
    """Give the names of the fields that a merge fills unless somebody says otherwise."""
    return [one.name for one in found if one.is_gap]


def merge(work: Reference, theirs: Filled, taken: list[str]) -> Reference:
    """Put the fields that are to be taken into a reference, in memory alone."""
    for name in taken:
        if name == "authors" and theirs.authors:
            put_authors(work, theirs.authors)
        elif name in MERGED and name in theirs.fields:
            setattr(work, name, theirs.fields[name])
    work.clean()
    return work


def value_of(holder: Reference | Filled, name: str) -> Any:
    """Give the value of a field as it can be compared; authors as rows of texts."""
    if name == "authors":
        return [tuple(row[key].strip() for key in AUTHOR_FIELDS) for row in author_rows(holder)]
    return holder.fields.get(name) if isinstance(holder, Filled) else getattr(holder, name)


def author_rows(holder: Any) -> list[dict[str, str]]:
    """Give the authors and editors of either."""
    if isinstance(holder, Filled):
        return holder.authors
    return authors_of(holder)


def shown(name: str, value: Any, holder: Reference | Filled) -> str:
    """Give a value as people read it."""
    if not value:
        return ""
    if name == "type":
        return str(dict(Reference._meta.get_field("type").flatchoices).get(value, value))
    if name == "authors":
        return running_list([{**row, "literal": row["organisation"]} for row in author_rows(holder)])
    return str(value)
