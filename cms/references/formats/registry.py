"""The formats there are, which of them a text is in, and how it is read."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.references.formats import bibtex, bibtex_reading, csl_json, ris
from cms.references.formats.items import Item
from cms.references.formats.records import Record, Unreadable

LARGEST = 5 * 1024 * 1024  # bytes or characters of a file
MOST = 5_000  # entries of a file


@dataclass(frozen=True)
class Format:
    """A format: how it is called, how its files are named and served, and how it is read and written."""

    name: str
    label: str
    extension: str
    content_type: str
    write: Callable[[Iterable[Item]], str]
    read: Callable[[str], Iterator[Record]]


FORMATS = {
    one.name: one
    for one in (
        Format("bibtex", "BibTeX", "bib", "application/x-bibtex", bibtex.write, bibtex_reading.read),
        Format("ris", "RIS", "ris", "application/x-research-info-systems", ris.write, ris.read),
        Format(
            "csl-json",
            "CSL-JSON",
            "csl.json",
            "application/vnd.citationstyles.csl+json",
            csl_json.write,
            csl_json.read,
        ),
    )
}


def checked_size(size: int) -> None:
    """Raise :class:`Unreadable` for what is too large to be read at once."""
    if size > LARGEST:
        message = _("This is too large: %(size)d MB at a time can be read. Divide it into several files.")
        raise Unreadable(message % {"size": LARGEST // 1024 // 1024})


def detect(text: str) -> str:
    """Give the name of the format that a text looks like, or "" where it looks like none."""
    if re.match(r"\s*[\[{]\s*[\[{\"\]]", text):
        return "csl-json"
    if re.search(r"^\s*TY {0,2}- ", text, re.MULTILINE):
        return "ris"
    if re.search(r"@\s*[A-Za-z]+\s*[{(]", text):
        return "bibtex"
    return ""


def read(text: str, name: str = "") -> tuple[str, list[Record]]:
    """Give the format of a text and its records in order. Raises :class:`Unreadable` where there are none.

    ``name`` chooses the format; without it, it is found out.
    """
    checked_size(len(text))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise Unreadable(_("There is nothing in it."))
    name = name or detect(text)
    if name not in FORMATS:
        raise Unreadable(
            _("This looks like neither BibTeX, RIS nor CSL-JSON. Choose the format if you know it, or export it anew.")
        )
    records = []
    for record in FORMATS[name].read(text):
        records.append(record)
        if len(records) > MOST:
            message = _("There are more than %(most)d entries in it. Divide it into several files.")
            raise Unreadable(message % {"most": MOST})
    if not records:
        message = _("No %(format)s entry was found in it. Choose another format, or export it anew.")
        raise Unreadable(message % {"format": FORMATS[name].label})
    return name, records
