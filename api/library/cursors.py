"""Places in the change feed.

A cursor is text to clients: ``<revision>-<heard>-<epoch>``. ``revision`` is where to go on. ``heard`` is how far
the client has heard of deletions: while it reads everything for the first time that is the head at which it
began, since what was deleted before then never reached it; afterwards it is the revision. ``epoch`` is the
beginning of the ledger's. A bare number is a revision of whatever epoch there is.
"""

import re
from dataclasses import dataclass

from cms.publishing.models import Ledger

CURSOR = re.compile(r"(\d{1,18})(?:-(\d{1,18})-([0-9a-f]{12}))?")


class BadCursor(ValueError):
    """This is no cursor of ours."""


class CursorGone(Exception):
    """The feed cannot lead on from this cursor; the client has to start again from 0."""


@dataclass(frozen=True)
class Cursor:
    """A place in the feed."""

    revision: int = 0
    heard: int = 0
    epoch: str = ""

    @classmethod
    def read(cls, text: str | int) -> "Cursor":
        """Read a cursor as a client sends it back; raise :class:`BadCursor`."""
        match = CURSOR.fullmatch(str(text))
        if match is None:
            raise BadCursor("Use 0, or a cursor as the feed gave it.")
        revision = int(match[1])
        return cls(revision, int(match[2]) if match[2] else revision, match[3] or "")

    def text(self) -> str:
        """Give the cursor as clients keep it."""
        return f"{self.revision}-{self.heard}-{self.epoch}"

    def belongs_to(self, head: Ledger) -> bool:
        """Say whether this place is one in the ledger's own history."""
        if self.epoch and self.epoch != short(head):
            return False
        return max(self.revision, self.heard) <= head.revision

    def after(self, last: int, head: Ledger, more: bool) -> "Cursor":
        """Give the place after a page whose last revision is known, read when the ledger stood at ``head`` or later."""
        if not more:
            # Everything up to the head was told, also where what stands there is no longer told at all.
            reached = max(last, head.revision)
            return Cursor(reached, reached, short(head))
        return Cursor(last, max(self.heard, last) if self.revision else head.revision, short(head))


def short(head: Ledger) -> str:
    """Give the part of an epoch that stands in cursors."""
    return head.epoch.hex[:12]
