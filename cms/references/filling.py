"""A reference's fields from a CSL-JSON item: what is read in a file or asked of Crossref becomes what a form holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.references.csl import TEXTS
from cms.references.csl_item import date_parts
from cms.references.formats.items import Item, canonical
from cms.references.models import Reference, ReferenceAuthor

AUTHOR_FIELDS = ("role", "family", "given", "suffix", "organisation")


@dataclass(frozen=True)
class Filled:
    """Values for a reference's fields and its authors, in order, and sentences about what was left out."""

    fields: dict[str, Any]
    authors: list[dict[str, str]]
    warnings: list[str] = field(default_factory=list)


def filled_from(item: Item) -> Filled:
    """Give what a reference's form would hold of an item. Only values that the form would take are among them."""
    item = canonical(item)
    warnings: list[str] = []
    fields: dict[str, Any] = {"type": item["type"]}
    for key, name in {**TEXTS, "page": "pages", "DOI": "doi", "ISBN": "isbn", "annote": "annotation"}.items():
        if text := fitting(name, item.get(key, ""), warnings):
            fields[name] = text
    if "url" in fields and not is_web_address(fields["url"]):
        warnings.append(_("“%(text)s” is no web address, and was left out.") % {"text": fields.pop("url")[:100]})
    fields |= date_fields(item, warnings)
    authors = [author_of(name, "author") for name in item.get("author", [])]
    authors += [author_of(name, "editor") for name in item.get("editor", [])]
    return Filled(fields, authors, warnings)


def fitting(name: str, text: str, warnings: list[str]) -> str:
    """Give a text cut to the length that its field holds; an identifier or address cut short would be another."""
    column: Any = Reference._meta.get_field(name)
    longest = column.max_length
    if longest is None or len(text) <= longest:
        return text
    label = str(column.verbose_name)
    if name in ("doi", "isbn", "url"):
        warnings.append(_("The %(field)s is too long, and was left out.") % {"field": label})
        return ""
    warnings.append(_("The %(field)s was cut to %(longest)d characters.") % {"field": label, "longest": longest})
    return text[:longest].rstrip()


def is_web_address(text: str) -> bool:
    """Say whether a text is an address that a reader can follow."""
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return True


def date_fields(item: Item, warnings: list[str]) -> dict[str, Any]:
    """Give year, month, day and the day it was read, where they can be."""
    today = timezone.localdate()
    fields: dict[str, Any] = {}
    issued = date_parts(item, "issued")
    if issued and issued[0] > today.year + 1:
        warnings.append(_("The year %(year)d is in the future, and was left out.") % {"year": issued[0]})
    else:
        fields |= dict(zip(("year", "month", "day"), issued, strict=False))
    accessed = date_parts(item, "accessed")
    if len(accessed) == 3 and accessed[0] > 0 and date(*accessed) <= today:
        fields["accessed"] = date(*accessed)
    return fields


def author_of(name: dict[str, str], role: str) -> dict[str, str]:
    """Give the fields of an author or editor."""
    values = {
        "family": name.get("family", ""),
        "given": name.get("given", ""),
        "suffix": name.get("suffix", ""),
        "organisation": name.get("literal", ""),
    }
    fitted = {key: text[: ReferenceAuthor._meta.get_field(key).max_length] for key, text in values.items()}
    return {"role": role, **fitted}


def new_reference(filled: Filled) -> Reference:
    """Give a reference, not saved yet, that holds what was filled in."""
    work = Reference(**filled.fields)
    put_authors(work, filled.authors)
    work.clean()
    return work


def put_authors(work: Reference, authors: Sequence[dict[str, str]]) -> None:
    """Give a reference these authors and editors in place of those it has."""
    holder: Any = work
    holder.authors = [ReferenceAuthor(sort_order=order, **author) for order, author in enumerate(authors)]


def authors_of(work: Reference) -> list[dict[str, str]]:
    """Give a reference's authors and editors as they would be filled in."""
    return [{name: getattr(author, name) for name in AUTHOR_FIELDS} for author in work.authors.all()]


def label_of(name: str) -> str:
    """Give what a field is called before editors."""
    column: Any = None if name == "authors" else Reference._meta.get_field(name)
    return str(ReferenceAuthor._meta.verbose_name_plural if column is None else column.verbose_name)
