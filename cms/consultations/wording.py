"""Times in words: where somebody is, and the name of their zone beside every time."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def zone_or_utc(name: str) -> ZoneInfo:
    """Give a time zone by its name (IANA); UTC for a name that nobody knows."""
    return ZoneInfo(name if name in available_timezones() else "UTC")


def zone_name(zone: ZoneInfo, moment: datetime) -> str:
    """Name a zone as a person would, with its distance from UTC at a moment: London time, UTC+01:00."""
    seconds = int((moment.astimezone(zone).utcoffset() or ZoneInfo("UTC").utcoffset(moment)).total_seconds())  # type: ignore[union-attr]
    sign, (hours, minutes) = "−" if seconds < 0 else "+", divmod(abs(seconds) // 60, 60)
    distance = f"UTC{sign}{hours:02}:{minutes:02}" if seconds else "UTC"
    area, _slash, city = zone.key.rpartition("/")
    if not area or area == "Etc":
        return distance
    return pgettext("time zone", "%(city)s time, %(distance)s") % {
        "city": city.replace("_", " "),
        "distance": distance,
    }


def day_name(moment: datetime, zone: ZoneInfo) -> str:
    """Write the day that a moment is on in a zone: Thursday 3 December 2026."""
    return date_format(moment.astimezone(zone), pgettext("how a day is written, with its name", "l j F Y"))


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Write the time of day that a moment has in a zone: 14:30."""
    return date_format(moment.astimezone(zone), pgettext("how a time is written", "H:i"))


def when(moment: datetime, zone: ZoneInfo) -> str:
    """Write a moment as a clock and a calendar on somebody's wall show it, with the zone they hang in."""
    return _("%(day)s at %(time)s (%(zone)s)") % {
        "day": day_name(moment, zone),
        "time": clock(moment, zone),
        "zone": zone_name(zone, moment),
    }
