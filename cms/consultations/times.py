"""When a specialist can be met: the arithmetic of times, without a database.

A specialist says times as a clock on their wall shows them; a slot is a moment, in UTC, at which thirty minutes begin.
Between the two stand their time zone and its clock changes (PEP 495, PEP 615):

- A time that the clock skips is offered by nobody: there is no such moment.
- A time that the clock shows twice is offered once, the first time it shows.
- Thirty minutes are thirty minutes that pass, whatever the clock does meanwhile.

Everything begins on a quarter of an hour. All clocks of the present differ from UTC by whole quarters, so meetings
can be kept apart by the quarters of an hour they take up (:func:`quarters`).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

LENGTH = timedelta(minutes=30)
QUARTER = timedelta(minutes=15)
DAY = 24 * 60  # minutes
MOST_OFFERED = 60


class Window(NamedTuple):
    """A part of a day, from one time to another, both in minutes after midnight; it ends at 24:00 at the latest."""

    begins: int
    ends: int


class Weekly(NamedTuple):
    """A part of every week's same day; 0 is Monday."""

    weekday: int
    window: Window


class Away(NamedTuple):
    """Days on which nothing is offered, the last one included."""

    first: date
    last: date


class Extra(NamedTuple):
    """A part of one day that is offered beside what the week says, also on a day that is off."""

    day: date
    window: Window


class Taken(NamedTuple):
    """A slot that somebody has, with the quarters of an hour that it keeps free of others."""

    starts_at: datetime
    whose: Hashable
    quarters: frozenset[datetime]


@dataclass(frozen=True)
class Times:
    """What a specialist has said about their times."""

    zone: ZoneInfo
    weekly: Sequence[Weekly] = ()
    away: Sequence[Away] = ()
    extra: Sequence[Extra] = ()
    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)
    notice: timedelta = timedelta(hours=24)
    horizon: timedelta = timedelta(days=28)
    capacity: int | None = None


def moment(day: date, minutes: int, zone: ZoneInfo) -> datetime | None:
    """Give the moment, in UTC, at which a clock first shows a time; None where it skips it."""
    shown = datetime.combine(day, time(minutes // 60, minutes % 60))
    found = shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return found if found.astimezone(zone).replace(tzinfo=None) == shown else None


def windows(day: date, times: Times) -> list[Window]:
    """Give the parts of a day that are offered, in order; those that overlap are one."""
    found = [extra.window for extra in times.extra if extra.day == day]
    if not any(away.first <= day <= away.last for away in times.away):
        found += [weekly.window for weekly in times.weekly if weekly.weekday == day.weekday()]
    joined: list[Window] = []
    for window in sorted(found):
        if joined and window.begins < joined[-1].ends:
            joined[-1] = Window(joined[-1].begins, max(joined[-1].ends, window.ends))
        else:
            joined.append(window)
    return joined


def starts(day: date, times: Times) -> Iterator[datetime]:
    """Give the moments at which slots begin on a day of the specialist's, whether or not they are free."""
    step = int(LENGTH.total_seconds()) // 60
    for window in windows(day, times):
        for minutes in range(window.begins, window.ends - step + 1, step):
            found = moment(day, minutes, times.zone)
            if found is not None:
                yield found


def offered(times: Times, first: datetime, last: datetime) -> Iterator[datetime]:
    """Give all slots from one moment to another, in order, the last one not included."""
    day = first.astimezone(times.zone).date()
    end = last.astimezone(times.zone).date()
    while day <= end:
        yield from (start for start in starts(day, times) if first <= start < last)
        day += timedelta(days=1)


def quarters(starts_at: datetime, before: timedelta, after: timedelta) -> frozenset[datetime]:
    """Give the beginnings of the quarters of an hour that a meeting takes up, with what is kept free around it."""
    first, end = starts_at - before, starts_at + LENGTH + after
    return frozenset(first + number * QUARTER for number in range((end - first) // QUARTER))


def week(moment: datetime, zone: ZoneInfo) -> date:
    """Give the Monday of the week that a moment is in, where the specialist is."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def earliest(times: Times, now: datetime) -> datetime:
    """Give the moment from which slots may be asked for."""
    return now + times.notice


def free(times: Times, taken: Iterable[Taken], now: datetime) -> Iterator[datetime]:
    """Give the slots that can be asked for now, in order.

    A slot is left out where it, or what is kept free around it, touches what is taken; and in a week in which as many
    people have been given time as the specialist sees in one.
    """
    closed, full = shut(times, taken)
    for start in offered(times, earliest(times, now), now + times.horizon):
        if week(start, times.zone) not in full and closed.isdisjoint(quarters(start, times.before, times.after)):
            yield start


def shut(times: Times, taken: Iterable[Taken]) -> tuple[set[datetime], set[date]]:
    """Give the quarters of an hour that are taken, and the weeks that are full."""
    closed: set[datetime] = set()
    people: set[tuple[date, Hashable]] = set()
    for one in taken:
        closed |= one.quarters
        people.add((week(one.starts_at, times.zone), one.whose))
    counted = Counter(monday for monday, _ in people)
    return closed, {monday for monday, count in counted.items() if times.capacity and count >= times.capacity}
