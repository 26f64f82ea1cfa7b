"""Text from the bytes of a file, whatever program wrote it."""

import codecs

from django.utils.translation import gettext as _

from cms.references.formats.records import Unreadable

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def text_of(content: bytes) -> tuple[str, str]:
    """Give a file's text and the name of its encoding. Raises :class:`Unreadable` for what is no text.

    UTF-8 announces itself by being valid; what is not is taken for Western European, as old programs write it.
    """
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\x00" in content:
        raise Unreadable(_("This is not a text file. Export BibTeX, RIS or CSL-JSON from the program it came from."))
    for name in (encoding, "cp1252", "latin-1"):
        try:
            return content.decode(name), name
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The text of this file cannot be read."))
