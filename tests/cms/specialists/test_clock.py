"""What time does to profiles: warnings, the end of a verification, and of what was handed in."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from api.library.models import Entry, Kind
from cms.people.models import User
from cms.specialists import clock, files, moderation, services
from cms.specialists.choices import State
from cms.specialists.models import Specialist, Standing, Step
from tests import factories
from tests.cms.specialists.conftest import pdf_file, written

pytestmark = pytest.mark.django_db

END = date(2026, 12, 31)
NOON = datetime(2026, 12, 31, 12, tzinfo=UTC)


@pytest.fixture
def ending() -> Specialist:
    """A profile that is verified until the last day of 2026."""
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False):
        return factories.specialist("Mara Quint", verified_until=END)


def swept(moment: datetime, capture: DjangoCaptureOnCommitCallbacks) -> list[str]:
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False), capture(execute=True):
        clock.sweep()
    return [one.subject for one in mail.outbox]


def test_warnings__are_sent_thirty_and_seven_days_before_once_each(
    ending: Specialist, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sent = {
        days: len(swept(NOON - timedelta(days=days), django_capture_on_commit_callbacks))
        for days in (40, 31, 30, 29, 15, 8, 7, 6, 1, 0)
    }
    assert sent == {40: 0, 31: 0, 30: 1, 29: 0, 15: 0, 8: 0, 7: 1, 6: 0, 1: 0, 0: 0}
    assert ending.steps.filter(action=Step.Action.WARNED).count() == 2


def test_scheduler_that_was_down__warns_once_and_not_twice(
    ending: Specialist, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert len(swept(NOON - timedelta(days=3), django_capture_on_commit_callbacks)) == 1
    assert len(swept(NOON - timedelta(days=2), django_capture_on_commit_callbacks)) == 0


def test_letter__says_until_when_and_where_to_go(
    ending: Specialist, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    Specialist.objects.update(letters_in="de")
    swept(NOON - timedelta(days=30), django_capture_on_commit_callbacks)
    assert "31. Dezember 2026" in mail.outbox[0].body
    assert "/own/specialist/" in mail.outbox[0].body


def test_end__hides_it_at_midnight_also_before_anybody_sweeps(ending: Specialist, client: Client) -> None:
    with time_machine.travel(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), tick=False):
        assert client.get("/specialists/mara-quint/").status_code == 200
        assert "Mara Quint" in client.get("/specialists/").content.decode()
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False):
        assert client.get("/specialists/mara-quint/").status_code == 410
        assert "Mara Quint" not in client.get("/specialists/").content.decode()
        assert client.get("/api/v1/specialists/").json()["results"] == []
        assert client.get("/api/v1/specialists/mara-quint/").status_code == 410


def test_end__takes_it_down_by_itself_and_says_so(
    ending: Specialist, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert swept(NOON, django_capture_on_commit_callbacks) == ["Your verification on Respite ends soon"]
    told = swept(NOON + timedelta(days=1), django_capture_on_commit_callbacks)
    assert told == ["Your verification on Respite has ended"]
    again = Specialist.objects.get(pk=ending.pk)
    assert (again.state, again.live) == (State.EXPIRED, False)
    assert not Entry.objects.existing().filter(kind=Kind.SPECIALIST).exists()
    assert swept(NOON + timedelta(days=2), django_capture_on_commit_callbacks) == []


def test_renewal__may_be_asked_for_before_the_end_and_starts_the_warnings_anew(ending: Specialist) -> None:
    with time_machine.travel(NOON - timedelta(days=20), tick=False):
        from cms.specialists import evidence

        clock.sweep()
        evidence.hand_in(ending.user, "registration", pdf_file())
        services.submit(ending.user)
        moderation.verify(ending.pk, factories.safety_moderator(), "Again.", date(2027, 12, 31))
    again = Specialist.objects.get(pk=ending.pk)
    assert (again.warned, again.verified_until, again.live) == (0, date(2027, 12, 31), True)


def test_what_waits_when_the_time_is_over__goes_on_waiting(
    ending: Specialist, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with time_machine.travel(NOON - timedelta(days=200), tick=False):
        services.save_draft(ending.user, written(name=ending.name, **kept_claims(ending)))
        services.submit(ending.user)
    swept(NOON + timedelta(days=1), django_capture_on_commit_callbacks)
    again = Specialist.objects.get(pk=ending.pk)
    assert (again.state, again.changes, again.live) == (State.SUBMITTED, "", False)


def kept_claims(specialist: Specialist) -> dict[str, str]:
    return {
        name: getattr(specialist, name)
        for name in ("professional_title", "registration_body", "registration_number", "registration_country")
    }


@pytest.mark.parametrize(
    ("state", "days", "is_kept"),
    [
        ("submitted", 400, True),
        ("verified", 29, True),
        ("verified", 30, False),
        ("returned", 89, True),
        ("returned", 90, False),
        ("draft", 90, False),
        ("expired", 90, False),
        ("suspended", 179, True),
        ("suspended", 180, False),
    ],
)
def test_evidence__is_deleted_when_nobody_needs_it(
    user: User,
    complete: Specialist,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    state: str,
    days: int,
    is_kept: bool,
) -> None:
    found = complete.evidence.get()
    Specialist.objects.update(
        state=state, verified_at=found.added_at, verified_until=found.added_at.date() + timedelta(days=500)
    )
    with django_capture_on_commit_callbacks(execute=True):
        clock.forget_evidence(found.added_at + timedelta(days=days))
    assert complete.evidence.exists() is is_kept
    assert files.storage().exists(files.name_of(found.pk)) is is_kept


def test_file_of_nobody__is_deleted_after_a_day(complete: Specialist) -> None:
    found = complete.evidence.get()
    found.delete()
    now = datetime.now(UTC)
    assert files.throw_orphans_away(now) == 0
    assert files.throw_orphans_away(now + timedelta(days=1, hours=1)) >= 1
    assert not files.storage().exists(files.name_of(found.pk))


def test_who_stood_first__is_written_down_each_day_and_when_it_changes() -> None:
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False) as clock_:
        factories.campaign(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 20), cap=1)
        first = factories.specialist(offers_consultation=True)
        factories.specialist(offers_consultation=False)
        call_command("specialists", "sweep")
        call_command("specialists", "sweep")
        assert [one.first for one in Standing.objects.all()] == [[str(first.public_id)]]
        clock_.move_to(datetime(2026, 12, 2, 9, tzinfo=UTC))
        call_command("specialists", "sweep")
        assert Standing.objects.count() == 2
        factories.specialist(offers_consultation=True)
        call_command("specialists", "sweep")
        assert Standing.objects.first().eligible == 2
        clock_.move_to(datetime(2026, 12, 21, 9, tzinfo=UTC))
        call_command("specialists", "sweep")
        assert Standing.objects.count() == 3
