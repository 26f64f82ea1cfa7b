"""Who stands where in the list of specialists: the one rule of Python. The phone's worker has the same in
`client/src/sw/specialists.ts`; both are held to ``tests/vectors/specialists.json``.

Each day (UTC) every specialist draws a lot: a hash of the day and of their id, which nobody chooses. The list is in
the order of the lots, for everybody, all day, with whatever filters. While a campaign runs, those of its first ``cap``
by lot who offer a free first consultation stand before the others, and are labelled. Nothing else has any weight: not
how long somebody has been here, how often they are chosen, nor what they pay, as nobody can pay.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

S = TypeVar("S", bound=Mapping[str, Any])


def day_of(now: datetime) -> str:
    """Give the day whose lots count at a moment: ``2026-12-01``."""
    return now.astimezone(UTC).date().isoformat()


def next_day(now: datetime) -> datetime:
    """Give the moment at which lots are drawn again."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time.min, UTC)


def lot(day: str, identifier: str) -> int:
    """Draw somebody's lot for a day: FNV-1a over both, mixed as MurmurHash 3 ends; 32 bits."""
    number = 0x811C9DC5
    for byte in f"{day}/{identifier}".encode():
        number = ((number ^ byte) * 0x01000193) & 0xFFFFFFFF
    number = ((number ^ (number >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    number = ((number ^ (number >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return number ^ (number >> 16)


def by_lot(people: Iterable[S], now: datetime) -> list[S]:
    """Order people by the day's lots, the smallest first; the smaller id first where two are the same."""
    day = day_of(now)
    return sorted(people, key=lambda one: (lot(day, one["id"]), one["id"]))


def featured(people: Iterable[S], now: datetime) -> dict[str, str]:
    """Give who stands first today, in order: the campaign by the id of the person.

    Somebody has ``id`` and ``featured``, the campaigns that they are eligible for, each ``{"campaign", "starts_at",
    "ends_at", "cap"}``. Two campaigns never run at once; if they did, the earlier one would count.
    """
    places: dict[str, int] = {}
    found: dict[str, str] = {}
    for one in by_lot(people, now):
        window = running(one["featured"], now)
        if window and places.setdefault(window["campaign"], 0) < window["cap"]:
            places[window["campaign"]] += 1
            found[one["id"]] = window["campaign"]
    return found


def running(windows: Sequence[Mapping[str, Any]], now: datetime) -> Mapping[str, Any] | None:
    """Give the campaign that runs now among some, the earliest where there are two; None where none does."""
    current = [
        one
        for one in windows
        if datetime.fromisoformat(one["starts_at"]) <= now < datetime.fromisoformat(one["ends_at"])
    ]
    return min(current, key=lambda one: (one["starts_at"], one["campaign"]), default=None)


def order(people: Sequence[S], now: datetime) -> list[S]:
    """Put people in the order of the day: who is featured, then everybody else, each by lot."""
    first = featured(people, now)
    return sorted(by_lot(people, now), key=lambda one: one["id"] not in first)
