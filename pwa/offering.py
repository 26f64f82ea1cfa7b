"""Times that are offered, and what a session costs afterwards, as readers choose by them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.formats import date_format
from django.utils.translation import pgettext

from cms.consultations.wording import clock, zone_name
from pwa.profile import money

# After so many days the rest of the times is folded away.
DAYS_SHOWN = 4


def days_of(times: Iterable[str], zone: ZoneInfo, chosen: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Give times (ISO, in order) by the day they are on in a zone, each with what a clock there shows."""
    moments = [datetime.fromisoformat(text) for text in times]
    picked = set(chosen)

    def day(moment: datetime) -> Any:
        return moment.astimezone(zone).date()

    return [
        {
            "name": date_format(date, pgettext("how a day of this year is written", "l j F")),
            "times": [
                {"value": one.isoformat(), "clock": clock(one, zone), "chosen": one.isoformat() in picked}
                for one in group
            ],
        }
        for date, group in groupby(moments, day)
    ]


def choice_of(times: list[str], zone: ZoneInfo, chosen: Iterable[str] = ()) -> dict[str, Any]:
    """Give what times are chosen from: the first days, the later ones, and the zone they are told in."""
    days = days_of(times, zone, chosen)
    at = datetime.fromisoformat(times[0]) if times else None
    return {
        "days": days[:DAYS_SHOWN],
        "later": days[DAYS_SHOWN:],
        "zone": zone.key,
        "zone_name": zone_name(zone, at) if at else "",
    }


def zones(chosen: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Give all time zones by their area, as a list to choose from: name, what it is called, whether it is chosen."""
    known = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    if chosen not in known:
        known = [chosen, *known]
    found = groupby(known, lambda name: name.partition("/")[0])
    return [
        (area, [(name, (name.partition("/")[2] or name).replace("_", " "), name == chosen) for name in names])
        for area, names in found
    ]


def fees_in_words(fees: dict[str, Any] | None) -> dict[str, Any] | None:
    """Give what a session costs after the first meeting, as money is written."""
    if not fees:
        return None
    reduced = fees.get("reduced_amount")
    return {
        "session": money(fees["amount"], fees["currency"]),
        "minutes": fees["minutes"],
        "reduced": money(reduced, fees["currency"]) if reduced else "",
        "reduced_note": fees.get("reduced_note", ""),
    }


def fees_of_entry(data: dict[str, Any]) -> dict[str, Any] | None:
    """Give the fees that a specialist's entry tells of, as a request keeps them."""
    fee, reduced = data["fee"], data["reduced_fee"]
    if not fee:
        return None
    return {
        **{name: fee[name] for name in ("amount", "currency", "minutes")},
        "reduced_amount": reduced and reduced["amount"],
        "reduced_note": reduced["note"] if reduced else "",
    }
