"""In which order the banners that run stand: the rule that server, worker and every client share."""

from typing import Any

from django.utils.dateparse import parse_datetime


def rank(banner: dict[str, Any], topic: str | None = None) -> tuple[Any, ...]:
    """Give what a banner is sorted by.

    The highest priority first, then those made for this topic, then the latest start (none counts as
    the earliest), then the smallest id. ``docs/architecture.md`` has the rule in words.
    """
    started = parse_datetime(banner["starts_at"]) if banner["starts_at"] else None
    return (
        -banner["priority"],
        topic not in banner["topics"],
        -started.timestamp() if started else float("inf"),
        str(banner["id"]),
    )
