"""A reference as CSL-JSON, the shape that other tools read and our own formatter prints."""

from typing import TYPE_CHECKING, Any

from cms.references.identifiers import normal_doi, normal_isbn, whole_pages

if TYPE_CHECKING:
    from cms.references.models import Reference, ReferenceAuthor

TEXTS = {
    "title": "title",
    "container-title": "container_title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "number": "number",
    "genre": "genre",
    "version": "version",
    "URL": "url",
}


def csl_of(reference: "Reference") -> dict[str, Any]:
    """Give a reference as a CSL-JSON item. What is empty is left out; an impossible DOI or ISBN counts as empty.

    https://docs.citationstyles.org/en/stable/specification.html
    """
    item: dict[str, Any] = {"id": str(reference.public_id), "type": reference.type}
    for key, field in TEXTS.items():
        item[key] = str(getattr(reference, field) or "").strip()
    item["page"] = whole_pages(reference.pages)
    item["DOI"] = normal_doi(reference.doi)
    item["ISBN"] = normal_isbn(reference.isbn)
    people = list(reference.authors.all())
    item["author"] = [_name(person) for person in people if person.role == "author"]
    item["editor"] = [_name(person) for person in people if person.role == "editor"]
    item["issued"] = _date(reference.year, reference.month, reference.day)
    if reference.accessed:
        item["accessed"] = _date(reference.accessed.year, reference.accessed.month, reference.accessed.day)
    return {key: value for key, value in item.items() if value}


def _name(person: "ReferenceAuthor") -> dict[str, str]:
    """Give a CSL name: ``literal`` for an organisation, parts for a person."""
    if person.organisation:
        return {"literal": person.organisation}
    parts = {"family": person.family, "given": person.given, "suffix": person.suffix}
    return {key: value for key, value in parts.items() if value}


def _date(year: int | None, month: int | None, day: int | None) -> dict[str, list[list[int]]] | None:
    """Give a CSL date as exact as it is known."""
    if not year:
        return None
    parts = [year]
    if month:
        parts.append(month)
        if day:
            parts.append(day)
    return {"date-parts": [parts]}
