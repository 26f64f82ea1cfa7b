"""What is printed of a place in a work: “pp. 226–230, model overview”."""

from django.utils.translation import gettext_lazy as _

from cms.references.identifiers import are_many_pages, normal_pages

# CSL's locator terms, with what an editor chooses by.
CHOICES = [
    ("page", _("p. or pp.")),
    ("chapter", _("Chapter")),
    ("section", _("Section")),
    ("paragraph", _("para.")),
    ("table", _("Table")),
    ("figure", _("Figure")),
    ("part", _("Part")),
    ("volume", _("Volume")),
    ("appendix", _("Appendix")),
    ("line", _("Line")),
    ("note", _("Note")),
    ("verse", _("Verse, as in 13:1")),
    ("timestamp", _("Time, as in 2:12")),
]

# What is printed before one place and before several (APA 7, section 8.13). Verses and times stand by themselves.
LABELS = {
    "page": ("p.", "pp."),
    "chapter": ("Chapter", "Chapters"),
    "section": ("Section", "Sections"),
    "paragraph": ("para.", "paras."),
    "table": ("Table", "Tables"),
    "figure": ("Figure", "Figures"),
    "part": ("Part", "Parts"),
    "volume": ("Vol.", "Vols."),
    "appendix": ("Appendix", "Appendices"),
    "line": ("line", "lines"),
    "note": ("note", "notes"),
    "verse": ("", ""),
    "timestamp": ("", ""),
}


def locator_text(label: str, value: str, note: str = "") -> str:
    """Give a locator in one line, its note after a comma. An unknown label is printed without one."""
    place = normal_pages(value)
    one, many = LABELS.get(label, ("", ""))
    printed = f"{many if are_many_pages(place) else one} {place}".strip() if place else ""
    return ", ".join(part for part in (printed, note.strip()) if part)
