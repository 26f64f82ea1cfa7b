"""Further pages of one thing, drawn and kept with its own: the page on which somebody asks a specialist for a time.

They travel to phones with the thing, in one text, so they open without a connection wherever its own page does. The
phone takes that text apart by the same rule (``client/src/library/leaves.ts``; both tested on one set of vectors).
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

FURTHER = re.compile(r"<!--further:([a-z]+)-->")
# Where what is drawn of a specialist has further pages: at its own address, then the page's name.
BELONGS = re.compile(r"(.*/specialists/[^/]+/)(request)/")


def bound(pages: Mapping[str, str]) -> str:
    """Give the pages of one thing as one text: its own, which has no name, and behind it the further ones."""
    return pages[""] + "".join(f"<!--further:{name}-->{html}" for name, html in pages.items() if name)


def leaf(html: str, name: str = "") -> str:
    """Give one page of a thing; its own, where no further one is named; "" where there is none of that name."""
    own, *rest = FURTHER.split(html)
    return own if not name else dict(zip(rest[::2], rest[1::2], strict=True)).get(name, "")


def belongs(path: str) -> tuple[str, str]:
    """Give the address of the thing that a page belongs to, and the page's name: "" for its own."""
    match = BELONGS.fullmatch(path)
    return (match[1], match[2]) if match else (path, "")


def leaf_title(title: str, name: str) -> str:
    """Name a further page of a thing."""
    return _("A free first consultation with %(name)s") % {"name": title} if name else title
