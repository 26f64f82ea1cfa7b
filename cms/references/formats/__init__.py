"""References as other programs write them: BibTeX, RIS and CSL-JSON, read and written.

All of it speaks one intermediate shape, a CSL-JSON item as :func:`cms.references.formats.items.canonical` leaves it.
Nothing here knows a database. What is written from what was read is the same, byte for byte, as what was read from.
"""

from cms.references.formats.records import Record, Unreadable
from cms.references.formats.registry import FORMATS, Format, detect, read

__all__ = ["FORMATS", "Format", "Record", "Unreadable", "detect", "read"]
