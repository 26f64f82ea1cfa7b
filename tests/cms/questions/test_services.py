"""What may be done with questions and answers, by whom, and what the library then says."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from api.library.check import check
from api.library.models import Entry, Word
from cms.people.models import User
from cms.people.rights import holdings
from cms.people.services import erase
from cms.people.writing import KeyReused
from cms.questions import services
from cms.questions.models import Answer, Handling, Question, State
from cms.specialists.choices import State as Verification
from tests import factories
from tests.cms.questions.making import (
    ANSWER,
    WORDING,
    answer,
    no_longer,
    public_answer,
    public_question,
    question,
    specialist,
)

pytestmark = pytest.mark.django_db

PLANTED = "xylophone"
SECRET: dict[str, Any] = {
    "pseudonym": f"Quiet {PLANTED}",
    "title": f"What about the {PLANTED} in spring?",
    "text": f"I have heard a {PLANTED} every night, and nobody else has.",
}


@pytest.fixture
def moderator(db: None) -> User:
    return factories.safety_moderator()


def entry_of(asked: Question) -> Entry | None:
    return Entry.objects.filter(pk=asked.public_id).first()


def data_of(asked: Question) -> dict[str, Any]:
    entry = entry_of(asked)
    assert entry is not None and not entry.deleted
    return entry.data or {}


def whole_database() -> str:
    """Give everything that every table says, in one text."""
    said: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [repr(row) for row in cursor.fetchall()]
    return "\n".join(said).lower()


def agrees() -> bool:
    return not [one for one in check() if not one.pending]


# ---- Asking ----------------------------------------------------------------------------------


def test_question__waits_and_is_nowhere_to_be_read() -> None:
    asked = question(**SECRET)
    assert (asked.state, asked.live) == (State.WAITING, False)
    assert entry_of(asked) is None
    assert Question.objects.get().title == SECRET["title"]
    assert PLANTED not in whole_database()


def test_question__is_asked_once_with_its_key() -> None:
    author, key = factories.reader(), uuid4()
    first, made = services.ask(author, WORDING, "en", key)
    again, made_again = services.ask(author, WORDING, "en", key)
    assert (made, made_again, first.pk) == (True, False, again.pk)
    with pytest.raises(KeyReused):
        services.ask(author, {**WORDING, "text": "Another one, with the same key."}, "en", key)


def test_sixth_question_of_a_day__has_to_wait_and_one_sent_again_has_not() -> None:
    author, key = factories.reader(), uuid4()
    services.ask(author, WORDING, "en", key)
    for _number in range(services.ASKED_A_DAY - 1):
        question(author)
    with pytest.raises(services.TooMany) as held_back:
        question(author)
    assert timedelta(hours=23) < held_back.value.wait <= timedelta(days=1)
    assert services.ask(author, WORDING, "en", key)[1] is False
    question(factories.reader())
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        question(author)


# ---- Moderating ------------------------------------------------------------------------------


def test_published_question__is_in_the_library_under_its_pseudonym_alone(moderator: User) -> None:
    topic = factories.topic("Sleep")
    author = factories.reader("mara@example.org", first_name="Mara", last_name="Lind")
    asked = services.publish(question(author, topic=topic), moderator, 1)
    data = data_of(asked)
    assert (data["title"], data["pseudonym"], data["text"]) == (WORDING["title"], "Night Tram", WORDING["text"])
    assert data["path"] == f"/questions/{asked.slug}/"
    assert [chip["slug"] for chip in data["topics"]] == ["sleep"]
    entry = Entry.objects.get(pk=asked.public_id)
    facets = set(entry.facets.values_list("name", "value"))
    assert facets == {("topic", "sleep"), ("language", "en"), ("answered", "no")}
    said = f"{data} {entry.text} {entry.card}".lower()
    assert not [word for word in ("mara", "lind", "example.org", str(author.public_id)) if word in said]
    assert agrees()


def test_address__says_nothing_of_the_question(moderator: User) -> None:
    asked = services.publish(question(**SECRET), moderator, 1)
    assert PLANTED not in data_of(asked)["path"]
    assert len(asked.slug) == 10


def test_topic__can_be_put_right_by_the_moderator(moderator: User) -> None:
    asked = services.publish(question(), moderator, 1, topic=factories.topic("Grief"))
    assert [chip["slug"] for chip in data_of(asked)["topics"]] == ["grief"]


def test_returned_question__keeps_its_note_sealed_and_can_be_written_anew(moderator: User) -> None:
    asked = services.return_with(question(), moderator, 1, f"Leave out the {PLANTED}.")
    assert asked.state == State.RETURNED
    assert PLANTED not in whole_database()
    again = services.change(asked, asked.author, {"text": "Without it now, and long enough to be read."})
    assert (again.state, again.edition, again.note) == (State.WAITING, 2, f"Leave out the {PLANTED}.")


def test_rejected_question__is_not_public_and_ends(moderator: User) -> None:
    asked = services.reject(question(), moderator, 1, "It is an advertisement.")
    assert (asked.state, entry_of(asked)) == (State.REJECTED, None)
    with pytest.raises(services.NotOpen):
        services.change(asked, asked.author, {"text": "Another text that is long enough."})


@pytest.mark.parametrize("make", [factories.reader, factories.writer, factories.publisher, factories.clinical_reviewer])
@pytest.mark.parametrize("act", ["publish", "return_with", "reject", "read"])
def test_nobody_else__moderates(make: Any, act: str) -> None:
    asked, somebody = question(), make()
    given = {"publish": (1,), "return_with": (1, "Why"), "reject": (1, "Why"), "read": ()}[act]
    with pytest.raises(PermissionDenied):
        getattr(services, act)(asked, somebody, *given)
    assert Question.objects.get(pk=asked.pk).state == State.WAITING


def test_moderator__does_not_decide_about_what_is_their_own(moderator: User) -> None:
    with pytest.raises(PermissionDenied):
        services.publish(question(moderator), moderator, 1)


def test_wording_that_was_changed_meanwhile__is_not_published(moderator: User) -> None:
    asked = question()
    services.change(asked, asked.author, {"text": "Something else that nobody has read yet."})
    with pytest.raises(services.Changed):
        services.publish(asked, moderator, 1)
    with pytest.raises(services.Changed):
        services.reject(asked, moderator, 1, "Why")
    assert entry_of(asked) is None


def test_what_somebody_else_has_decided__is_not_decided_again(moderator: User) -> None:
    asked = question()
    services.publish(asked, moderator, 1)
    with pytest.raises(services.Changed):
        services.publish(asked, factories.safety_moderator(), 1)


def test_what_moderators_do__is_written_down_without_what_it_said(moderator: User) -> None:
    asked = question(**SECRET)
    services.read(asked, moderator)
    services.read(asked, moderator)
    services.publish(asked, moderator, 1)
    told = Handling.objects.order_by("pk").values_list("action", "by", "edition")
    assert list(told) == [("read", moderator.pk, 1), ("published", moderator.pk, 1)]


# ---- Changing and withdrawing ----------------------------------------------------------------


def test_changed_question__stays_public_as_it_was_until_a_moderator_has_read_it(moderator: User) -> None:
    asked = public_question()
    services.change(asked, asked.author, {"title": f"A {PLANTED}, or what else?"})
    assert data_of(asked)["title"] == WORDING["title"]
    assert PLANTED not in whole_database()
    assert agrees()
    services.return_with(asked, moderator, 2, "What is that?")
    assert data_of(asked)["title"] == WORDING["title"]
    services.change(asked, asked.author, {"title": "A bell, or what else is it?"})
    services.publish(asked, moderator, 3)
    assert data_of(asked)["title"] == "A bell, or what else is it?"
    assert agrees()


def test_change_that_changes_nothing__needs_no_moderator() -> None:
    asked = public_question()
    same = services.change(asked, asked.author, {"title": asked.title, "text": asked.text})
    assert (same.state, same.edition) == (State.PUBLISHED, 1)


def test_withdrawn_question__is_gone_at_once_with_its_words_and_answers(
    django_capture_on_commit_callbacks: Any,
) -> None:
    asked = public_question(**SECRET)
    public_answer(asked, text=f"A {PLANTED} is made of wood, and does no harm.")
    assert PLANTED in whole_database()
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw(asked, asked.author)
    entry = entry_of(asked)
    assert entry is not None and entry.deleted and entry.data is None
    assert PLANTED not in whole_database()
    assert not Word.objects.filter(word=PLANTED).exists()
    assert agrees()


def test_withdrawn_question__is_not_asked_anew_by_what_arrives_late() -> None:
    author, key = factories.reader(), uuid4()
    asked, _made = services.ask(author, WORDING, "en", key)
    services.withdraw(asked, author)
    again, made = services.ask(author, WORDING, "en", key)
    assert (made, again.state) == (False, State.WITHDRAWN)


def test_question_of_another__is_neither_changed_nor_withdrawn() -> None:
    asked = question()
    for act in (services.withdraw, lambda one, user: services.change(one, user, {"title": "Mine, all mine now"})):
        with pytest.raises(PermissionDenied):
            act(asked, factories.reader())


def test_public_question__can_be_taken_down_by_a_moderator(moderator: User) -> None:
    asked = public_question()
    services.reject(asked, moderator, 1, "It names somebody.")
    entry = entry_of(asked)
    assert entry is not None and entry.deleted
    assert Handling.objects.filter(action="taken_down").count() == 1


# ---- Answering -------------------------------------------------------------------------------


def test_answer__stands_with_who_gave_it_and_when_they_were_verified(moderator: User) -> None:
    asked, by = public_question(), specialist("Ilse Marrow")
    given = answer(asked, by)
    assert data_of(asked)["answers"] == []
    services.publish(given, moderator, 1)
    (told,) = data_of(asked)["answers"]
    assert told["text"] == ANSWER
    assert told["specialist"] == {
        "name": "Ilse Marrow",
        "professional_title": "Counselling psychologist, MSc",
        "path": f"/specialists/{by.slug}/",
        "verified_on": by.verified_at and by.verified_at.date().isoformat(),
    }
    entry = Entry.objects.get(pk=asked.public_id)
    assert entry.facets.filter(name="answered", value="yes").exists()
    assert agrees()


def test_only_who_is_verified_now__answers_public_questions_of_others() -> None:
    asked = public_question()
    expired = no_longer(specialist(), Verification.EXPIRED)
    for user in (factories.reader(), expired.user):
        with pytest.raises(PermissionDenied):
            services.answer(asked, user, ANSWER)
    by = specialist()
    for other in (question(), public_question(by.user)):
        with pytest.raises(PermissionDenied):
            services.answer(other, by.user, ANSWER)


def test_second_answer__is_a_change_of_the_first() -> None:
    asked, by = public_question(), specialist()
    given = answer(asked, by)
    with pytest.raises(services.AnsweredAlready):
        services.answer(asked, by.user, "Something else, which is long enough.")
    services.change_answer(given, by.user, "Something else, which is long enough.")
    services.withdraw_answer(given, by.user)
    assert services.answer(asked, by.user, ANSWER)[1] is True


def test_changed_answer__stays_public_as_it_was_until_it_was_read(moderator: User) -> None:
    asked, by = public_question(), specialist()
    given = public_answer(asked, by)
    services.change_answer(given, by.user, "Something else, which is long enough.")
    assert [one["text"] for one in data_of(asked)["answers"]] == [ANSWER]
    services.publish(given, moderator, 2)
    assert [one["text"] for one in data_of(asked)["answers"]] == ["Something else, which is long enough."]


def test_withdrawn_answer__is_gone_and_the_question_stays() -> None:
    asked, by = public_question(), specialist()
    services.withdraw_answer(public_answer(asked, by), by.user)
    assert data_of(asked)["answers"] == []
    assert agrees()


def test_whose_verification_has_run_out__is_named_and_said_not_to_be_verified(
    django_capture_on_commit_callbacks: Any,
) -> None:
    asked, by = public_question(), specialist("Ilse Marrow")
    public_answer(asked, by)
    with django_capture_on_commit_callbacks(execute=True):
        no_longer(by, Verification.EXPIRED)
    (told,) = data_of(asked)["answers"]
    assert (told["specialist"]["name"], told["specialist"]["path"]) == ("Ilse Marrow", None)
    assert told["specialist"]["verified_on"] is None
    assert agrees()
    with django_capture_on_commit_callbacks(execute=True):
        by.state = Verification.SUSPENDED
        by.save(update_fields=["state"])
    assert data_of(asked)["answers"] == []
    assert agrees()


def test_suspended_specialist__answers_nothing_any_more(django_capture_on_commit_callbacks: Any) -> None:
    asked, by = public_question(), specialist()
    public_answer(asked, by)
    with django_capture_on_commit_callbacks(execute=True):
        no_longer(by, Verification.SUSPENDED)
    assert data_of(asked)["answers"] == []
    assert agrees()


# ---- When the account goes, and when time passes ---------------------------------------------


def test_account_that_goes__takes_its_questions_with_it(django_capture_on_commit_callbacks: Any) -> None:
    author = factories.reader()
    asked, waiting = public_question(author, **SECRET), question(author, **SECRET)
    public_answer(asked)
    with django_capture_on_commit_callbacks(execute=True):
        erase(author)
    assert not Question.objects.exists()
    assert not Answer.objects.exists()
    entry = entry_of(asked)
    assert entry is not None and entry.deleted
    assert entry_of(waiting) is None
    assert PLANTED not in whole_database()
    assert agrees()


def test_specialist_whose_account_goes__takes_their_answers_with_them(django_capture_on_commit_callbacks: Any) -> None:
    asked, by = public_question(), specialist()
    public_answer(asked, by, f"A {PLANTED} does no harm to anybody who hears it.")
    with django_capture_on_commit_callbacks(execute=True):
        erase(by.user)
    assert data_of(asked)["answers"] == []
    assert PLANTED not in whole_database()
    assert agrees()


def test_what_has_ended__is_forgotten_after_its_time(moderator: User) -> None:
    kept, waiting = public_question(), question()
    for ended in (question(), question()):
        services.reject(ended, moderator, 1, "Why")
    services.return_with(question(), moderator, 1, "Why")
    withdrawn = question()
    services.withdraw(withdrawn, withdrawn.author)
    assert services.forget_old() == 0
    with time_machine.travel(timezone.now() + services.KEPT + timedelta(minutes=1), tick=False):
        assert services.forget_old() == 4
    assert set(Question.objects.values_list("pk", flat=True)) == {kept.pk, waiting.pk}


def test_export__holds_what_somebody_asked_answered_and_decided(moderator: User) -> None:
    asked = public_question(factories.reader(), title="What about the <nights>?")
    by = specialist()
    given = public_answer(asked, by)
    services.change(asked, asked.author, {"title": "What about the days, then?"})
    services.return_with(asked, moderator, 2, "Say more.")
    told = {holding.name: holding for holding in holdings()}
    (mine,) = told["questions"].collect(asked.author)
    assert (mine["title"], mine["note"], mine["public"]) == ("What about the days, then?", "Say more.", True)
    assert mine["public_wording"]["title"] == "What about the <nights>?"
    (theirs,) = told["answers"].collect(by.user)
    assert (theirs["text"], theirs["question"]) == (given.text, f"/questions/{asked.slug}/")
    assert [one["what"] for one in told["moderation"].collect(moderator)] == ["returned"]
