"""The names under which parts of a page can be linked to, written once for all who link to them."""

from uuid import UUID


def reference_anchor(id: UUID | str) -> str:
    """Give the anchor of a work's entry in an article's list of references."""
    return f"ref-{id}"
