"""What either side takes along, and what stays with the other when one of them goes."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.core import mail

from cms.consultations import calendars, services
from cms.consultations.meetings import Consultation, Hold, State
from cms.consultations.practices import DailySum
from cms.people.rights import holdings
from cms.people.services import erase
from tests import factories
from tests.cms.consultations.stage import at, consultation, practice, specialist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TIME = "2026-12-02 09:00"


def collected(user: Any) -> dict[str, Any]:
    """Give what an export has of somebody, as JSON holds it."""
    told: dict[str, Any] = json.loads(json.dumps({one.name: one.collect(user) for one in holdings()}))
    return told


def everything() -> str:
    """Give every row of every table as the code reads it, with what is sealed opened."""
    rows = [row for model in apps.get_models() for row in model._default_manager.all().values()]
    return json.dumps(rows, default=str)


def test_export__has_what_a_reader_asked_for__and_with_whom() -> None:
    one = consultation(note="planted words", name="Plantedname", time_zone="Asia/Kolkata")
    calendars.make_feed(one.author)
    told = collected(one.author)
    [mine] = told["consultations"]
    assert (mine["you_are"], mine["with"], mine["note"]) == ("reader", "Mara Lindholm", "planted words")
    assert (mine["state"], mine["time_zone"], mine["fees_told"]["amount"]) == ("requested", "Asia/Kolkata", "70.00")
    assert told["calendar_feed"]["made_at"] and told["practice"] is None


def test_export__has_a_specialist_s_times_and_sums__and_what_they_were_asked() -> None:
    one = consultation(note="planted words", name="Plantedname")
    told = collected(one.specialist.user)
    assert told["practice"]["weekly"] and told["practice"]["sums"][0]["requests"] == 1
    assert told["consultations"][0]["with"] == "Plantedname"
    assert one.author.email not in json.dumps(told)


def test_reader_who_goes__leaves_the_specialist_nothing_but_sums() -> None:
    one = consultation(note="plantedwords", name="Plantedname")
    other = one.specialist.user
    services.accept(one, other, at(TIME))
    calendars.make_feed(one.author)
    mail.outbox.clear()
    email = one.author.email
    erase(one.author)
    assert not Consultation.objects.exists() and not Hold.objects.exists()
    assert [letter.to for letter in mail.outbox] == [[other.email]]
    assert "You do not meet" in mail.outbox[0].body
    found = everything()
    assert "lantedwords" not in found and "Plantedname" not in found and email not in found
    assert DailySum.objects.get().requests == 1


def test_specialist_who_goes__leaves_the_reader_their_own_words_and_times() -> None:
    one = consultation(of=practice(specialist("Plantedname Person")), note="my own words")
    mail.outbox.clear()
    erase(one.specialist.user)
    one.refresh_from_db()
    assert (one.state, one.specialist, one.note) == (State.CANCELLED, None, "my own words")
    assert [letter.to for letter in mail.outbox] == [[one.author.email]]
    told = collected(one.author)["consultations"][0]
    assert told["with"] is None and "Plantedname" not in json.dumps(told)
    assert services.possible(one, one.side_of(one.author)) == set()  # type: ignore[arg-type]


def test_profile_that_is_deleted__without_the_account__tells_readers_too() -> None:
    from cms.specialists.services import delete_profile

    one = consultation()
    mail.outbox.clear()
    delete_profile(one.specialist.user)
    one.refresh_from_db()
    assert one.state == State.CANCELLED and one.specialist is None
    assert [letter.to for letter in mail.outbox] == [[one.author.email]]


def test_reader_who_goes__with_nothing_open__tells_nobody() -> None:
    one = consultation()
    services.cancel(one, one.author)
    mail.outbox.clear()
    erase(one.author)
    assert mail.outbox == [] and not factories.User.objects.filter(pk=one.author.pk).exists()
