"""A profile's way: written, handed in, verified or returned, changed, suspended, reinstated, deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import ModelLogEntry

from api.library.dependents import drain
from api.library.models import Entry, Kind
from cms.people.models import User
from cms.specialists import moderation, services
from cms.specialists.choices import Changes, State
from cms.specialists.models import Specialist, Step
from cms.specialists.turns import Refused
from tests import factories
from tests.cms.specialists.conftest import written

pytestmark = pytest.mark.django_db

CHECKED = "Name and number compared with the register."


@pytest.fixture
def letters(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    """Give what was sent by what is done within it."""

    @contextmanager
    def sent() -> Iterator[list[mail.EmailMessage]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield mail.outbox

    return sent


def in_a_year() -> date:
    return timezone.now().date() + timedelta(days=365)


def verified(specialist: Specialist, moderator: User) -> Specialist:
    return moderation.verify(specialist.pk, moderator, CHECKED, in_a_year())


def entry() -> Entry | None:
    return Entry.objects.existing().filter(kind=Kind.SPECIALIST).first()


def history(specialist: Specialist) -> list[str]:
    return list(specialist.steps.order_by("at").values_list("action", flat=True))


# ---- Written and handed in --------------------------------------------------------------------


def test_start__begins_one_profile_for_one_account(user: User) -> None:
    first, second = services.start(user), services.start(user)
    assert (first.pk, first.slug, first.state) == (second.pk, "mara-quint", State.DRAFT)
    assert not first.live and entry() is None


def test_draft__may_be_as_incomplete_as_it_is(user: User) -> None:
    services.start(user)
    services.save_draft(user, {"summary": "Half a sent", "topics": []})
    assert Specialist.objects.get(user=user).draft.summary == "Half a sent"


def test_submit__names_what_is_missing_and_hands_nothing_in(user: User) -> None:
    services.start(user)
    services.save_draft(user, {**written(), "languages": [], "ways": ["in_person"]})
    with pytest.raises(Refused) as refused:
        services.submit(user)
    told = refused.value.problems
    assert "Say in which languages you work." in told
    assert "Give the place where people can meet you." in told
    assert "Hand in at least one document that shows your registration." in told
    assert not any("moderator" in problem for problem in told)
    assert Specialist.objects.get(user=user).state == State.DRAFT


def test_submit__writes_to_whose_it_is_and_to_moderators_without_a_name(
    user: User, complete: Specialist, moderator: User, letters: Any
) -> None:
    with letters() as outbox:
        services.submit(user)
    by_recipient = {tuple(one.to): one for one in outbox}
    assert set(by_recipient) == {(user.email,), (moderator.email,)}
    to_moderator = by_recipient[(moderator.email,)]
    assert f"/admin/specialists/{complete.pk}/" in to_moderator.body
    assert "Mara" not in to_moderator.body + to_moderator.subject
    assert user.email not in to_moderator.body
    assert history(complete)[-1] == Step.Action.SUBMITTED


def test_while_somebody_looks_at_it__it_cannot_be_changed_until_it_is_taken_back(
    user: User, submitted: Specialist
) -> None:
    with pytest.raises(Refused):
        services.save_draft(user, written(summary="Other"))
    services.take_back(user)
    assert services.save_draft(user, written(summary="Other")).draft.summary == "Other"
    assert Specialist.objects.get(user=user).state == State.DRAFT


def test_two_people_of_one_name__have_two_addresses(user: User) -> None:
    other = factories.reader(first_name="Mara", last_name="Quint")
    assert services.start(user).slug == "mara-quint"
    assert services.start(other).slug == "mara-quint-2"


def test_somebody_called_join__does_not_take_the_address_of_the_gate() -> None:
    assert services.start(factories.reader(first_name="Join", last_name="")).slug == "join-2"


# ---- Verified and returned -----------------------------------------------------------------------


def test_verify__publishes_it_with_who_what_and_until_when(
    user: User, submitted: Specialist, moderator: User, letters: Any
) -> None:
    with letters() as outbox:
        specialist = verified(submitted, moderator)
    assert (specialist.state, specialist.live, specialist.verified_by) == (State.VERIFIED, True, moderator)
    data = entry().data
    assert data["verification"]["checked"] == CHECKED
    assert data["verification"]["valid_until"] == in_a_year().isoformat()
    assert data["registration"]["number"] == "T-1"
    assert [one.to for one in outbox] == [[user.email]]
    step = specialist.steps.get(action=Step.Action.VERIFIED)
    assert (step.by, step.checked, step.until) == (moderator, CHECKED, in_a_year())
    assert ModelLogEntry.objects.filter(action="specialists.verified", object_id=str(specialist.pk)).exists()


def test_verify__names_the_moderator_where_readers_know_them(submitted: Specialist, moderator: User) -> None:
    person = factories.person("Lene Public", user=moderator)
    verified(submitted, moderator)
    assert entry().data["verification"]["checked_by"]["slug"] == person.slug


@pytest.mark.parametrize("days", [-1, 0, 732])
def test_verify__wants_an_end_within_two_years(submitted: Specialist, moderator: User, days: int) -> None:
    with pytest.raises(Refused):
        moderation.verify(submitted.pk, moderator, CHECKED, timezone.now().date() + timedelta(days=days))
    assert entry() is None


def test_verify__wants_what_was_checked(submitted: Specialist, moderator: User) -> None:
    with pytest.raises(Refused):
        moderation.verify(submitted.pk, moderator, "  ", in_a_year())


def test_verify__is_refused_for_what_is_not_handed_in(complete: Specialist, moderator: User) -> None:
    with pytest.raises(Refused):
        verified(complete, moderator)
    assert entry() is None


def test_verify__that_is_refused_by_the_rules_leaves_nothing_behind(submitted: Specialist, moderator: User) -> None:
    draft = submitted.draft
    draft.topics = []
    draft.save_revision(clean=False)
    with pytest.raises(Refused, match="at least one topic"):
        verified(submitted, moderator)
    again = Specialist.objects.get(pk=submitted.pk)
    assert (again.state, again.verified_at, again.live) == (State.SUBMITTED, None, False)


def test_return__gives_reasons_by_email_and_in_the_history(
    user: User, submitted: Specialist, moderator: User, letters: Any
) -> None:
    with letters() as outbox:
        moderation.send_back(submitted.pk, moderator, "The number is not in the register.")
    assert "The number is not in the register." in outbox[0].body
    assert "number" not in outbox[0].subject
    again = Specialist.objects.get(pk=submitted.pk)
    assert again.state == State.RETURNED and entry() is None
    assert again.steps.first().reasons == "The number is not in the register."
    services.save_draft(user, written(registration_number="T-2"))
    assert services.submit(user).state == State.SUBMITTED


def test_return_and_suspend__want_reasons(submitted: Specialist, moderator: User) -> None:
    with pytest.raises(Refused):
        moderation.send_back(submitted.pk, moderator, " ")
    verified(submitted, moderator)
    with pytest.raises(Refused):
        moderation.suspend(submitted.pk, moderator, "")
    assert entry() is not None


# ---- Changes to a public profile ---------------------------------------------------------------


def test_edit_of_a_public_profile__is_looked_at_while_the_public_one_stays(
    user: User, submitted: Specialist, moderator: User
) -> None:
    verified(submitted, moderator)
    services.save_draft(user, written(summary="Something new."))
    assert entry().data["summary"] == "Works slowly and plainly."
    assert Specialist.objects.get(user=user).changes == Changes.DRAFT
    services.submit(user)
    assert entry().data["summary"] == "Works slowly and plainly."
    moderation.approve_changes(submitted.pk, moderator)
    assert entry().data["summary"] == "Something new."
    again = Specialist.objects.get(user=user)
    assert (again.changes, again.state) == (Changes.NONE, State.VERIFIED)


def test_changes_that_come_back__leave_the_public_profile_as_it_was(
    user: User, submitted: Specialist, moderator: User
) -> None:
    verified(submitted, moderator)
    services.save_draft(user, written(summary="I heal everybody."))
    services.submit(user)
    moderation.send_back(submitted.pk, moderator, "Do not promise that.")
    again = Specialist.objects.get(user=user)
    assert (again.state, again.changes, again.live) == (State.VERIFIED, Changes.RETURNED, True)
    assert entry().data["summary"] == "Works slowly and plainly."


def test_changed_registration__has_to_be_verified_anew(user: User, submitted: Specialist, moderator: User) -> None:
    verified(submitted, moderator)
    services.save_draft(user, written(registration_number="T-999"))
    services.submit(user)
    with pytest.raises(Refused):
        moderation.approve_changes(submitted.pk, moderator)
    moderation.verify(submitted.pk, moderator, "Looked again.", in_a_year())
    assert entry().data["registration"]["number"] == "T-999"


def test_offer_of_a_consultation__is_public_without_a_look_and_survives_a_publication(
    user: User, submitted: Specialist, moderator: User
) -> None:
    verified(submitted, moderator)
    services.save_draft(user, written(summary="Something new."))
    services.offer_consultations(user, True)
    drain()  # as the task does that waits for the commit
    assert entry().data["offers_consultation"] is True
    services.submit(user)
    moderation.approve_changes(submitted.pk, moderator)
    assert entry().data["offers_consultation"] is True


# ---- Suspended and reinstated ------------------------------------------------------------------


def test_suspend__takes_it_down_at_once(user: User, submitted: Specialist, moderator: User, letters: Any) -> None:
    verified(submitted, moderator)
    with letters() as outbox:
        moderation.suspend(submitted.pk, moderator, "A complaint that we look into.")
    assert entry() is None
    again = Specialist.objects.get(user=user)
    assert (again.state, again.live) == (State.SUSPENDED, False)
    assert "A complaint that we look into." in outbox[0].body
    with pytest.raises(Refused):
        services.submit(user)


def test_reinstate__brings_back_what_was_found_good_and_not_what_was_written_since(
    user: User, submitted: Specialist, moderator: User
) -> None:
    verified(submitted, moderator)
    moderation.suspend(submitted.pk, moderator, "A complaint.")
    services.save_draft(user, written(summary="Written meanwhile."))
    moderation.reinstate(submitted.pk, moderator, "It was unfounded.")
    again = Specialist.objects.get(user=user)
    assert (again.state, again.live, again.changes) == (State.VERIFIED, True, Changes.DRAFT)
    assert entry().data["summary"] == "Works slowly and plainly."
    assert again.draft.summary == "Written meanwhile."


@pytest.mark.parametrize("way", ["by a form", "together with others"])
def test_account_that_is_disabled__takes_its_profile_down_with_it(
    client: Client, user: User, submitted: Specialist, moderator: User, letters: Any, way: str
) -> None:
    verified(submitted, moderator)
    with letters() as outbox:
        if way == "by a form":
            user.is_active = False
            user.save()
        else:
            client.force_login(factories.administrator())
            client.post(f"/admin/bulk/people/user/set_active_state/?id={user.pk}", {"mark_as_active": "False"})
    again = Specialist.objects.get(user=user)
    assert (again.state, again.live, again.user.is_active) == (State.SUSPENDED, False, False)
    assert entry() is None and not outbox
    newest = again.steps.all()[0]
    assert (newest.action, newest.reasons) == (Step.Action.SUSPENDED, "The account was disabled.")
    # It is put back by whoever decides, not by enabling the account.
    user.is_active = True
    user.save()
    assert Specialist.objects.get(user=user).state == State.SUSPENDED


# ---- Who may ---------------------------------------------------------------------------------


DECISIONS: dict[str, Any] = {
    "verify": lambda key, by: moderation.verify(key, by, CHECKED, in_a_year()),
    "approve": moderation.approve_changes,
    "return": lambda key, by: moderation.send_back(key, by, "Why."),
    "suspend": lambda key, by: moderation.suspend(key, by, "Why."),
    "reinstate": lambda key, by: moderation.reinstate(key, by, "Why."),
}


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("who", ["reader", "writer", "clinical_reviewer", "publisher"])
def test_decision__is_refused_to_whoever_may_not(submitted: Specialist, decision: str, who: str) -> None:
    with pytest.raises(PermissionDenied):
        DECISIONS[decision](submitted.pk, getattr(factories, who)())


@pytest.mark.parametrize("decision", DECISIONS)
def test_moderator__decides_nothing_about_themselves(submitted: Specialist, user: User, decision: str) -> None:
    user.groups.set(factories.safety_moderator().groups.all())
    with pytest.raises(PermissionDenied):
        DECISIONS[decision](submitted.pk, User.objects.get(pk=user.pk))


def test_disabled_moderator__decides_nothing(submitted: Specialist, moderator: User) -> None:
    moderator.is_active = False
    with pytest.raises(PermissionDenied):
        verified(submitted, moderator)


# ---- Deleted ---------------------------------------------------------------------------------


def test_delete__leaves_nothing_but_the_account(user: User, submitted: Specialist, moderator: User) -> None:
    verified(submitted, moderator)
    key = submitted.pk
    services.delete_profile(user)
    assert entry() is None
    assert User.objects.filter(pk=user.pk).exists()
    assert not Step.objects.filter(specialist_id=key).exists()
    tombstone = Entry.objects.get(kind=Kind.SPECIALIST)
    assert (tombstone.path, tombstone.slug, tombstone.title) == (None, "", "")
    assert not ModelLogEntry.objects.filter(label="Mara Quint").exists()
