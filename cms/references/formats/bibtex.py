"""CSL-JSON items as BibTeX: which kinds and fields stand for what, and how a file is written.

Kinds and fields are those of BibTeX where it has them and of biblatex where it does not (``@online``, ``@dataset``).
"""

import re
from collections.abc import Iterable

from cms.references.csl_item import date_parts
from cms.references.formats.items import MONTH_STARTS, Item, canonical
from cms.references.formats.keys import keyed
from cms.references.formats.latex import encoded, title_encoded

# Our type: BibTeX's kind, and the fields that hold the container and the publisher.
KINDS = {
    "article-journal": ("article", "journal", "publisher"),
    "book": ("book", "series", "publisher"),
    "chapter": ("incollection", "booktitle", "publisher"),
    "report": ("techreport", "series", "institution"),
    "webpage": ("online", "organization", "publisher"),
    "thesis": ("phdthesis", "series", "school"),
    "article": ("misc", "howpublished", "publisher"),
    "dataset": ("dataset", "series", "publisher"),
}
# A preprint has no kind of its own; this field of biblatex says what it is.
PREPRINT = ("pubstate", "prepublished")
# Two hyphens are the dash of a range; beside another one it stays itself, since three hyphens are an em dash.
RANGE_DASH = re.compile(r"(?<![-–])–(?![-–])")


def write(items: Iterable[Item]) -> str:
    """Give a BibTeX file of these items."""
    return "\n".join(entry(item) for item in keyed(canonical(item) for item in items))


def entry(item: Item) -> str:
    """Give one entry of a canonical item that has its key."""
    kind, container, publisher = KINDS[item["type"]]
    date = date_parts(item, "issued")
    is_article = item["type"] == "article-journal"
    texts = {
        container: encoded(item.get("container-title", "")),
        publisher: encoded(item.get("publisher", "")),
        "volume": encoded(item.get("volume", "")),
        # An article's issue is called a number, as everybody does; what else has a number keeps the word.
        "number" if is_article else "issue": encoded(item.get("issue", "")),
        "reportnumber" if is_article else "number": encoded(item.get("number", "")),
        "pages": RANGE_DASH.sub("--", encoded(item.get("page", ""))),
        "edition": encoded(item.get("edition", "")),
        "type": encoded(item.get("genre", "")),
        "version": encoded(item.get("version", "")),
        "doi": encoded(item.get("DOI", ""), verbatim=True),
        "isbn": encoded(item.get("ISBN", ""), verbatim=True),
        "url": encoded(item.get("URL", ""), verbatim=True),
        "urldate": "-".join(f"{part:02}" for part in date_parts(item, "accessed")),
        "annote": encoded(item.get("annote", "")),
    }
    fields = [(role, f"{{{' and '.join(map(name, item[role]))}}}") for role in ("author", "editor") if item.get(role)]
    fields.append(("title", f"{{{title_encoded(item.get('title', ''))}}}"))
    fields += [("year", f"{{{date[0]}}}")] if date else []
    fields += [("month", MONTH_STARTS[date[1] - 1])] if len(date) > 1 else []
    fields += [("day", f"{{{date[2]}}}")] if len(date) > 2 else []
    fields += [(key, f"{{{text}}}") for key, text in texts.items() if text]
    fields += [(PREPRINT[0], f"{{{PREPRINT[1]}}}")] if item["type"] == "article" else []
    lines = "".join(f",\n  {key} = {value}" for key, value in fields)
    return f"@{kind}{{{item['id']}{lines}\n}}\n"


def name(person: dict[str, str]) -> str:
    """Give a name as BibTeX takes it apart again: an organisation in braces, a person with the family name first."""
    if "literal" in person:
        return "{" + encoded(person["literal"]) + "}"
    family, given, suffix = (part_of_name(person.get(key, "")) for key in ("family", "given", "suffix"))
    if suffix:
        return f"{family}, {suffix}, {given}".rstrip(" ")
    if given:
        return f"{family}, {given}"
    # One bare word is a family name already; of more, the comma says that they are one.
    return family if family.isalpha() and family != "others" else f"{family},"


def part_of_name(text: str) -> str:
    """Give a part of a name, in braces where its own commas and “and” would divide it."""
    divides = "," in text or any(word.lower() == "and" for word in text.split())
    return "{" + encoded(text) + "}" if divides else encoded(text)
