"""What the clock does: each reminder once, ends by themselves, pauses that end, words that are forgotten."""

from collections import Counter
from datetime import timedelta
from io import StringIO
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from cms.consultations import services, sums, sweeping, telling
from cms.consultations.keeping import free_times
from cms.consultations.meetings import Consultation, Hold, State
from cms.consultations.practices import DailySum, Practice
from cms.specialists.models import Specialist
from tests.cms.consultations.stage import NOW, at, consultation, practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TIME = "2026-12-02 09:00"


def agreed(time: str = TIME, **fields: Any) -> Consultation:
    one = consultation(time, **fields)
    services.accept(one, one.specialist.user, at(time))
    mail.outbox.clear()
    return one


def subjects() -> Counter[str]:
    return Counter(letter.subject for letter in mail.outbox)


TOMORROW, TODAY = "A reminder of your time tomorrow", "A reminder of your time today"


def test_reminders__come_a_day_and_an_hour_before__to_both__once() -> None:
    one = agreed()
    moment = NOW
    sent: dict[str, list[Any]] = {TOMORROW: [], TODAY: []}
    while moment < at("2026-12-02 12:00"):
        mail.outbox.clear()
        sweeping.remind(moment)
        for letter in mail.outbox:
            sent[letter.subject].append((moment, letter.to[0]))
        moment += timedelta(minutes=1)
    both = {one.author.email, one.specialist.user.email}
    assert {to for _at, to in sent[TOMORROW]} == {to for _at, to in sent[TODAY]} == both
    assert {moment for moment, _to in sent[TOMORROW]} == {at("2026-12-01 09:00")}
    assert {moment for moment, _to in sent[TODAY]} == {at("2026-12-02 08:00")}
    assert len(sent[TOMORROW]) == len(sent[TODAY]) == 2


def test_reminder__after_a_scheduler_that_stood_still__comes_late_but_never_after() -> None:
    agreed()
    sweeping.remind(at("2026-12-01 20:00"))
    assert subjects() == {TOMORROW: 2}
    sweeping.remind(at("2026-12-02 08:59"))
    assert subjects() == {TOMORROW: 2, TODAY: 2}
    sweeping.remind(at("2026-12-02 09:00"))
    assert subjects() == {TOMORROW: 2, TODAY: 2}


def test_reminder__of_tomorrow__is_left_out_where_it_was_agreed_later_than_that(clock: time_machine.Traveller) -> None:
    one = consultation(of=practice(notice_hours=1))
    clock.move_to(at("2026-12-01 15:00"))
    services.accept(one, one.specialist.user, at(TIME))
    mail.outbox.clear()
    sweeping.remind(at("2026-12-01 15:01"))
    assert subjects() == {}
    sweeping.remind(at("2026-12-02 08:00"))
    assert subjects() == {TODAY: 2}


@pytest.mark.parametrize("state", [state for state in State if state != State.ACCEPTED])
def test_reminder__of_what_is_not_agreed__is_not_sent(state: State) -> None:
    one = agreed()
    Consultation.objects.filter(pk=one.pk).update(state=state)
    sweeping.remind(at("2026-12-02 08:30"))
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_reminder__of_eight_schedulers_at_once__is_sent_once() -> None:
    agreed()
    begin, sent = Barrier(8), []

    def work() -> None:
        begin.wait()
        sent.append(sweeping.remind(at("2026-12-02 08:30")))
        connections.close_all()

    threads = [Thread(target=work) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [0] * 7 + [2]


def test_request__ends_by_itself_when_all_its_times_are_past() -> None:
    one = consultation(TIME, "2026-12-03 09:00")
    mail.outbox.clear()
    assert sweeping.lapse(at("2026-12-03 08:59")) == 0
    assert sweeping.lapse(at("2026-12-03 09:00")) == 1
    assert sweeping.lapse(at("2026-12-03 09:01")) == 0
    one.refresh_from_db()
    assert one.state == State.LAPSED and not Hold.objects.exists()
    assert [letter.to for letter in mail.outbox] == [[one.author.email]]


def test_proposal__ends_by_itself_too() -> None:
    one = consultation()
    services.propose(one, one.specialist.user, [at("2026-12-03 09:00")])
    assert sweeping.lapse(at("2026-12-02 10:00")) == 0 and sweeping.lapse(at("2026-12-03 09:00")) == 1


def test_meeting__of_which_nobody_said_how_it_went__is_not_counted_as_held() -> None:
    one = agreed()
    assert sweeping.lapse(at("2026-12-16 08:59")) == 0
    assert sweeping.lapse(at("2026-12-16 09:00")) == 1
    one.refresh_from_db()
    assert one.state == State.LAPSED and mail.outbox == []
    assert sum(DailySum.objects.values_list("held", flat=True)) == 0


def test_words__are_forgotten_three_months_after_the_end__and_the_rest_after_a_year() -> None:
    one = consultation()
    services.cancel(one, one.author)
    sweeping.forget(NOW + timedelta(days=89))
    one.refresh_from_db()
    assert one.note
    assert sweeping.forget(NOW + timedelta(days=90)) == 1
    one.refresh_from_db()
    assert (one.note, one.name) == ("", "")
    assert sweeping.forget(NOW + timedelta(days=91)) == 0
    sweeping.forget(NOW + timedelta(days=400))
    assert not Consultation.objects.exists()


def test_that_two_have_met__is_kept_where_there_is_one_meeting_of_two(clock: time_machine.Traveller) -> None:
    one = agreed()
    clock.move_to(at("2026-12-02 09:30"))
    services.mark_held(one, one.specialist.user)
    sweeping.forget(NOW + timedelta(days=3000))
    one.refresh_from_db()
    assert one.state == State.HELD and one.note == ""


def test_pause__ends_by_itself__and_readers_are_told() -> None:
    found = practice(is_paused=True, paused_until="2026-12-02")
    found.refresh_from_db()
    telling.tell(found.pk)
    with time_machine.travel(at("2026-12-01 23:59"), tick=False):
        telling.tell_all()
    assert not Specialist.objects.get(pk=found.specialist_id).offers_consultation
    with time_machine.travel(at("2026-12-02 00:00"), tick=False):
        assert telling.tell_all() == 1
    assert Specialist.objects.get(pk=found.specialist_id).offers_consultation
    assert Practice.objects.get().told


def test_told_times__are_at_most_sixty__and_change_with_time_only_a_few_times_a_day() -> None:
    found = practice(horizon_days=84)
    telling.tell(found.pk)
    found.refresh_from_db()
    assert len(found.told) == 60 and found.told[0] == "2026-12-01T09:00:00+00:00"
    changes = 0
    for minute in range(0, 24 * 60, 10):
        moment = NOW + timedelta(minutes=minute)
        with time_machine.travel(moment, tick=False):
            changes += telling.tell_all(timezone.now())
    assert 1 <= changes <= 4


@pytest.mark.django_db(transaction=True)
def test_told_times__follow_at_once_what_is_taken_and_what_comes_free() -> None:
    found = practice()
    telling.tell(found.pk)
    one = consultation(of=found)
    assert at(TIME).isoformat() not in Practice.objects.get().told
    services.cancel(one, one.author)
    assert at(TIME).isoformat() in Practice.objects.get().told


def test_sums__are_of_days__and_forgotten_after_a_year() -> None:
    found = practice()
    sums.count(found.specialist, "requests")
    sums.add(found.specialist_id, (NOW - timedelta(days=29)).date(), "seen", 7)
    sums.add(found.specialist_id, (NOW - timedelta(days=30)).date(), "seen", 100)
    sums.add_seen([(found.specialist.public_id, NOW.date(), 2), (found.specialist.public_id, NOW.date(), 3)])
    told = sums.totals(found.specialist)
    assert (told["seen"], told["requests"], told["held"]) == (12, 1, 0)
    with time_machine.travel(NOW + timedelta(days=401), tick=False):
        assert sums.forget_old() == 3


def test_command__does_all_of_it() -> None:
    agreed()
    out = StringIO()
    with time_machine.travel(at("2026-12-02 08:30"), tick=False):
        call_command("consultations", "sweep", stdout=out, verbosity=1)
    assert "2 reminders" in out.getvalue()
    assert subjects() == {TODAY: 2}


def test_command__is_what_the_scheduler_does_each_minute() -> None:
    from config.management.commands.scheduler import DUE

    assert ("consultations", "sweep") in DUE


def test_free_times__of_a_practice_that_pauses__are_none() -> None:
    assert free_times(practice(is_paused=True)) == []
