"""The way out of letters: one press in a mail program, or one on a page, without a log-in."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from cms.notifications.kinds import Kind
from cms.notifications.models import How, Notice
from cms.notifications.preferences import choose, how_told, keep_language
from cms.notifications.services import notify
from cms.notifications.unsubscribing import token_for
from cms.people.models import User
from tests import factories
from tests.pwa.conftest import main_of

pytestmark = pytest.mark.django_db

WAY = "/own/messages/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def stranger(client: Client) -> Client:
    """Give a client that holds to tokens of forms and is nobody's: a mail program."""
    return Client(enforce_csrf_checks=True)


def address_in(letter: Any) -> str:
    found = re.fullmatch(r"<http://127\.0\.0\.1:8000(/.*)>", letter.extra_headers["List-Unsubscribe"])
    assert found
    return found[1]


def test_one_press_in_a_mail_program__stops_this_kind_and_no_other(reader: User, stranger: Client) -> None:
    notify(reader, Kind.MESSAGE, WAY)
    answer = stranger.post(address_in(mail.outbox[0]), ONE_CLICK)
    assert answer.status_code == 200
    notify(reader, Kind.MESSAGE, WAY)
    assert len(mail.outbox) == 1
    notify(reader, Kind.QUESTION, WAY)
    assert len(mail.outbox) == 2


def test_looking_at_the_page__asks_and_stops_nothing(reader: User, stranger: Client) -> None:
    notify(reader, Kind.MESSAGE, WAY)
    answer = stranger.get(address_in(mail.outbox[0]))
    assert "Stop these letters?" in main_of(answer.content.decode())
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert how_told(reader, Kind.MESSAGE) == How.AT_ONCE


def test_button_of_the_page__works_without_a_log_in_and_without_javascript(reader: User, stranger: Client) -> None:
    address = f"/letters/stop/{token_for(reader, Kind.MESSAGE)}/"
    form = main_of(stranger.get(address).content.decode())
    assert '<form method="post"' in form
    assert "action=" not in form
    assert "These letters stop" in stranger.post(address).content.decode()
    assert how_told(reader, Kind.MESSAGE) == How.NEVER


def test_page__is_in_the_language_of_whose_letters_they_are(reader: User, stranger: Client) -> None:
    keep_language(reader, "de")
    assert '<html lang="de"' in stranger.get(f"/letters/stop/{token_for(reader, Kind.MESSAGE)}/").content.decode()


def test_digest__stops_for_what_came_in_it_and_for_nothing_else(reader: User, stranger: Client) -> None:
    choose(reader, Kind.MESSAGE, How.DIGEST)
    notify(reader, Kind.MESSAGE, WAY)
    stranger.post(f"/letters/stop/{token_for(reader, None)}/", ONE_CLICK)
    assert how_told(reader, Kind.MESSAGE) == How.NEVER
    assert how_told(reader, Kind.QUESTION) == How.AT_ONCE
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "x" + token,
        lambda token: "nonsense",
    ],
)
def test_token_that_is_none__is_a_page_that_is_not_there(reader: User, stranger: Client, change: Any) -> None:
    address = f"/letters/stop/{change(token_for(reader, Kind.MESSAGE))}/"
    assert stranger.get(address).status_code == stranger.post(address).status_code == 404
    assert how_told(reader, Kind.MESSAGE) == How.AT_ONCE


def test_token__is_of_one_person_and_kind(reader: User, stranger: Client) -> None:
    other = factories.reader()
    stranger.post(f"/letters/stop/{token_for(other, Kind.MESSAGE)}/", ONE_CLICK)
    assert how_told(reader, Kind.MESSAGE) == How.AT_ONCE
    assert str(reader.public_id) not in token_for(reader, Kind.MESSAGE)


def test_token__outlives_a_change_of_the_secret_key(reader: User, stranger: Client, settings: Settings) -> None:
    token = token_for(reader, Kind.MESSAGE)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" * 6
    assert stranger.post(f"/letters/stop/{token}/", ONE_CLICK).status_code == 200


def test_token_of_a_closed_account__leads_nowhere(reader: User, stranger: Client) -> None:
    token = token_for(reader, Kind.MESSAGE)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert stranger.get(f"/letters/stop/{token}/").status_code == 404
