"""How APA 7 sets the title and source of each kind of work (chapter 10 of the Publication Manual)."""

import re
from collections.abc import Callable, Iterable

from cms.references.csl_item import Item, names_of, text_of
from cms.references.identifiers import are_many_pages, normal_pages
from cms.references.names import editor_label, running_list
from cms.references.runs import Part, Run, bracketed, joined

TitleAndSource = tuple[Part, list[Part]]


def title_and_source(csl: Item) -> TitleAndSource:
    """Give the title of a work, and the parts that say where it appeared. An unknown kind is set as a book."""
    return SETTERS.get(text_of(csl, "type"), _book)(csl)


def title_is_italic(csl: Item) -> bool:
    """Say whether the work stands by itself, so that its title is italic and not a part of something (section 9.19)."""
    return text_of(csl, "type") not in ("article-journal", "chapter")


def _article(csl: Item) -> TitleAndSource:
    """Set a journal article: the journal and volume are italic, the issue is not (section 9.25)."""
    source: Part = [Run(text_of(csl, "container-title"), italic=True)]
    volume, issue = text_of(csl, "volume"), text_of(csl, "issue")
    numbers = ([Run(volume, italic=True)] if volume else []) + ([Run(f"({issue})")] if issue else [])
    pages = normal_pages(text_of(csl, "page"))
    return [Run(text_of(csl, "title"))], [joined(source, numbers, [Run(_article_pages(pages))])]


def _book(csl: Item) -> TitleAndSource:
    """Set a whole book; editors of an authored book stand after the title (section 10.2)."""
    notes = [_edition(csl), _volume(csl)]
    if names_of(csl, "author") and (editors := names_of(csl, "editor")):
        notes.insert(0, f"{running_list(editors)}, {editor_label(editors)}")
    return _title_with(csl, notes), [_publisher(csl, "publisher")]


def _chapter(csl: Item) -> TitleAndSource:
    """Set a chapter: its pages stand with the edition and volume of the book (section 10.3)."""
    editors = names_of(csl, "editor")
    lead = f"In {running_list(editors)} ({editor_label(editors)}), " if running_list(editors) else "In "
    pages = normal_pages(text_of(csl, "page"))
    numbered = f"{'pp.' if are_many_pages(pages) else 'p.'} {pages}" if pages else ""
    book = [Run(lead), Run(text_of(csl, "container-title"), italic=True)]
    if not book[1].text:
        book = []
    notes = bracketed([_edition(csl), _volume(csl), numbered])
    return [Run(text_of(csl, "title"))], [[*book, *notes] if book else [], _publisher(csl, "publisher")]


def _report(csl: Item) -> TitleAndSource:
    """Set a report with its number (section 10.4)."""
    number = text_of(csl, "number")
    if number and not re.search(r"\s", number):
        number = f"Report No. {number}"
    return _title_with(csl, [number, _edition(csl)]), [_publisher(csl, "publisher")]


def _webpage(csl: Item) -> TitleAndSource:
    """Set a page of a web site; the site is left out where it is the author (section 10.16)."""
    return [Run(text_of(csl, "title"), italic=True)], [_publisher(csl, "container-title", "publisher")]


def _thesis(csl: Item) -> TitleAndSource:
    """Set a thesis: who granted it stands in the brackets, or after them where it is unpublished (section 10.6)."""
    kind, university = text_of(csl, "genre") or "Thesis", text_of(csl, "publisher")
    number = text_of(csl, "number")
    if number and not re.search(r"\s", number):
        number = f"Publication No. {number}"
    if kind.casefold().startswith("unpublished"):
        return _title_with(csl, [number], kind), [[Run(university)]]
    described = ", ".join(part for part in (kind, university) if part)
    return _title_with(csl, [number], described), [[Run(text_of(csl, "container-title"))]]


def _preprint(csl: Item) -> TitleAndSource:
    """Set a preprint: its archive stands where a publisher would (section 10.8)."""
    return _title_with(csl, [text_of(csl, "number")]), [_publisher(csl, "publisher", "container-title")]


def _dataset(csl: Item) -> TitleAndSource:
    """Set a data set with its number and version, and what it is in square brackets (section 10.9)."""
    version = text_of(csl, "version")
    if version and not re.match(r"(?i)version\b", version):
        version = f"Version {version}"
    numbered = "; ".join(part for part in (text_of(csl, "number"), version) if part)
    return (
        _title_with(csl, [numbered], text_of(csl, "genre") or "Data set"),
        [_publisher(csl, "publisher", "container-title")],
    )


SETTERS: dict[str, Callable[[Item], TitleAndSource]] = {
    "article-journal": _article,
    "book": _book,
    "chapter": _chapter,
    "report": _report,
    "webpage": _webpage,
    "thesis": _thesis,
    "article": _preprint,
    "dataset": _dataset,
}


def _title_with(csl: Item, notes: Iterable[str], described: str = "") -> Part:
    """Give an italic title, its notes, and what the work is in square brackets (section 9.21).

    The title's own full stop would stand in the middle of the sentence.
    """
    after = bracketed(notes) + ([Run(f" [{described}]")] if described else [])
    title = text_of(csl, "title")
    return [Run(title.removesuffix(".") if after else title, italic=True), *after]


def _article_pages(pages: str) -> str:
    """Give pages, or “Article e1234” for an article number (section 9.27)."""
    return f"Article {pages}" if re.fullmatch(r"[eE]\d+|\d{5,}", pages) else pages


def _publisher(csl: Item, *keys: str) -> Part:
    """Give the first of these that is there, unless it is the author over again (section 9.29)."""
    authors = {str(name.get("literal", "")).casefold() for name in names_of(csl, "author")}
    name = next((text_of(csl, key) for key in keys if text_of(csl, key)), "")
    return [Run(name)] if name and name.casefold() not in authors else []


def _edition(csl: Item) -> str:
    """Give “2nd ed.”; a first edition goes without saying (section 9.19)."""
    edition = re.sub(r"\s*\b(?:edition|edn?)\.?$", "", text_of(csl, "edition"), flags=re.IGNORECASE).strip()
    if edition.casefold() in ("", "1", "1st", "first"):
        return ""
    if edition.isdecimal():
        return f"{ordinal(int(edition))} ed."
    return "Rev. ed." if edition.casefold() in ("revised", "rev", "rev.") else f"{edition} ed."


def _volume(csl: Item) -> str:
    volume = text_of(csl, "volume")
    if not volume:
        return ""
    return f"{'Vols.' if are_many_pages(normal_pages(volume)) else 'Vol.'} {normal_pages(volume)}"


def ordinal(number: int) -> str:
    """Give 2nd, 3rd, 11th, 22nd."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
