"""What is printed of a place in a work: “pp. 226–230, model overview”."""

from cms.references.identifiers import are_many_pages, normal_pages

# Labels by CSL's locator terms: for one place and for several (APA 7, section 8.28).
LABELS = {
    "page": ("p.", "pp."),
    "chapter": ("Chapter", "Chapters"),
    "section": ("Section", "Sections"),
    "paragraph": ("para.", "paras."),
    "table": ("Table", "Tables"),
    "figure": ("Figure", "Figures"),
}


def locator_text(label: str, value: str, note: str = "") -> str:
    """Give a locator in one line, its note after a comma. An unknown label is printed without one."""
    place = normal_pages(value)
    one, many = LABELS.get(label, ("", ""))
    printed = f"{many if are_many_pages(place) else one} {place}".strip() if place else ""
    return ", ".join(part for part in (printed, note.strip()) if part)
