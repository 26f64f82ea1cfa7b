"""The daily letter: one a person and day, of what has happened since, and none of nothing."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from cms.notifications.kinds import Kind
from cms.notifications.models import How, Notice, Preferences
from cms.notifications.preferences import choose
from cms.notifications.services import forget_old, notify, seen, send_digest, send_digests
from cms.people.models import User
from tests import factories

MORNING = datetime(2026, 3, 28, 6, 5, tzinfo=UTC)
WAY = "/own/messages/one/"


@pytest.fixture
def gatherer(reader: User) -> User:
    """Give somebody who wants messages and answers once a day."""
    for kind in (Kind.MESSAGE, Kind.QUESTION):
        choose(reader, kind, How.DIGEST)
    return reader


def at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        call_command("notifications", "sweep")


def test_news__waits_for_the_morning_and_comes_in_one_letter(gatherer: User) -> None:
    with time_machine.travel(MORNING - timedelta(hours=10), tick=False):
        notify(gatherer, Kind.MESSAGE, WAY)
        notify(gatherer, Kind.MESSAGE, "/own/messages/two/")
        notify(gatherer, Kind.QUESTION, "/own/questions/")
        assert mail.outbox == []
    at(MORNING - timedelta(minutes=10))
    assert mail.outbox == []
    at(MORNING)
    (letter,) = mail.outbox
    assert letter.subject == "What is new for you on Respite"
    assert "Messages to you (2):\nhttp://127.0.0.1:8000/own/messages/\n" in letter.body
    assert "Your questions, and answers to them:\nhttp://127.0.0.1:8000/own/questions/" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not Notice.objects.exists()


def test_second_look_on_one_day__sends_nothing_also_where_there_is_news(gatherer: User) -> None:
    notify(gatherer, Kind.MESSAGE, WAY)
    at(MORNING)
    notify(gatherer, Kind.MESSAGE, WAY)
    for hours in (0, 1, 17):
        at(MORNING + timedelta(hours=hours))
    assert len(mail.outbox) == 1
    at(MORNING + timedelta(days=1))
    assert len(mail.outbox) == 2


def test_somebody_who_was_found_before_another_sent_it__sends_none(gatherer: User) -> None:
    notify(gatherer, Kind.MESSAGE, WAY)
    assert send_digest(gatherer, MORNING)
    notify(gatherer, Kind.MESSAGE, WAY)
    assert not send_digest(gatherer, MORNING + timedelta(seconds=1))
    assert len(mail.outbox) == 1
    assert Notice.objects.count() == 1, "it waits for tomorrow"


def test_nothing_new__is_no_letter(gatherer: User) -> None:
    at(MORNING)
    assert mail.outbox == []
    assert not Preferences.objects.filter(digest_on__isnull=False).exists()


def test_missed_morning__is_made_up_for_once(gatherer: User) -> None:
    notify(gatherer, Kind.MESSAGE, WAY)
    at(MORNING + timedelta(days=3, hours=12))
    at(MORNING + timedelta(days=3, hours=12, minutes=1))
    assert len(mail.outbox) == 1


def test_what_was_read_meanwhile__is_not_told(gatherer: User) -> None:
    notify(gatherer, Kind.MESSAGE, WAY)
    seen(gatherer, WAY)
    at(MORNING)
    assert mail.outbox == []


def test_same_thing_twice__is_told_once(gatherer: User) -> None:
    for _ in range(2):
        notify(gatherer, Kind.MESSAGE, WAY)
    at(MORNING)
    assert f"Messages to you:\nhttp://127.0.0.1:8000{WAY}" in mail.outbox[0].body


def test_choosing_otherwise__forgets_what_waited(gatherer: User) -> None:
    notify(gatherer, Kind.MESSAGE, WAY)
    choose(gatherer, Kind.MESSAGE, How.NEVER)
    at(MORNING)
    assert mail.outbox == []


def test_others__have_their_own(gatherer: User) -> None:
    other = factories.reader()
    choose(other, Kind.MESSAGE, How.DIGEST)
    notify(gatherer, Kind.MESSAGE, WAY)
    notify(other, Kind.MESSAGE, "/own/messages/other/")
    at(MORNING)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([gatherer.email, other.email])
    for letter in mail.outbox:
        assert ("other" in letter.body.split("-- ")[0]) == (letter.to == [other.email])


def test_closed_account__has_none_and_its_news_goes(gatherer: User) -> None:
    notify(gatherer, Kind.MESSAGE, WAY)
    User.objects.filter(pk=gatherer.pk).update(is_active=False)
    at(MORNING)
    assert mail.outbox == []
    Notice.objects.update(at=MORNING - timedelta(days=40))
    with time_machine.travel(MORNING, tick=False):
        assert forget_old() == 1


def test_letter_that_cannot_be_written__takes_nothing_away(gatherer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    notify(gatherer, Kind.MESSAGE, WAY)

    def fail(*arguments: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr("cms.notifications.services.post", fail)
    with pytest.raises(RuntimeError):
        send_digests(MORNING)
    assert Notice.objects.count() == 1
    monkeypatch.undo()
    assert send_digests(MORNING) == 1


def test_digest_and_its_place_in_the_queue__commit_together(gatherer: User, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = "cms.review.mail.AfterCommitBackend"
    notify(gatherer, Kind.MESSAGE, WAY)

    class Killed(BaseException):
        """The process ends before its commit."""

    def send_and_be_killed() -> None:
        with transaction.atomic():
            assert send_digests(MORNING) == 1
            assert DBTaskResult.objects.count() == 1
            raise Killed

    with pytest.raises(Killed):
        send_and_be_killed()
    assert not DBTaskResult.objects.exists()
    assert Notice.objects.count() == 1
    assert send_digests(MORNING) == 1
    (waiting,) = DBTaskResult.objects.all()
    assert waiting.args_kwargs["args"][0]["recipients"] == [gatherer.email]
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_eight_at_once__send_one_letter() -> None:
    user = factories.reader()
    choose(user, Kind.MESSAGE, How.DIGEST)
    notify(user, Kind.MESSAGE, WAY)
    sent: list[int] = []
    ready = threading.Barrier(8)

    def send() -> None:
        try:
            ready.wait()
            sent.append(send_digests(MORNING))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(sent), sum(sent), len(mail.outbox)) == (8, 1, 1), connection.vendor
