"""What a reader and a specialist may do with what they write to each other."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from cms.correspondence import services
from cms.correspondence.models import Closure, Message, Place, Thread
from cms.correspondence.refusals import NotPossible, NotThere, TooMany
from cms.specialists.choices import State
from cms.specialists.models import Specialist
from tests import factories
from tests.cms.correspondence.stage import Two, two

pytestmark = pytest.mark.django_db


def test_first_message__begins_a_thread_in_which_both_have_a_place() -> None:
    pair = two()
    assert {place.user_id for place in pair.thread.places.all()} == {pair.reader.pk, pair.helper.pk}
    assert pair.texts(pair.helper) == ["Do you have time?"]
    assert services.count_unread(pair.helper) == 1
    assert services.count_unread(pair.reader) == 0


def test_second_first_message__goes_on_in_the_thread_of_the_two() -> None:
    pair = two()
    message, _made = services.write_to_specialist(pair.reader, pair.specialist.slug, "It is me again", "Ro")
    assert message.thread == pair.thread
    place = Place.objects.get(thread=pair.thread, user=pair.reader)
    assert place.called == "Ro"


def test_pair__can_have_one_thread_alone() -> None:
    pair = two()
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.create(reader=pair.reader, specialist=pair.specialist)


@pytest.mark.parametrize("state", [state for state in State if state != State.VERIFIED])
def test_specialist_who_is_not_verified__cannot_be_written_to(state: State) -> None:
    specialist = factories.specialist()
    Specialist.objects.filter(pk=specialist.pk).update(state=state)
    with pytest.raises(NotThere):
        services.write_to_specialist(factories.reader(), specialist.slug, "Hello")
    assert not Thread.objects.exists()


def test_specialist_whose_verification_is_over__cannot_be_written_to_before_anything_was_swept() -> None:
    specialist = factories.specialist()
    reader = factories.reader()
    with time_machine.travel(timezone.now() + timedelta(days=400)), pytest.raises(NotThere):
        services.write_to_specialist(reader, specialist.slug, "Hello")


def test_oneself__is_nobody_to_write_to() -> None:
    specialist = factories.specialist()
    with pytest.raises(NotPossible):
        services.write_to_specialist(specialist.user, specialist.slug, "Hello")


def test_conversation_with_one_who_is_suspended__stands_still_for_both() -> None:
    pair = two()
    Specialist.objects.filter(pk=pair.specialist.pk).update(state=State.SUSPENDED, live=False)
    for who in (pair.reader, pair.helper):
        with pytest.raises(NotPossible):
            pair.says(who, "Still there?")
        assert pair.texts(who) == ["Do you have time?"]


def test_stranger__takes_no_part() -> None:
    pair = two()
    with pytest.raises(PermissionDenied):
        pair.says(factories.administrator(), "Let me in")


# ---- Blocking --------------------------------------------------------------------------------


@pytest.mark.parametrize("who_blocks", ["reader", "helper"])
def test_blocked_conversation__takes_nothing_from_either_and_says_the_same_to_both(who_blocks: str) -> None:
    pair = two()
    services.block(getattr(pair, who_blocks), pair.thread)
    said = set()
    for who in (pair.reader, pair.helper):
        with pytest.raises(NotPossible) as refused:
            pair.says(who, "Hello?")
        said.add((refused.value.kind, str(refused.value)))
    with pytest.raises(NotPossible):
        services.write_to_specialist(pair.reader, pair.specialist.slug, "By another way")
    assert len(said) == 1
    assert pair.texts(pair.helper) == ["Do you have time?"]


def test_block__is_taken_back_by_whoever_has_set_it_alone() -> None:
    pair = two()
    services.block(pair.helper, pair.thread)
    services.unblock(pair.reader, pair.thread)
    with pytest.raises(NotPossible):
        pair.says(pair.reader, "Hello?")
    services.unblock(pair.helper, pair.thread)
    assert pair.says(pair.reader, "Hello?").text == "Hello?"


def test_block__holds_although_both_have_deleted_the_thread() -> None:
    pair = two()
    services.block(pair.helper, pair.thread)
    for who in (pair.helper, pair.reader):
        services.delete_for(who, pair.thread)
    with pytest.raises(NotPossible):
        services.write_to_specialist(pair.reader, pair.specialist.slug, "Hello again")
    assert list(Thread.objects.listed_for(pair.helper)) == [pair.thread], "where else would one take it back"
    assert list(Thread.objects.listed_for(pair.reader)) == []


def test_team__cannot_be_blocked() -> None:
    reader = factories.reader()
    message, _made = services.write_to_team(reader, "using", "Hello")
    with pytest.raises(NotPossible):
        services.block(reader, message.thread)


def test_account_whose_messaging_is_closed__writes_to_the_team_alone() -> None:
    pair = two()
    Closure.objects.create(user=pair.reader)
    with pytest.raises(NotPossible, match="After a report"):
        pair.says(pair.reader, "Hello?")
    with pytest.raises(NotPossible, match="After a report"):
        services.write_to_specialist(pair.reader, factories.specialist().slug, "Hello?")
    assert services.write_to_team(pair.reader, "other", "Why?")[1]
    assert pair.says(pair.helper, "I am here").text, "the other one is not held for it"


# ---- Reading and deleting --------------------------------------------------------------------


def test_what_was_deleted__is_not_unread_when_the_thread_comes_back() -> None:
    pair = two()
    pair.says(pair.reader, "And one more")
    services.delete_for(pair.helper, pair.thread)
    assert services.count_unread(pair.helper) == 0
    pair.says(pair.reader, "A third")
    assert services.count_unread(pair.helper) == 1
    assert pair.texts(pair.helper) == ["A third"]
    assert len(pair.texts(pair.reader)) == 3


def test_thread_that_both_have_deleted__is_gone() -> None:
    pair = two()
    services.delete_for(pair.reader, pair.thread)
    assert Message.objects.exists()
    services.delete_for(pair.helper, pair.thread)
    assert not Message.objects.exists()
    assert not Thread.objects.exists()


def test_what_is_written_while_a_page_is_read__stays_unread() -> None:
    pair = two()
    shown = Thread.objects.get(pk=pair.thread.pk)
    pair.says(pair.reader, "Just now")
    services.mark_read(pair.helper, shown, shown.last_at)
    assert services.count_unread(pair.helper) == 1


def test_reading__never_moves_back() -> None:
    pair = two()
    services.mark_read(pair.helper, pair.thread)
    services.mark_read(pair.helper, pair.thread, timezone.now() - timedelta(days=3))
    assert services.count_unread(pair.helper) == 0


def test_message_by_a_clock_that_is_behind__still_is_the_latest_and_unread() -> None:
    pair = two()
    services.mark_read(pair.helper, pair.thread)
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        pair.says(pair.reader, "From the past")
    assert pair.texts(pair.helper)[-1] == "From the past"
    assert services.count_unread(pair.helper) == 1


def test_list__asks_as_often_for_many_as_for_one(django_assert_num_queries: Any) -> None:
    from api.v1.threads import Seat

    specialist = factories.specialist()
    helper = specialist.user
    for _ in range(3):
        services.write_to_specialist(factories.reader(), specialist.slug, "Hello")
    with django_assert_num_queries(3):
        listed = Seat(helper).listed()
    assert [one["unread"] for one in listed] == [1, 1, 1]


# ---- Limits ----------------------------------------------------------------------------------


def test_too_many_new_conversations__wait_for_another_day(settings: Settings) -> None:
    settings.MESSAGES_AT_MOST = {**settings.MESSAGES_AT_MOST, "threads a day": 2}
    reader = factories.reader()
    services.write_to_team(reader, "using", "One")
    services.write_to_specialist(reader, factories.specialist().slug, "Two")
    for attempt in (
        lambda: services.write_to_team(reader, "using", "Three"),
        lambda: services.write_to_specialist(reader, factories.specialist().slug, "Three"),
    ):
        with pytest.raises(TooMany) as refused:
            attempt()
        assert 86_000 < refused.value.seconds <= 86_400
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        assert services.write_to_team(reader, "using", "Three")[1]


def test_too_many_messages__wait_and_what_was_sent_before_is_still_answered_the_same(settings: Settings) -> None:
    from uuid import uuid4

    settings.MESSAGES_AT_MOST = {**settings.MESSAGES_AT_MOST, "messages an hour": 2}
    pair, key = two(), uuid4()
    made, _new = services.answer(pair.thread, pair.reader, "Two", key)
    with pytest.raises(TooMany):
        pair.says(pair.reader, "Three")
    assert services.answer(pair.thread, pair.reader, "Two", key) == (made, False)
    assert pair.says(pair.helper, "I may").text


# ---- Sealed ----------------------------------------------------------------------------------


def test_texts_and_names__lie_sealed_in_the_database() -> None:
    two("The word bramble", "Plantedname")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM correspondence_message UNION SELECT called FROM correspondence_place")
        stored = [row[0] for row in cursor.fetchall()]
    assert all(text == "" or text.startswith("gAAAA") for text in stored)
    assert len(stored) == 3


def test_after_an_account_was_deleted__the_other_keeps_what_they_wrote_themselves() -> None:
    from api.v1.threads import Seat

    pair: Two = two("The reader's own words")
    pair.says(pair.helper, "The answer")
    pair.reader.delete()
    seat = Seat(pair.helper)
    (listed,) = seat.listed()
    assert listed["with"] == "A deleted account"
    assert listed["why_closed"].startswith("This account was deleted")
    assert pair.texts(pair.helper) == ["The answer"]
    with pytest.raises(NotPossible):
        pair.says(pair.helper, "Are you there?")


def test_after_a_specialist_has_gone__the_reader_keeps_what_they_wrote_themselves() -> None:
    pair = two()
    pair.says(pair.helper, "The answer")
    pair.helper.delete()
    assert pair.texts(pair.reader) == ["Do you have time?"]


def test_thread_of_two_who_are_both_gone__is_gone() -> None:
    pair = two()
    pair.reader.delete()
    pair.helper.delete()
    assert not Thread.objects.exists()
