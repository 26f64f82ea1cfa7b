"""Calendar files and feeds (RFC 5545), byte for byte, and who finds them."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils.translation import override
from icalendar import Calendar

from cms.consultations import calendars, services
from cms.consultations.meetings import CalendarFeed, Consultation, Side
from tests import factories
from tests.cms.consultations.stage import NOW, at, consultation, practice, specialist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

EXPECTED = Path(__file__).parent / "expected"
TIME, LATER = "2026-12-02 09:00", "2026-12-02 10:00"
ID = UUID("0f3d3b5e-6a53-4c8e-9d0b-3f6b8a1f2c4d")


@pytest.fixture(autouse=True)
def _public_address(settings: Any) -> None:
    settings.ORIGIN = "https://respite.example"


def known(**fields: Any) -> Consultation:
    """Give an agreed consultation whose id is always the same."""
    made = consultation(TIME, LATER, **fields)
    Consultation.objects.filter(pk=made.pk).update(state="cancelled")
    made.holds.all().delete()
    made.pk = ID
    made.idempotency_key = None
    made.save(force_insert=True)
    one = Consultation.objects.with_both().get(pk=ID)
    services.accept(one, one.specialist.user, at(TIME))
    return Consultation.objects.with_both().get(pk=ID)


def expected(name: str) -> bytes:
    return (EXPECTED / name).read_bytes()


def test_file__of_an_agreed_consultation__is_this() -> None:
    assert calendars.file_of(known(), Side.READER) == expected("reader.ics")


def test_file__for_the_specialist__names_nobody() -> None:
    found = calendars.file_of(known(name="Plantedname"), Side.SPECIALIST)
    assert found == expected("specialist.ics")
    assert b"lanted" not in found


def test_file__of_one_that_was_moved_and_cancelled__is_this(clock: time_machine.Traveller) -> None:
    one = known()
    services.propose(one, one.author, [at(LATER)])
    services.accept(one, one.specialist.user, at(LATER))
    clock.shift(timedelta(minutes=5))
    services.cancel(one, one.author)
    one.refresh_from_db()
    assert calendars.file_of(one, Side.READER) == expected("cancelled.ics")


def test_file__with_long_and_awkward_words__is_folded_and_escaped() -> None:
    """RFC 5545, 3.1 and 3.3.11: at most 75 bytes a line, and no letter parted; comma, semicolon, backslash, new line."""
    place = "Hofgasse 3, 2. Stock; Tür „links“ \\ bei Bäcker Kühn – " + "Ünterhändler" * 9
    mine = practice(specialist("Dr Åsa Öberg, MSc; Ph.D."), place=place, ways=["in_person"])
    found = calendars.file_of(known(of=mine, way="in_person"), Side.READER)
    assert found == expected("awkward.ics")
    lines = found.split(b"\r\n")
    assert (
        all(len(line) <= 75 for line in lines) and found.endswith(b"\r\n") and b"\n" not in found.replace(b"\r\n", b"")
    )
    for line in lines:
        line.decode()
    event = Calendar.from_ical(found).walk("VEVENT")[0]
    assert str(event["location"]) == place and str(event["summary"]) == "Respite: Dr Åsa Öberg, MSc; Ph.D."


def test_file__is_in_moments__so_no_clock_change_can_move_it() -> None:
    assert b"DTSTART:20261202T090000Z" in calendars.file_of(known(), Side.READER)


def test_feed__has_what_somebody_has_agreed_on__as_either_side() -> None:
    one = known()
    one.author = one.author
    other = consultation(LATER, reader=one.specialist.user)
    services.accept(other, other.specialist.user, at(LATER))
    consultation(LATER, reader=one.specialist.user)
    events = Calendar.from_ical(calendars.feed_of(one.specialist.user)).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [f"{ID}@respite", f"{other.pk}@respite"]
    assert [str(event["summary"]) for event in events] == ["Respite: first meeting", "Respite: Mara Lindholm"]


def test_feed__is_this__and_carries_no_note() -> None:
    one = known()
    found = calendars.feed_of(one.author)
    assert found == expected("feed.ics") and b"planted" not in found


def test_feed__tells_what_was_cancelled__and_forgets_what_is_long_past(clock: time_machine.Traveller) -> None:
    one = known()
    services.cancel(one, one.author)
    assert b"STATUS:CANCELLED" in calendars.feed_of(one.author)
    clock.move_to(NOW + timedelta(days=40))
    assert b"VEVENT" not in calendars.feed_of(one.author)


def test_feed__its_secret_is_long__kept_nowhere__and_ends_when_another_is_made() -> None:
    user = factories.reader()
    secret = calendars.make_feed(user)
    assert len(secret) >= 43 and secret not in str(CalendarFeed.objects.values().get())
    assert calendars.owner_of(secret) == user
    other = calendars.make_feed(user)
    assert calendars.owner_of(secret) is None and calendars.owner_of(other) == user
    calendars.end_feed(user)
    assert calendars.owner_of(other) is None


def test_feed__of_an_account_that_was_closed__is_nobody_s() -> None:
    user = factories.reader()
    secret = calendars.make_feed(user)
    user.is_active = False
    user.save()
    assert calendars.owner_of(secret) is None


def test_feed__is_found_by_its_secret_alone__with_no_session(client: Client) -> None:
    one = known()
    address = f"/own/calendar/{calendars.make_feed(one.author)}.ics"
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "no-referrer"
    assert b"BEGIN:VEVENT" in answer.content
    wrong = client.get("/own/calendar/" + "a" * 43 + ".ics")
    assert wrong.status_code == 404
    calendars.end_feed(one.author)
    assert client.get(address).status_code == 404
    assert client.get(address).content == client.get("/own/calendar/" + "a" * 43 + ".ics").content


def test_words__are_in_the_language_that_is_asked_for() -> None:
    with override("de"):
        assert "Half an hour" not in calendars.file_of(known(), Side.READER).decode()


def test_nothing_of_it__is_in_a_letter() -> None:
    one = known()
    calendars.make_feed(one.author)
    assert all("/calendar/" not in letter.body for letter in mail.outbox)
