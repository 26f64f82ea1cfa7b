"""The moderators' desk: what waits, evidence beside claims, decisions with their words, history."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.people.models import User
from cms.specialists import moderation, services
from cms.specialists.choices import State
from cms.specialists.models import Specialist
from tests import factories
from tests.cms.specialists.conftest import written
from tests.cms.specialists.test_services import CHECKED, in_a_year

pytestmark = pytest.mark.django_db

DESK = "/admin/specialists/"


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def test_queue__shows_what_waits_the_longest_first(desk: Client, submitted: Specialist) -> None:
    other = factories.specialist("Otto Later", live=False, state=State.SUBMITTED, submitted_at=timezone.now())
    html = page(desk, DESK)
    assert html.index("Mara Quint") < html.index("Otto Later")
    assert f"{DESK}{other.pk}/" in html


def test_queue__tells_changes_to_a_public_profile_apart(
    desk: Client, user: User, submitted: Specialist, moderator: User
) -> None:
    moderation.verify(submitted.pk, moderator, CHECKED, in_a_year())
    assert "Mara Quint" not in page(desk, DESK)
    assert "Mara Quint" in page(desk, f"{DESK}?show=verified")
    services.save_draft(user, written(summary="Something new."))
    services.submit(user)
    assert "Changes to a public profile" in page(desk, DESK)


@pytest.mark.parametrize("shown", ["waiting", *State.values, "nonsense"])
def test_queue__has_a_page_for_each_state(desk: Client, shown: str) -> None:
    assert "specialists-desk" in page(desk, f"{DESK}?show={shown}")


def test_profile__has_the_claims_beside_the_evidence(desk: Client, submitted: Specialist) -> None:
    found = submitted.evidence.get()
    html = page(desk, f"{DESK}{submitted.pk}/")
    for said in ("Register of Tests", "T-1", "licence.pdf", f"/evidence/{found.pk}/", "Verify and publish", "Return"):
        assert said in html
    assert "Suspend it" not in html


def test_profile__shows_what_is_otherwise_than_in_public(
    desk: Client, user: User, submitted: Specialist, moderator: User
) -> None:
    moderation.verify(submitted.pk, moderator, CHECKED, in_a_year())
    services.save_draft(user, written(registration_number="T-999"))
    services.submit(user)
    html = page(desk, f"{DESK}{submitted.pk}/")
    assert "<del>T-1</del>" in html and "T-999" in html
    assert "verification as it is" not in html, "what was checked is otherwise"


def test_preview__is_what_readers_will_get(desk: Client, submitted: Specialist) -> None:
    assert "<h1>Mara Quint</h1>" in page(desk, f"{DESK}{submitted.pk}/preview/")


def test_verify__by_form(desk: Client, submitted: Specialist) -> None:
    answer = desk.post(f"{DESK}{submitted.pk}/verify/", {"checked": CHECKED, "until": in_a_year().isoformat()})
    assert answer["Location"] == DESK
    assert Specialist.objects.get().is_public
    assert CHECKED in page(desk, f"{DESK}{submitted.pk}/")


@pytest.mark.parametrize(
    ("decision", "sent"),
    [
        ("verify", {"checked": "", "until": "2027-01-01"}),
        ("verify", {"checked": CHECKED, "until": "2020-01-01"}),
        ("verify", {"checked": CHECKED, "until": "2999-01-01"}),
        ("verify", {"checked": CHECKED, "until": "soon"}),
        ("return", {"return-reasons": " "}),
        ("return", {}),
    ],
)
def test_decision_without_its_words__is_not_taken(
    desk: Client, submitted: Specialist, decision: str, sent: dict[str, Any]
) -> None:
    answer = desk.post(f"{DESK}{submitted.pk}/{decision}/", sent)
    assert answer.status_code == 422
    assert Specialist.objects.get().state == State.SUBMITTED


def test_decision_that_somebody_else_has_taken__says_so_and_does_nothing(desk: Client, submitted: Specialist) -> None:
    moderation.send_back(submitted.pk, factories.safety_moderator(), "First.")
    answer = desk.post(
        f"{DESK}{submitted.pk}/verify/", {"checked": CHECKED, "until": in_a_year().isoformat()}, follow=True
    )
    assert "not waiting to be looked at any more" in answer.content.decode()
    assert Specialist.objects.get().state == State.RETURNED


def test_refusal_half_way__leaves_nothing_changed(desk: Client, submitted: Specialist) -> None:
    draft = submitted.draft
    draft.topics = []
    draft.save_revision(clean=False)
    desk.post(f"{DESK}{submitted.pk}/verify/", {"checked": CHECKED, "until": in_a_year().isoformat()})
    again = Specialist.objects.get()
    assert (again.state, again.verified_at, again.approved) == (State.SUBMITTED, None, None)


def test_suspend_and_reinstate__by_form(desk: Client, submitted: Specialist) -> None:
    path = f"{DESK}{submitted.pk}/"
    desk.post(f"{path}verify/", {"checked": CHECKED, "until": in_a_year().isoformat()})
    desk.post(f"{path}suspend/", {"suspend-reasons": "A complaint."})
    assert Specialist.objects.get().state == State.SUSPENDED
    assert "A complaint." in page(desk, path)
    desk.post(f"{path}reinstate/", {"reinstate-reasons": "Unfounded."})
    assert Specialist.objects.get().is_public


def test_own_profile__is_for_others_to_decide(client: Client, user: User, submitted: Specialist) -> None:
    user.groups.set(factories.safety_moderator().groups.all())
    client.force_login(user)
    html = page(client, f"{DESK}{submitted.pk}/")
    assert "somebody else has to decide" in html and "Verify and publish" not in html
    sent = {"checked": CHECKED, "until": in_a_year().isoformat()}
    assert client.post(f"{DESK}{submitted.pk}/verify/", sent).status_code in (302, 403)
    assert Specialist.objects.get().state == State.SUBMITTED


def test_unknown_decision_and_profile__are_not_there(desk: Client, submitted: Specialist) -> None:
    assert desk.post(f"{DESK}{submitted.pk}/promote/").status_code == 404
    assert desk.get(f"{DESK}999999/").status_code == 404
    assert desk.post(f"{DESK}999999/approve/").status_code == 404


def test_markup_in_a_profile__is_text_on_the_desk(desk: Client, user: User, complete: Specialist) -> None:
    services.save_draft(user, written(name="<script>alert(1)</script>", approach="<img src=x onerror=alert(1)>"))
    services.submit(user)
    for path in (DESK, f"{DESK}{complete.pk}/"):
        html = page(desk, path)
        assert "<script>alert(1)" not in html and "<img src=x" not in html


def test_menu__has_the_desk_for_moderators_alone(desk: Client) -> None:
    assert DESK in page(desk, "/admin/")
    writer = Client()
    writer.force_login(factories.writer())
    assert DESK not in page(writer, "/admin/")
