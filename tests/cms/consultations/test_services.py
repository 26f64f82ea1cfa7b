"""What may be done with a consultation: every act, by whoever might try, in every state."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cms.consultations import services
from cms.consultations.keeping import free_times
from cms.consultations.meetings import OPEN, Consultation, Hold, Side, State
from cms.consultations.practices import DailySum, Practice
from cms.consultations.refusals import (
    AskedBefore,
    Begun,
    Changed,
    NotBegun,
    NotOffered,
    NotYours,
    Past,
    TimeTaken,
    TooMany,
)
from cms.people.models import User
from cms.people.writing import KeyReused
from cms.specialists.models import Specialist
from tests import factories
from tests.cms.consultations.stage import NOW, asked, at, consultation, practice, specialist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

FIRST, SECOND, THIRD = "2026-12-02 09:00", "2026-12-02 10:00", "2026-12-03 09:30"


def who(one: Consultation, role: str) -> User:
    """Give the account of one of the two, or of somebody else."""
    if role == "reader":
        return one.author
    return one.specialist.user if role == "specialist" else factories.reader()


# ---- Asking ----------------------------------------------------------------------------------


def test_ask__keeps_every_time_for_the_reader_until_there_is_an_answer() -> None:
    found = practice()
    one = consultation(FIRST, SECOND, THIRD, of=found)
    assert one.state == State.REQUESTED and one.proposed == [at(FIRST), at(SECOND), at(THIRD)]
    assert Hold.objects.filter(consultation=one).count() == 6
    assert set(one.proposed).isdisjoint(free_times(found))


def test_ask__what_is_taken_is_refused__with_others_that_are_free() -> None:
    found = practice()
    consultation(FIRST, of=found)
    with pytest.raises(TimeTaken) as refused:
        services.ask(factories.reader(), found.specialist, asked(FIRST, SECOND))
    assert refused.value.taken == [at(FIRST)]
    assert refused.value.others[0] == at("2026-12-01 09:00") and at(FIRST) not in refused.value.others
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize(
    "time", ["2026-12-02 12:00", "2026-12-02 09:15", "2026-12-04 09:00", "2026-11-30 09:00", "2027-02-02 09:00"]
)
def test_ask__what_was_never_offered_is_refused(time: str) -> None:
    with pytest.raises(TimeTaken):
        consultation(time)


@pytest.mark.parametrize(
    "fields",
    [
        {"is_open": False},
        {"ways": []},
        {"is_paused": True},
        {"is_paused": True, "paused_until": (NOW + timedelta(days=1)).date()},
    ],
)
def test_ask__where_nothing_is_offered__nothing_is_made(fields: dict[str, Any]) -> None:
    with pytest.raises(NotOffered):
        consultation(of=practice(**fields))
    assert not Consultation.objects.exists()


def test_ask__after_a_pause_has_ended_by_itself() -> None:
    consultation(of=practice(is_paused=True, paused_until=NOW.date()))


def test_ask__a_specialist_whom_readers_do_not_see() -> None:
    hidden = practice()
    Specialist.objects.filter(pk=hidden.specialist_id).update(state="suspended")
    with pytest.raises(NotOffered):
        consultation(of=hidden)


def test_ask__a_specialist_without_a_practice() -> None:
    with pytest.raises(NotOffered):
        services.ask(factories.reader(), specialist(), asked())


def test_ask__a_way_that_is_not_offered() -> None:
    with pytest.raises(Changed):
        consultation(way="in_person")


def test_ask__oneself() -> None:
    found = practice()
    with pytest.raises(PermissionDenied):
        services.ask(found.specialist.user, found.specialist, asked())


def test_ask__twice__is_refused_while_the_first_is_open() -> None:
    one = consultation()
    with pytest.raises(AskedBefore):
        consultation(SECOND, of=one.specialist.practice, reader=one.author)


@pytest.mark.parametrize("state", [State.DECLINED, State.CANCELLED, State.LAPSED, State.MISSED])
def test_ask__again_after_one_that_did_not_take_place(state: State) -> None:
    one = consultation()
    Consultation.objects.filter(pk=one.pk).update(state=state, starts_at=at(FIRST))
    Hold.objects.all().delete()
    consultation(SECOND, of=one.specialist.practice, reader=one.author)


@pytest.mark.parametrize("more_than_once", [True, False])
def test_ask__again_after_one_that_was_held__only_where_the_specialist_allows_it(more_than_once: bool) -> None:
    found = practice(more_than_once=more_than_once)
    one = consultation(of=found)
    Consultation.objects.filter(pk=one.pk).update(state=State.HELD, starts_at=at(FIRST))
    Hold.objects.all().delete()
    if more_than_once:
        consultation(SECOND, of=found, reader=one.author)
    else:
        with pytest.raises(AskedBefore):
            consultation(SECOND, of=found, reader=one.author)


@pytest.mark.parametrize(
    ("before", "once", "is_refused"),
    [
        (State.REQUESTED, True, True),
        (State.PROPOSED, False, True),
        (State.ACCEPTED, False, True),
        (State.HELD, True, True),
        (State.HELD, False, False),
        (State.CANCELLED, True, False),
        (State.MISSED, True, False),
    ],
)
def test_the_database_itself__holds_two_people_to_one_consultation(before: State, once: bool, is_refused: bool) -> None:
    one = consultation()
    Consultation.objects.filter(pk=one.pk).update(state=before, once=once, starts_at=at(FIRST))
    other = Consultation(
        author=one.author,
        specialist=one.specialist,
        way="video",
        last_at=at(SECOND),
        once=once,
        idempotency_key=uuid4(),
    )
    if not is_refused:
        other.save()
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_the_database_itself__keeps_a_quarter_of_an_hour_once() -> None:
    one = consultation(FIRST)
    other = consultation(SECOND, of=one.specialist.practice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(practice=one.specialist.practice, consultation=other, quarter=at("2026-12-02 09:15"))


def test_ask__five_specialists_wait__a_sixth_has_to_wait_too() -> None:
    reader = factories.reader()
    for _number in range(services.MOST_WAITING):
        consultation(reader=reader)
    with pytest.raises(TooMany):
        consultation(reader=reader)


def test_ask__a_full_week__has_no_more_times() -> None:
    found = practice(capacity=1)
    consultation("2026-12-01 09:00", of=found)
    with pytest.raises(TimeTaken) as refused:
        consultation(FIRST, of=found)
    assert refused.value.others[0] == at("2026-12-08 09:00")


def test_ask__the_same_key_and_content__is_made_once() -> None:
    found, reader, key = practice(), factories.reader(), uuid4()
    first, made = services.ask(reader, found.specialist, asked(), key)
    again, made_again = services.ask(reader, found.specialist, asked(), key)
    assert (made, made_again, first.pk) == (True, False, again.pk)
    assert len(mail.outbox) == 1


def test_ask__the_same_key_for_something_else__is_refused() -> None:
    found, reader, key = practice(), factories.reader(), uuid4()
    services.ask(reader, found.specialist, asked(), key)
    with pytest.raises(KeyReused):
        services.ask(reader, found.specialist, asked(note="another"), key)


def test_ask__what_a_session_costs_afterwards_is_kept_as_it_was_said() -> None:
    one = consultation()
    one.specialist.fee_amount = 200
    one.specialist.save()
    one.refresh_from_db()
    assert (one.fees["amount"], one.fees["currency"], one.fees["minutes"]) == ("70.00", "GBP", 50)


def test_ask__note_and_name_lie_sealed_in_the_database() -> None:
    from django.db import connection

    consultation(name="Plantedname")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, note FROM consultations_consultation")
        stored = str(cursor.fetchone())
    assert "Plantedname" not in stored and "planted" not in stored


def test_ask__is_counted_without_knowing_who() -> None:
    found = practice()
    consultation(of=found)
    consultation(SECOND, of=found)
    assert DailySum.objects.get().as_told() == {"day": "2026-11-30", "seen": 0, "requests": 2, "held": 0}
    assert {field.name for field in DailySum._meta.get_fields()} == {
        "id", "specialist", "day", "seen", "requests", "held",
    }  # fmt: skip


# ---- Every act, by everybody, in every state -------------------------------------------------

ACTS: dict[str, Callable[[Consultation, User], Any]] = {
    "accept": lambda one, user: services.accept(one, user, at(FIRST)),
    "decline": services.decline,
    "propose": lambda one, user: services.propose(one, user, [at(THIRD)]),
    "cancel": services.cancel,
    "held": services.mark_held,
    "missed": services.mark_missed,
}
# What is there before: requested by the reader, proposed by the specialist; agreed and to come, being moved by one of
# the two, or begun; and every end.
SITUATIONS = (
    "requested", "proposed", "accepted", "moving-reader", "moving-specialist", "begun",
    "declined", "cancelled", "held", "missed", "lapsed",
)  # fmt: skip
# What follows where something does: the state afterwards. Everything else is refused.
FOLLOWS = {
    ("requested", "specialist", "accept"): "accepted",
    ("requested", "specialist", "decline"): "declined",
    ("requested", "specialist", "propose"): "proposed",
    ("requested", "specialist", "cancel"): "cancelled",
    ("requested", "reader", "propose"): "requested",
    ("requested", "reader", "cancel"): "cancelled",
    ("proposed", "reader", "accept"): "accepted",
    ("proposed", "reader", "decline"): "declined",
    ("proposed", "reader", "propose"): "requested",
    ("proposed", "reader", "cancel"): "cancelled",
    ("proposed", "specialist", "propose"): "proposed",
    ("proposed", "specialist", "cancel"): "cancelled",
    ("accepted", "reader", "propose"): "accepted",
    ("accepted", "reader", "cancel"): "cancelled",
    ("accepted", "specialist", "propose"): "accepted",
    ("accepted", "specialist", "cancel"): "cancelled",
    # The same again is no second time.
    ("accepted", "reader", "accept"): "accepted",
    ("accepted", "specialist", "accept"): "accepted",
    ("moving-reader", "specialist", "accept"): "accepted",
    ("moving-reader", "specialist", "decline"): "accepted",
    ("moving-reader", "specialist", "propose"): "accepted",
    ("moving-reader", "specialist", "cancel"): "cancelled",
    ("moving-reader", "reader", "propose"): "accepted",
    ("moving-reader", "reader", "cancel"): "cancelled",
    ("moving-specialist", "reader", "accept"): "accepted",
    ("moving-specialist", "reader", "decline"): "accepted",
    ("moving-specialist", "reader", "propose"): "accepted",
    ("moving-specialist", "reader", "cancel"): "cancelled",
    ("moving-specialist", "specialist", "propose"): "accepted",
    ("moving-specialist", "specialist", "cancel"): "cancelled",
    ("begun", "specialist", "held"): "held",
    ("begun", "specialist", "missed"): "missed",
    ("begun", "reader", "missed"): "missed",
    ("begun", "reader", "accept"): "accepted",
    ("begun", "specialist", "accept"): "accepted",
    ("declined", "specialist", "decline"): "declined",
    ("cancelled", "reader", "cancel"): "cancelled",
    ("held", "specialist", "held"): "held",
    ("missed", "specialist", "missed"): "missed",
    ("missed", "reader", "missed"): "missed",
}


def situated(situation: str, clock: time_machine.Traveller) -> Consultation:
    """Bring a consultation into a situation, by what is done in life."""
    one = consultation(FIRST, SECOND)
    reader, other = one.author, one.specialist.user
    match situation:
        case "proposed":
            services.propose(one, other, [at(FIRST), at(SECOND)])
        case "declined":
            services.decline(one, other)
        case "cancelled":
            services.cancel(one, reader)
        case "lapsed":
            Consultation.objects.filter(pk=one.pk).update(state=State.LAPSED)
            Hold.objects.all().delete()
        case "accepted" | "begun" | "held" | "missed":
            services.accept(one, other, at(FIRST))
        case "moving-reader" | "moving-specialist":
            services.accept(one, other, at(SECOND))
            services.propose(one, reader if situation == "moving-reader" else other, [at(FIRST)])
    if situation in ("begun", "held", "missed"):
        clock.move_to(at("2026-12-02 09:40"))
    if situation == "held":
        services.mark_held(one, other)
    if situation == "missed":
        services.mark_missed(one, other)
    mail.outbox.clear()
    return Consultation.objects.with_both().get(pk=one.pk)


@pytest.mark.parametrize(("situation", "role", "act"), list(product(SITUATIONS, ("reader", "specialist"), ACTS)))
def test_act__by_one_of_the_two__in_a_situation(
    situation: str, role: str, act: str, clock: time_machine.Traveller
) -> None:
    one = situated(situation, clock)
    before = Consultation.objects.filter(pk=one.pk).values().get()
    expected = FOLLOWS.get((situation, role, act))
    side = Side(role)
    is_again = one.state == expected and act != "propose" and (act, situation[:6]) not in {
        ("accept", "moving"), ("decline", "moving"),
    }  # fmt: skip
    assert (act in services.possible(one, side)) == (expected is not None and not is_again)
    if expected is None:
        with pytest.raises((Changed, Begun, NotBegun, Past, TimeTaken, NotYours)):
            ACTS[act](one, who(one, role))
        assert Consultation.objects.filter(pk=one.pk).values().get() == before
        assert mail.outbox == []
    else:
        ACTS[act](one, who(one, role))
        one.refresh_from_db()
        assert one.state == expected
    kept = set(Hold.objects.filter(consultation=one).values_list("quarter", flat=True))
    wanted = {moment + timedelta(minutes=15 * number) for moment in one.moments for number in (0, 1)}
    assert kept == (wanted if one.state in OPEN else set())


@pytest.mark.parametrize(("situation", "act"), list(product(SITUATIONS, ACTS)))
def test_act__by_anybody_else__finds_nothing(situation: str, act: str, clock: time_machine.Traveller) -> None:
    one = situated(situation, clock)
    with pytest.raises(Consultation.DoesNotExist):
        ACTS[act](one, factories.reader())


@pytest.mark.parametrize(("situation", "role", "act"), list(FOLLOWS))
def test_act__done_twice__is_done_once(situation: str, role: str, act: str, clock: time_machine.Traveller) -> None:
    one = situated(situation, clock)
    user = who(one, role)
    ACTS[act](one, user)
    letters, after = len(mail.outbox), Consultation.objects.filter(pk=one.pk).values().get()
    if act == "decline" and situation.startswith("moving"):
        # What is agreed stands, so there is nothing more to say no to.
        with pytest.raises(Changed):
            ACTS[act](one, user)
    else:
        ACTS[act](one, user)
    assert len(mail.outbox) == letters
    assert Consultation.objects.filter(pk=one.pk).values().get() == after


def test_accept__frees_the_other_times() -> None:
    one = consultation(FIRST, SECOND)
    services.accept(one, one.specialist.user, at(SECOND))
    free = free_times(one.specialist.practice)
    assert at(FIRST) in free and at(SECOND) not in free


def test_accept__a_time_that_was_not_named() -> None:
    one = consultation(FIRST)
    with pytest.raises(Changed):
        services.accept(one, one.specialist.user, at(SECOND))


def test_accept__a_time_that_has_passed(clock: time_machine.Traveller) -> None:
    one = consultation(FIRST, THIRD)
    clock.move_to(at("2026-12-02 09:01"))
    with pytest.raises(Past):
        services.accept(one, one.specialist.user, at(FIRST))
    services.accept(one, one.specialist.user, at(THIRD))


def test_propose__by_the_specialist__may_be_at_any_time_to_come_that_is_free() -> None:
    one = consultation(FIRST)
    services.propose(one, one.specialist.user, [at("2026-12-05 18:45")])
    one.refresh_from_db()
    assert one.state == State.PROPOSED and one.proposed == [at("2026-12-05 18:45")]


def test_propose__what_is_kept_for_somebody_else() -> None:
    other = consultation(SECOND)
    one = consultation(FIRST, of=other.specialist.practice)
    with pytest.raises(TimeTaken) as refused:
        services.propose(one, one.specialist.user, [at(THIRD), at("2026-12-02 10:15")])
    assert refused.value.taken == [at("2026-12-02 10:15")]
    one.refresh_from_db()
    assert one.proposed == [at(FIRST)] and Hold.objects.filter(consultation=one).count() == 2


def test_propose__by_the_reader__only_what_is_offered() -> None:
    one = consultation(FIRST)
    with pytest.raises(TimeTaken):
        services.propose(one, one.author, [at("2026-12-05 18:45")])


def test_moving__the_agreed_time_stands_until_another_is_agreed() -> None:
    one = consultation(FIRST)
    services.accept(one, one.specialist.user, at(FIRST))
    services.propose(one, one.author, [at(SECOND), at(THIRD)])
    one.refresh_from_db()
    assert one.state == State.ACCEPTED and one.starts_at == at(FIRST) and one.is_moving
    assert Hold.objects.filter(consultation=one).count() == 6
    services.accept(one, one.specialist.user, at(THIRD))
    one.refresh_from_db()
    assert (one.starts_at, one.is_moving, one.sequence) == (at(THIRD), False, 1)
    assert at(FIRST) in free_times(one.specialist.practice)


def test_moving__begins_the_reminders_anew() -> None:
    one = consultation(FIRST, SECOND)
    services.accept(one, one.specialist.user, at(FIRST))
    Consultation.objects.filter(pk=one.pk).update(reminded_day_at=NOW, reminded_hour_at=NOW)
    services.propose(one, one.author, [at(THIRD)])
    services.accept(one, one.specialist.user, at(THIRD))
    one.refresh_from_db()
    assert (one.reminded_day_at, one.reminded_hour_at) == (None, None)


def test_held__is_counted__missed_is_not(clock: time_machine.Traveller) -> None:
    found = practice()
    for time, mark in ((FIRST, services.mark_held), (SECOND, services.mark_missed)):
        one = consultation(time, of=found)
        services.accept(one, found.specialist.user, at(time))
        with time_machine.travel(at("2026-12-02 12:00"), tick=False):
            mark(one, found.specialist.user)
    assert sum(DailySum.objects.values_list("held", flat=True)) == 1


def test_buffers__of_what_is_kept_stay_as_they_were_when_they_are_changed() -> None:
    found = practice(minutes_before=15, minutes_after=15)
    one = consultation(SECOND, of=found)
    assert Hold.objects.filter(consultation=one).count() == 4
    Practice.objects.filter(pk=found.pk).update(minutes_before=0, minutes_after=0)
    found.refresh_from_db()
    assert at("2026-12-02 09:30") not in free_times(found) and at("2026-12-02 09:00") in free_times(found)


def test_sides__are_the_two_and_nobody_else() -> None:
    one = consultation()
    sides = [one.side_of(who(one, role)) for role in ("reader", "specialist", "nobody")]
    assert sides == [Side.READER, Side.SPECIALIST, None]
