"""Every address of Respite outside the admin, as Django resolves it. The admin's own are in tests/cms/review."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

from cms.publishing.languages import other_codes

# What answers for itself elsewhere: the admin's addresses have a table of their own.
ELSEWHERE = ("admin/",)


def routes() -> list[str]:
    """Give every address as it is written in the urls, in the order in which they are asked; each language's once."""
    again = tuple(f"{code}/" for code in other_codes())
    return [path for path in _addresses(get_resolver().url_patterns) if not path.startswith((*ELSEWHERE, *again))]


def _addresses(patterns: Any, before: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _addresses(pattern.url_patterns, path)
        else:
            yield path
