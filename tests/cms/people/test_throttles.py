"""Trying passwords and addresses without end: counted by whom it is about and where it comes from."""

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

TOO_OFTEN = "Too many failed login attempts"
PER_ADDRESS = 5
PER_NETWORK = 10


def attempt(address: str, password: str = "not it", host: str = "localhost", **headers: str) -> str:
    answer = Client(headers={"host": host, **headers}).post(
        "/accounts/login/", {"login": address, "password": password}
    )
    return "in" if answer.status_code == 302 else answer.content.decode()


def test_same_account__however_its_address_is_spelt_is_the_same() -> None:
    factories.reader("jose@exämple.org")
    spellings = (
        "jose@exämple.org",
        "JOSE@EXÄMPLE.ORG",
        "Jose@exa\u0308mple.org",
        "jose@example.org",
        " jose@exàmple.org",
    )
    assert len(spellings) == PER_ADDRESS
    for spelling in spellings:
        assert "not correct" in attempt(spelling)
    assert TOO_OFTEN in attempt("jose@exämple.org")
    assert TOO_OFTEN in attempt("jose@exämple.org", factories.PASSWORD)


def test_same_account__by_whatever_name_of_the_host_is_the_same() -> None:
    factories.reader("reader@example.org")
    for number in range(PER_ADDRESS):
        assert "not correct" in attempt("reader@example.org", host=f"localhost:{8000 + number}")
    assert TOO_OFTEN in attempt("reader@example.org", host="LOCALHOST:9000")


def test_log_in_that_succeeds__does_not_give_an_attacker_more_tries() -> None:
    factories.reader("own@example.org")
    for number in range(PER_NETWORK):
        assert TOO_OFTEN not in attempt(f"victim{number % 3}@example.org"), number
        if number < PER_NETWORK - 1:
            assert attempt("own@example.org", factories.PASSWORD) == "in"
    assert TOO_OFTEN in attempt("victim9@example.org")


def test_second_factor_that_is_shown__does_not_give_an_attacker_more_tries(client: Client) -> None:
    own = factories.reader("own@example.org")
    codes = RecoveryCodes.activate(own).generate_codes()
    TOTP.activate(own, generate_totp_secret())
    for number in range(PER_NETWORK - 1):
        assert TOO_OFTEN not in attempt(f"victim{number}@example.org")
    client.post("/accounts/login/", {"login": own.email, "password": factories.PASSWORD})
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert TOO_OFTEN not in attempt("victim98@example.org")
    assert TOO_OFTEN in attempt("victim99@example.org")


def test_forwarded_for__is_believed_of_our_own_proxies_only() -> None:
    for number in range(PER_NETWORK):
        attempt(f"victim{number}@example.org", **{"x-forwarded-for": f"203.0.113.{number}"})
    assert TOO_OFTEN in attempt("another@example.org", **{"x-forwarded-for": "203.0.113.200"})


def test_requests_for_a_new_password__are_counted_by_address(settings: Any) -> None:
    factories.reader("reader@example.org")
    answers = [
        Client().post("/accounts/password/reset/", {"email": spelling})
        for spelling in ("reader@example.org", "READER@example.org", "Reader@Example.org") * 2
    ]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Too many tries" in answers[-1].content.decode()
    assert len(mail.outbox) == 5


def test_signing_up__is_counted_by_network() -> None:
    form = {"password1": factories.PASSWORD}
    answers = [
        Client().post("/accounts/signup/", {**form, "email": f"new{n}@example.org"}).status_code for n in range(21)
    ]
    assert answers == [302] * 20 + [429]
