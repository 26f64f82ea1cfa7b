"""No address of the admin is new to the table of roles."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

from tests.cms.review.routes import ROUTES


def addresses(patterns: Any, spaces: tuple[str, ...] = (), before: str = "") -> Iterator[tuple[str, str]]:
    """Give the namespace and name of every address of the admin."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, (*spaces, *filter(None, [pattern.namespace])), path)
        elif path.startswith("admin/"):
            yield ":".join(spaces), pattern.name or "-"


def test_admin__has_no_address_that_the_roles_do_not_know() -> None:
    found = {
        ("snippets" if space.startswith("wagtailsnippets_") else space, name)
        for space, name in addresses(get_resolver().url_patterns)
    }
    known = {(space, name) for space, names in ROUTES.items() for name in names}
    assert found - known == set(), "say in tests/cms/review/table.py who may open this, and list it in routes.py"
    assert known - found == set()
