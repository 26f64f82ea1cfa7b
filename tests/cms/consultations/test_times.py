"""The arithmetic of times: both clock changes in five zones, what does not exist, what is there twice, and its rules."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cms.consultations.times import (
    LENGTH,
    QUARTER,
    Away,
    Extra,
    Taken,
    Times,
    Weekly,
    Window,
    free,
    moment,
    offered,
    quarters,
    starts,
    week,
    windows,
)

LONDON = ZoneInfo("Europe/London")
ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns"]
EVERY_DAY = range(7)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+00:00")


def minutes(text: str) -> int:
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def window(text: str) -> Window:
    begins, ends = text.split("-")
    return Window(minutes(begins), minutes(ends))


def daily(text: str, zone: str = "Europe/London", **more: object) -> Times:
    return Times(ZoneInfo(zone), [Weekly(day, window(text)) for day in EVERY_DAY], **more)  # type: ignore[arg-type]


# What a clock on the wall shows when a slot begins, and the moment it is; by hand, from the zones' published rules.
CHANGES = [
    # Spring: 01:00 becomes 02:00, at 01:00 UTC.
    ("Europe/London", "2026-03-29", "00:00-03:00", ["00:00 00:00", "00:30 00:30", "02:00 01:00", "02:30 01:30"]),
    # Autumn: 02:00 becomes 01:00, at 01:00 UTC; what is shown twice is offered the first time.
    (
        "Europe/London",
        "2026-10-25",
        "00:30-03:00",
        ["00:30 -1 23:30", "01:00 00:00", "01:30 00:30", "02:00 02:00", "02:30 02:30"],
    ),
    ("America/New_York", "2026-03-08", "01:00-04:00", ["01:00 06:00", "01:30 06:30", "03:00 07:00", "03:30 07:30"]),
    (
        "America/New_York",
        "2026-11-01",
        "00:30-03:00",
        ["00:30 04:30", "01:00 05:00", "01:30 05:30", "02:00 07:00", "02:30 07:30"],
    ),
    # Half an hour only: 02:00 becomes 02:30 in October, and 01:30 in April.
    (
        "Australia/Lord_Howe",
        "2026-10-04",
        "01:00-03:30",
        ["01:00 -1 14:30", "01:30 -1 15:00", "02:30 -1 15:30", "03:00 -1 16:00"],
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-05",
        "01:00-03:00",
        ["01:00 -1 14:00", "01:30 -1 14:30", "02:00 -1 15:30", "02:30 -1 16:00"],
    ),
    # No change at all, five and a half hours ahead.
    (
        "Asia/Kolkata",
        "2026-03-29",
        "00:00-02:00",
        ["00:00 -1 18:30", "00:30 -1 19:00", "01:00 -1 19:30", "01:30 -1 20:00"],
    ),
    ("Asia/Kolkata", "2026-10-25", "23:00-24:00", ["23:00 17:30", "23:30 18:00"]),
    ("America/St_Johns", "2026-03-08", "01:00-04:00", ["01:00 04:30", "01:30 05:00", "03:00 05:30", "03:30 06:00"]),
    (
        "America/St_Johns",
        "2026-11-01",
        "00:30-03:00",
        ["00:30 03:00", "01:00 03:30", "01:30 04:00", "02:00 05:30", "02:30 06:00"],
    ),
]


@pytest.mark.parametrize(("zone", "day", "hours", "expected"), CHANGES, ids=[f"{one[0]}-{one[1]}" for one in CHANGES])
def test_starts__on_days_when_clocks_change__are_these_moments(
    zone: str, day: str, hours: str, expected: list[str]
) -> None:
    found = list(starts(date.fromisoformat(day), daily(hours, zone)))
    told = []
    for start in found:
        shown = start.astimezone(ZoneInfo(zone))
        days = (start.date() - shown.date()).days
        told.append(f"{shown:%H:%M} {f'{days} ' if days else ''}{start:%H:%M}")
    assert told == expected


@pytest.mark.parametrize(
    ("zone", "day", "skipped"),
    [
        ("Europe/London", "2026-03-29", ["01:00", "01:15", "01:30", "01:45"]),
        ("America/New_York", "2026-03-08", ["02:00", "02:30", "02:45"]),
        ("Australia/Lord_Howe", "2026-10-04", ["02:00", "02:15"]),
        ("America/St_Johns", "2026-03-08", ["02:00", "02:45"]),
    ],
)
def test_moment__a_time_that_the_clock_skips__is_none(zone: str, day: str, skipped: list[str]) -> None:
    found = [moment(date.fromisoformat(day), minutes(text), ZoneInfo(zone)) for text in skipped]
    assert found == [None] * len(skipped)


@pytest.mark.parametrize(
    ("zone", "day", "shown", "first"),
    [
        ("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30"),
        ("America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),
        ("America/St_Johns", "2026-11-01", "01:45", "2026-11-01T04:15"),
    ],
)
def test_moment__a_time_that_the_clock_shows_twice__is_the_first(zone: str, day: str, shown: str, first: str) -> None:
    assert moment(date.fromisoformat(day), minutes(shown), ZoneInfo(zone)) == at(first)


def test_moment__is_told_in_utc() -> None:
    found = moment(date(2026, 7, 1), 9 * 60, LONDON)
    assert found is not None and found.tzinfo is UTC and found == at("2026-07-01T08:00")


def test_starts__leave_out_what_would_not_end_in_the_window() -> None:
    shown = [start.strftime("%H:%M") for start in starts(date(2026, 12, 1), daily("09:15-10:40"))]
    assert shown == ["09:15", "09:45"]


def test_windows__that_overlap_are_one__and_those_that_touch_are_two() -> None:
    times = Times(
        LONDON,
        [Weekly(1, window("11:00-12:00")), Weekly(1, window("09:00-10:00")), Weekly(2, window("09:00-10:00"))],
        extra=[Extra(date(2026, 12, 1), window("09:30-10:15")), Extra(date(2026, 12, 1), window("12:00-13:00"))],
    )
    assert windows(date(2026, 12, 1), times) == [window("09:00-10:15"), window("11:00-12:00"), window("12:00-13:00")]


def test_windows__a_day_off_has_none__but_what_was_added_to_it() -> None:
    off = [Away(date(2026, 12, 24), date(2026, 12, 26))]
    added = [Extra(date(2026, 12, 26), window("14:00-15:00"))]
    times = daily("09:00-10:00", away=off, extra=added)
    found = {day: windows(date(2026, 12, day), times) for day in (23, 24, 25, 26, 27)}
    usual = [window("09:00-10:00")]
    assert found == {23: usual, 24: [], 25: [], 26: [window("14:00-15:00")], 27: usual}


def test_offered__is_by_days_where_the_specialist_is__not_by_those_of_utc() -> None:
    # Monday morning on Lord Howe Island is Sunday evening in UTC.
    times = Times(ZoneInfo("Australia/Lord_Howe"), [Weekly(0, window("07:00-08:00"))])
    found = list(offered(times, at("2026-12-06T00:00"), at("2026-12-08T00:00")))
    assert found == [at("2026-12-06T20:00"), at("2026-12-06T20:30")]


def test_free__begins_after_the_notice_and_ends_at_the_horizon() -> None:
    times = daily("09:00-10:00", notice=timedelta(hours=24), horizon=timedelta(days=3))
    found = list(free(times, [], at("2026-12-01T09:15")))
    assert found == [at("2026-12-02T09:30"), at("2026-12-03T09:00"), at("2026-12-03T09:30"), at("2026-12-04T09:00")]


def test_free__a_slot_exactly_at_the_notice_can_be_asked_for() -> None:
    times = daily("09:00-09:30", notice=timedelta(hours=24), horizon=timedelta(days=2))
    assert next(free(times, [], at("2026-12-01T09:00"))) == at("2026-12-02T09:00")


def test_free__notice_is_hours_that_pass__also_across_a_clock_change() -> None:
    times = daily("09:00-09:30", notice=timedelta(hours=24), horizon=timedelta(days=2))
    # From 09:30 in winter time, 24 hours later it is 10:30 in summer time.
    assert next(free(times, [], at("2026-03-28T09:30"))) == at("2026-03-30T08:00")
    # From 09:30 in summer time, 24 hours later it is 08:30 in winter time.
    assert next(free(times, [], at("2026-10-24T08:30"))) == at("2026-10-25T09:00")


def taken(start: str, whose: str = "a", before: int = 0, after: int = 0) -> Taken:
    kept = quarters(at(start), timedelta(minutes=before), timedelta(minutes=after))
    return Taken(at(start), whose, kept)


def test_free__what_is_taken_is_not_there() -> None:
    times = daily("09:00-10:30", horizon=timedelta(days=2))
    found = list(free(times, [taken("2026-12-02T09:30")], at("2026-12-01T00:00")))
    assert found == [at("2026-12-02T09:00"), at("2026-12-02T10:00")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (0, 0, ["09:00", "09:30", "10:30", "11:00", "11:30"]),
        (15, 0, ["09:00", "11:00", "11:30"]),
        (0, 15, ["09:00", "11:00", "11:30"]),
        (15, 15, ["09:00", "11:00", "11:30"]),
        (30, 15, ["11:30"]),
    ],
)
def test_free__both_meetings_keep_their_time_before_and_after(before: int, after: int, expected: list[str]) -> None:
    times = daily(
        "09:00-12:00",
        horizon=timedelta(days=2),
        before=timedelta(minutes=before),
        after=timedelta(minutes=after),
    )
    found = free(times, [taken("2026-12-02T10:00", before=before, after=after)], at("2026-12-01T00:00"))
    assert [start.strftime("%H:%M") for start in found] == expected


def test_free__times_before_and_after_may_lie_outside_the_hours() -> None:
    times = daily("09:00-09:30", horizon=timedelta(days=2), before=timedelta(minutes=30), after=timedelta(minutes=30))
    assert list(free(times, [], at("2026-12-01T00:00"))) == [at("2026-12-02T09:00")]


def test_free__a_meeting_off_the_grid_takes_away_all_it_touches() -> None:
    times = daily("09:00-11:00", horizon=timedelta(days=2))
    found = free(times, [taken("2026-12-02T09:15")], at("2026-12-01T00:00"))
    assert [start.strftime("%H:%M") for start in found] == ["10:00", "10:30"]


def test_free__a_full_week_offers_nothing__the_next_one_does() -> None:
    times = daily("09:00-09:30", horizon=timedelta(days=14), capacity=2)
    # Tuesday to Tuesday: two people in the first week, one of them asking for two times.
    held = [taken("2026-12-02T09:00", "a"), taken("2026-12-03T09:00", "b"), taken("2026-12-08T09:00", "b")]
    found = list(free(times, held, at("2026-12-01T00:00")))
    assert found[0] == at("2026-12-07T09:00") and at("2026-12-09T09:00") in found


def test_free__one_person_with_three_times_counts_once_in_a_week() -> None:
    times = daily("09:00-11:00", horizon=timedelta(days=2), capacity=2)
    held = [taken("2026-12-02T09:00"), taken("2026-12-02T09:30"), taken("2026-12-02T10:00")]
    assert list(free(times, held, at("2026-12-01T00:00"))) == [at("2026-12-02T10:30")]


def test_week__begins_on_the_monday_of_where_the_specialist_is() -> None:
    sunday_evening = at("2026-12-06T20:00")
    assert week(sunday_evening, LONDON) == date(2026, 11, 30)
    assert week(sunday_evening, ZoneInfo("Australia/Lord_Howe")) == date(2026, 12, 7)


# ---- What is always so -----------------------------------------------------------------------

quarter_times = some.integers(0, 96).map(lambda number: number * 15)


@some.composite
def some_windows(draw: some.DrawFn) -> Window:
    begins = draw(some.integers(0, 94))
    return Window(begins * 15, draw(some.integers(begins + 1, 96)) * 15)


@some.composite
def some_times(draw: some.DrawFn) -> Times:
    days = some.dates(date(2026, 1, 1), date(2027, 12, 31))
    return Times(
        ZoneInfo(draw(some.sampled_from([*ZONES, "Asia/Kathmandu", "Africa/Cairo", "Pacific/Chatham", "Asia/Beirut"]))),
        draw(some.lists(some.builds(Weekly, some.integers(0, 6), some_windows()), max_size=8)),
        [Away(*sorted(pair)) for pair in draw(some.lists(some.tuples(days, days), max_size=2))],
        draw(some.lists(some.builds(Extra, days, some_windows()), max_size=4)),
        before=QUARTER * draw(some.integers(0, 4)),
        after=QUARTER * draw(some.integers(0, 4)),
        notice=timedelta(hours=draw(some.integers(0, 200))),
        horizon=timedelta(days=draw(some.integers(1, 30))),
        capacity=draw(some.none() | some.integers(1, 5)),
    )


moments = some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC))
around_changes = some.sampled_from(
    [
        at(text)
        for text in (
            "2026-03-28T12:00",
            "2026-10-24T12:00",
            "2026-03-07T12:00",
            "2026-10-31T12:00",
            "2026-04-04T02:00",
            "2026-10-03T02:00",
        )
    ]
)
nows = moments | around_changes


@given(some_times(), nows)
def test_offered__slots_are_in_order_and_never_overlap(times: Times, now: datetime) -> None:
    found = list(offered(times, now, now + timedelta(days=10)))
    assert all(later - earlier >= LENGTH for earlier, later in pairwise(found))


@given(some_times(), nows)
def test_offered__every_slot_begins_on_a_quarter_and_within_what_was_said(times: Times, now: datetime) -> None:
    for start in offered(times, now, now + timedelta(days=10)):
        shown = start.astimezone(times.zone)
        minute = shown.hour * 60 + shown.minute
        assert (start - datetime(2026, 1, 1, tzinfo=UTC)) % QUARTER == timedelta(0)
        assert any(one.begins <= minute <= one.ends - 30 for one in windows(shown.date(), times))
        assert shown.fold == 0


@given(some_times(), nows)
def test_offered__nothing_that_the_clock_shows_is_left_out(times: Times, now: datetime) -> None:
    """Whoever reads the wall clock through every quarter of three days meets the same slots, by another way."""
    first = now.replace(minute=0, second=0, microsecond=0)
    found = set(offered(times, first, first + timedelta(days=3)))
    seen: set[datetime] = set()
    for number in range(3 * 96):
        start = first + number * QUARTER
        shown = start.astimezone(times.zone)
        minute = shown.hour * 60 + shown.minute
        fits = any(
            one.begins <= minute <= one.ends - 30 and (minute - one.begins) % 30 == 0
            for one in windows(shown.date(), times)
        )
        if fits and shown.fold == 0:
            seen.add(start)
    assert found == seen


@given(some_times(), nows, some.data())
def test_free__taking_what_is_free_one_after_the_other__never_doubles_a_quarter(
    times: Times, now: datetime, data: some.DataObject
) -> None:
    held: list[Taken] = []
    for number in range(6):
        left = list(free(times, held, now))
        if not left:
            break
        start = data.draw(some.sampled_from(left))
        kept = quarters(start, times.before, times.after)
        assert all(kept.isdisjoint(one.quarters) for one in held)
        held.append(Taken(start, number, kept))
    for monday in {week(one.starts_at, times.zone) for one in held}:
        count = sum(week(one.starts_at, times.zone) == monday for one in held)
        assert times.capacity is None or count <= times.capacity


@given(some_times(), nows)
def test_free__is_within_notice_and_horizon(times: Times, now: datetime) -> None:
    assert all(now + times.notice <= start < now + times.horizon for start in free(times, [], now))


@given(some.sampled_from(ZONES), some.dates(date(2026, 1, 1), date(2027, 12, 31)), some.integers(0, 95))
def test_moment__shows_on_the_wall_what_was_said__or_is_not_there(zone: str, day: date, number: int) -> None:
    found = moment(day, number * 15, ZoneInfo(zone))
    said = datetime.combine(day, time(number * 15 // 60, number * 15 % 60))
    if found is None:
        # Then no moment of that day or its neighbours shows it.
        begin = datetime.combine(day, time(0), UTC) - timedelta(hours=14)
        shown = {(begin + QUARTER * step).astimezone(ZoneInfo(zone)).replace(tzinfo=None) for step in range(96 * 2)}
        assert said not in shown
    else:
        assert found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == said
