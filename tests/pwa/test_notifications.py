"""The page of what one is told: each kind, each way, without JavaScript."""

import re
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from cms.correspondence.models import Thread
from cms.correspondence.services import write_to_team
from cms.correspondence.team import answer_as_team
from cms.notifications.kinds import Kind
from cms.notifications.models import Choice, How, Notice, PushSubscription
from cms.notifications.preferences import choose, how_told, language_of
from cms.notifications.push.vapid import new_key
from cms.people.models import User
from tests import factories
from tests.pwa.conftest import main_of

pytestmark = pytest.mark.django_db

PAGE = "/own/notifications/"
ALL = {"message": "at_once", "question": "at_once", "consultation": "at_once", "reminder": "at_once", "language": "en"}


@pytest.fixture
def reader(client: Client) -> User:
    user = factories.reader()
    client.force_login(user)
    return user


def page(client: Client) -> str:
    return unescape(main_of(client.get(PAGE).content.decode()))


def device(user: User, name: str = "Firefox on Linux") -> PushSubscription:
    return PushSubscription.objects.create(
        user=user, endpoint="https://web.push.apple.com/Q", endpoint_digest=name, p256dh="p", auth="a", device=name
    )


def test_page__is_shown_to_nobody_who_is_not_logged_in(client: Client) -> None:
    answer = client.get(PAGE)
    assert "You need to be logged in to send messages" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_page__has_a_choice_for_each_kind_that_may_concern_one(client: Client, reader: User) -> None:
    html = page(client)
    assert re.findall(r'<select name="(\w+)"', html) == [*list(ALL)]
    assert "What readers write to the team" not in html
    assert reader.email in html


def test_what_protects_the_account__cannot_be_switched_off_and_says_so(client: Client, reader: User) -> None:
    html = page(client)
    assert "cannot be switched off" in html
    assert "Always, at once" in html
    client.post(PAGE, {**ALL, "account": "never"})
    client.post("/accounts/password/reset/", {"email": reader.email})
    assert len(mail.outbox) == 1


def test_choices__are_kept_and_shown(client: Client, reader: User) -> None:
    answer = client.post(PAGE, {**ALL, "message": "digest", "question": "never", "language": "de"})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert how_told(reader, Kind.MESSAGE) == How.DIGEST
    assert how_told(reader, Kind.QUESTION) == How.NEVER
    assert language_of(reader) == "de"
    html = client.get(PAGE).content.decode()
    assert '<html lang="de"' in html
    assert '<option value="digest" selected>' in html


def test_language_that_the_page_was_just_asked_for__is_the_one_that_it_shows(client: Client, reader: User) -> None:
    client.post(PAGE, ALL)
    assert '<option value="de" selected>' in client.get(f"{PAGE}?language=de").content.decode()
    assert language_of(reader) == "de"


@pytest.mark.parametrize(
    "change", [{"message": "sometimes"}, {"reminder": "digest"}, {"language": "xx"}, {"message": ""}]
)
def test_choice_that_there_is_not__is_refused_and_changes_nothing(
    client: Client, reader: User, change: dict[str, str]
) -> None:
    answer = client.post(PAGE, {**ALL, "question": "never", **change})
    assert answer.status_code == 422
    assert not Choice.objects.exists()


def test_team__chooses_about_its_own_kinds_too(client: Client) -> None:
    client.force_login(factories.administrator())
    assert "What readers write to the team" in page(client)


def test_device__is_listed_and_can_be_stopped_by_whose_it_is_alone(client: Client, reader: User) -> None:
    mine, other = device(reader), device(factories.reader(), "Safari on iPhone")
    html = page(client)
    assert "Firefox on Linux" in html
    assert "Safari" not in html
    client.post(f"{PAGE}devices/", {"device": str(other.public_id)})
    client.post(f"{PAGE}devices/", {"device": "nonsense"})
    assert PushSubscription.objects.count() == 2
    client.post(f"{PAGE}devices/", {"device": str(mine.public_id)})
    assert PushSubscription.objects.get() == other


def test_page__says_who_learns_of_a_push_and_offers_none_without_a_key(
    client: Client, reader: User, settings: Settings
) -> None:
    settings.VAPID_PRIVATE_KEY = new_key()
    html = page(client)
    assert "<respite-push key=" in html
    assert "Google, Mozilla, Apple or Microsoft" in html
    settings.VAPID_PRIVATE_KEY = ""
    assert "<respite-push" not in page(client)


def test_account__leads_there(client: Client, reader: User) -> None:
    assert f'href="{PAGE}"' in client.get("/accounts/").content.decode()


def test_answer_of_the_team__is_told_by_what_was_chosen(
    client: Client, reader: User, django_capture_on_commit_callbacks: Any
) -> None:
    write_to_team(reader, "using", "Where is it?")
    choose(reader, Kind.MESSAGE, How.DIGEST)
    with django_capture_on_commit_callbacks(execute=True):
        answer_as_team(Thread.objects.get(), factories.administrator(), "There.")
    assert mail.outbox == []
    notice = Notice.objects.get()
    client.get(notice.way)
    assert not Notice.objects.exists(), "read already"


def test_page_after_sending__offers_to_tell_on_this_device(client: Client, reader: User) -> None:
    form = {"subject": "using", "text": "Where is it?", "key": "8f0c3a52-0000-4000-8000-000000000000"}
    first = client.post("/own/contact/", form, follow=True)
    assert "data-sent" in first.content.decode()
    assert "data-sent" not in client.get(first.redirect_chain[-1][0]).content.decode()


def test_export__tells_what_was_chosen_and_no_address_of_a_device(reader: User) -> None:
    from cms.people.rights import holdings

    choose(reader, Kind.MESSAGE, How.DIGEST)
    device(reader)
    told = {holding.name: holding.collect(reader) for holding in holdings()}
    assert told["notifications"]["chosen"] == [{"of": "Messages to you", "by_email": "digest"}]
    assert told["devices"][0]["device"] == "Firefox on Linux"
    assert "apple.com" not in str(told["devices"])
