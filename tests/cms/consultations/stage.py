"""A specialist with times and a reader, for tests of consultations; what day it is there."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from cms.consultations.meetings import Consultation
from cms.consultations.practices import Practice
from cms.consultations.services import Asked, ask
from cms.people.models import User
from cms.specialists.choices import State
from cms.specialists.models import Specialist
from tests import factories

_numbers = count(1)

# A Monday.
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
# Tuesdays, Wednesdays and Thursdays, nine to twelve.
HOURS = [[day, 9 * 60, 12 * 60] for day in (1, 2, 3)]


def at(text: str) -> datetime:
    """Give a moment in UTC: ``2026-12-02 09:30``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def specialist(
    name: str = "Mara Lindholm", time_zone: str = "Europe/London", live: bool = True, **fields: Any
) -> Specialist:
    """Make a specialist whom readers see, unless told otherwise."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "user": fields.pop("user", None) or factories.reader(f"specialist{number}@example.org"),
        "slug": f"specialist-{number}",
        "professional_title": "Counselling psychologist",
        "summary": "Works with grief.",
        "approach": "We begin with what is there.",
        "languages": ["en"],
        "ways": ["video", "phone", "in_person"],
        "place": "Leeds",
        "country": "GB",
        "fee_amount": "70.00",
        "fee_currency": "GBP",
        "registration_body": "A register",
        "registration_number": "123",
        "registration_country": "GB",
        "state": State.VERIFIED if live else State.DRAFT,
        "verified_until": date(2030, 1, 1),
    }
    made = Specialist(name=name, time_zone=time_zone, topics=[factories.topic()], **{**values, **fields})
    return factories.publish_snippet(made, live)


def practice(of: Specialist | None = None, **fields: Any) -> Practice:
    """Make the practice of a specialist who is open on some mornings."""
    values: dict[str, Any] = {
        "is_open": True,
        "weekly": HOURS,
        "ways": ["video", "phone"],
        "minutes_after": 0,
        "capacity": None,
        "connection": "https://calls.example/room",
        "place": "12 Hill Street",
    }
    return Practice.objects.create(specialist=of or specialist(), **{**values, **fields})


def asked(*times: str, **fields: Any) -> Asked:
    """Say what a reader asks for."""
    values: dict[str, Any] = {"way": "video", "name": "Robin", "note": "planted words of a note"}
    return Asked(times=[at(text) for text in times or ("2026-12-02 09:00",)], **{**values, **fields})


def consultation(*times: str, of: Practice | None = None, reader: User | None = None, **fields: Any) -> Consultation:
    """Have a reader ask for times."""
    made, _ = ask(reader or factories.reader(), (of or practice()).specialist, asked(*times, **fields))
    return made
