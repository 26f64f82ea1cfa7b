"""From a first address to an account, and to where somebody was going; every answer the same for addresses that have one."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from cms.people.models import User
from tests import factories
from tests.pwa.conftest import Site, inside_main

ADDRESS = "reader@example.org"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def sign_up(client: Client, address: str = ADDRESS, going_to: str = "/help/") -> Any:
    form = {"email": address, "password1": "another one that is long enough", "next": going_to}
    return client.post("/accounts/signup/", form, follow=True)


def code_of(letter: mail.EmailMessage) -> str:
    return re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]+$", str(letter.body), re.MULTILINE)[0]


def main_of(response: Any) -> str:
    return TOKEN.sub("", inside_main(response))


def test_sign_up__asks_for_an_address_and_a_password_and_nothing_else(site: Site, client: Client) -> None:
    html = main_of(client.get("/accounts/signup/"))
    assert re.findall(r'<input[^>]* name="(\w+)"', html) == ["email", "password1"]


def test_sign_up__leads_by_a_code_to_where_somebody_was_going(site: Site, client: Client) -> None:
    page = sign_up(client)
    assert "Confirm your email address" in main_of(page)
    (letter,) = mail.outbox
    assert letter.subject == "Your code for Respite"
    arrived = client.post("/accounts/confirm-email/", {"code": code_of(letter)})
    assert (arrived.status_code, arrived["Location"]) == (302, "/help/")
    user = User.objects.get(email=ADDRESS)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified
    assert not user.is_staff
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/logout/"


def test_code_that_is_wrong__is_said_to_be_and_can_be_asked_for_again(site: Site, client: Client) -> None:
    sign_up(client)
    page = client.post("/accounts/confirm-email/", {"code": "WRONG-ONE"})
    assert 'class="error"' in main_of(page)
    assert "_auth_user_id" not in client.session
    assert "Send another code" in main_of(page)


def test_sign_up_with_an_address_that_has_an_account__answers_as_for_one_that_has_none(
    site: Site, client: Client
) -> None:
    known = factories.confirmed(factories.administrator(ADDRESS))
    taken = sign_up(client)
    (letter,) = mail.outbox
    assert "have an account" in letter.subject
    assert "accounts/password/reset/" in str(letter.body)
    free = sign_up(Client(), "somebody.else@example.org")
    assert main_of(taken) == main_of(free).replace("somebody.else@example.org", ADDRESS)
    assert taken.redirect_chain == free.redirect_chain
    known.refresh_from_db()
    assert known.check_password(factories.PASSWORD)


def test_password_that_many_use__is_refused_in_words(site: Site, client: Client) -> None:
    page = client.post("/accounts/signup/", {"email": ADDRESS, "password1": "password123"})
    assert "too common" in main_of(page)
    assert f'value="{ADDRESS}"' in main_of(page)
    assert not User.objects.exists()
