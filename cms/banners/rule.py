"""Which banner stands where: the one rule of Python. The phone's worker has the same in `client/src/sw/banners.ts`.

Both are held to ``tests/vectors/banners.json``; ``docs/architecture.md`` has the rule in words. A banner comes as the
JSON that the API serves: ``id, placements, audience, topics, starts_at, ends_at, priority``.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple, TypeVar

Banner = TypeVar("Banner", bound=Mapping[str, Any])
Rank = tuple[int, bool, float, str]


class Place(NamedTuple):
    """A slot of a page: where it is, whom the page speaks to, and the slugs of the page's topics."""

    placement: str
    audience: str
    topics: Sequence[str] = ()

    @classmethod
    def read(cls, words: Sequence[str]) -> "Place":
        """Read the words of a slot, such as ``after_section_2 client sleep,loss``; ``-`` stands for no topics."""
        placement, audience, topics = words
        return cls(placement, audience, [] if topics == "-" else topics.split(","))


class Because(IntEnum):
    """What decides between two banners: the place in their rank where they first differ."""

    PRIORITY = 0
    TOPIC = 1
    START = 2
    IDENTIFIER = 3


def choose(banners: Iterable[Banner], place: Place, now: datetime) -> Banner | None:
    """Choose the banner that stands in a slot at a moment; None where none does."""
    return min((banner for banner in banners if fits(banner, place) and runs(banner, now)), key=rank, default=None)


def arrange(banners: Iterable[Banner], places: Iterable[Place], now: datetime) -> list[Banner | None]:
    """Choose for all slots of one page, in the order of the document: no banner stands on a page twice."""
    left = [banner for banner in banners if runs(banner, now)]
    chosen = []
    for place in places:
        found = choose(left, place, now)
        left = [banner for banner in left if banner is not found]
        chosen.append(found)
    return chosen


def fits(banner: Mapping[str, Any], place: Place) -> bool:
    """Say whether a banner may stand in a slot, whenever it runs."""
    return (
        place.placement in banner["placements"]
        and banner["audience"] == place.audience
        and is_about(banner, place.topics)
    )


def is_about(banner: Mapping[str, Any], topics: Collection[str]) -> bool:
    """Say whether a banner is for pages with these topics: it names one of them, or none at all."""
    return not banner["topics"] or not set(banner["topics"]).isdisjoint(topics)


def runs(banner: Mapping[str, Any], now: datetime) -> bool:
    """Say whether a banner has begun and has not ended."""
    begun = banner["starts_at"] is None or datetime.fromisoformat(banner["starts_at"]) <= now
    return begun and (banner["ends_at"] is None or datetime.fromisoformat(banner["ends_at"]) > now)


def rank(banner: Mapping[str, Any]) -> Rank:
    """Give what banners are ordered by, the first to stand first.

    The highest priority, then one for these topics before one for all, then the latest begun (no start counts as
    the earliest), then the smallest id.
    """
    starts = float("-inf") if banner["starts_at"] is None else datetime.fromisoformat(banner["starts_at"]).timestamp()
    return -banner["priority"], not banner["topics"], -starts, banner["id"]


def because(one: Mapping[str, Any], other: Mapping[str, Any]) -> Because:
    """Say what decides between two banners where both could stand."""
    pairs = zip(rank(one), rank(other), strict=True)
    return next((Because(at) for at, (mine, theirs) in enumerate(pairs) if mine != theirs), Because.IDENTIFIER)
