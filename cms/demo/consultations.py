"""Plants the times at which the demonstration's specialists can be asked for a free first consultation."""

from typing import Any

from cms.consultations import telling
from cms.consultations.practices import Practice
from cms.specialists.models import Specialist

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
CALL = "The link comes with the reminder an hour before."

# What differs from the usual; times are in minutes after midnight, where the specialist is.
TIMES: dict[str, dict[str, Any]] = {
    "oriel-vanthorpe": {
        "weekly": [[TUESDAY, 9 * 60, 11 * 60 + 30], [WEDNESDAY, 14 * 60, 16 * 60 + 30], [THURSDAY, 17 * 60, 19 * 60]],
        "ways": ["video", "phone"],
        "capacity": 4,
        "connection": "https://calls.example/oriel-vanthorpe, or I call the number you give me.",
    },
    "dr-anouk-brisavoy": {
        "weekly": [[MONDAY, 12 * 60, 14 * 60], [FRIDAY, 9 * 60, 11 * 60]],
        "ways": ["video", "in_person"],
        "place": "12 rue des Tilleuls, first floor",
        "connection": CALL,
    },
    "teodor-kastrel": {
        "weekly": [[MONDAY, 18 * 60, 20 * 60], [WEDNESDAY, 18 * 60, 20 * 60]],
        "ways": ["phone"],
        "connection": "You call 020 7946 0991 at the time we have agreed.",
        "notice_hours": 48,
    },
    "halim-dorrenbeck": {
        "weekly": [[TUESDAY, 16 * 60, 18 * 60], [THURSDAY, 8 * 60, 10 * 60]],
        "ways": ["video", "phone", "in_person"],
        "place": "Lindengasse 7/12",
        "connection": CALL,
        "more_than_once": True,
    },
}


def plant_times() -> None:
    """Give times to those of the demonstration's specialists who offer consultations, and have said nothing yet."""
    for specialist in Specialist.objects.filter(slug__in=TIMES, offers_consultation=True, practice=None):
        practice = Practice.objects.create(specialist=specialist, is_open=True, **TIMES[specialist.slug])
        telling.tell(practice.pk)
