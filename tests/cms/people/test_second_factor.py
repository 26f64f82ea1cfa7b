"""Editors prove who they are by two factors, in the admin too."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from cms.people.models import User
from tests import factories

# What is set up counts once it is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


def code_for(secret: str) -> str:
    """Give the code that an authenticator app shows now (RFC 6238)."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def editor() -> User:
    return factories.confirmed(factories.writer())


def logged_in(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    return client


def set_up(client: Client) -> str:
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="secret" value="(\w+)"', page)[1]
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_editor_without_a_second_factor__is_led_to_where_one_is_set_up_and_then_let_in() -> None:
    client = logged_in(editor())
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1] == ("/accounts/2fa/", 302)
    assert "Editors need a second factor." in answer.content.decode()
    assert client.post("/admin/pages/2/edit/").status_code == 302

    set_up(client)

    assert client.get("/admin/").status_code == 200
    assert mail.outbox[0].subject == "An authenticator app is set up"
    assert Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES).exists()


def test_editor_with_a_second_factor__logs_in_with_both() -> None:
    user = editor()
    secret = set_up(logged_in(user))
    client = logged_in(user)
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/")["Location"] == "/accounts/login/?next=/admin/"
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert 'class="error"' in wrong.content.decode()
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_recovery_code__stands_in_for_the_second_factor_once() -> None:
    user = editor()
    first = logged_in(user)
    set_up(first)
    code = re.search(r"<code>(\d+)</code>", first.get("/accounts/2fa/recovery-codes/").content.decode())[1]
    client = logged_in(user)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    again = logged_in(user)
    assert again.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_session_from_before_the_second_factor__ends_with_it() -> None:
    user = editor()
    earlier, other = logged_in(user), logged_in(user)
    set_up(other)
    assert earlier.get("/accounts/").status_code == 302
    assert other.get("/accounts/").status_code == 200


@pytest.mark.parametrize("path", ["recovery-codes/", "webauthn/add/", "totp/deactivate/", ""])
def test_session_that_has_not_shown_the_second_factor__cannot_give_it_to_itself(path: str) -> None:
    user = editor()
    secret = set_up(logged_in(user))
    without = Client()
    without.force_login(user)
    asked = f"/accounts/2fa/{path}"
    answer = without.get(asked)
    assert answer["Location"] == f"/accounts/2fa/reauthenticate/?next={asked.replace('/', '%2F')}"
    assert without.post(asked)["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert without.get("/admin/pages/?q=a")["Location"].endswith("?next=%2Fadmin%2Fpages%2F%3Fq%3Da")

    without.post("/accounts/2fa/reauthenticate/", {"code": code_for(secret), "next": "/admin/pages/"})

    assert without.get("/admin/").status_code == 200


@pytest.mark.parametrize("path", ["email/", "export/", "delete/"])
def test_account_with_a_second_factor__is_changed_by_nobody_who_has_not_shown_it(path: str) -> None:
    user = factories.reader()
    set_up(logged_in(user))
    without = Client()
    without.force_login(user)
    assert without.get(f"/accounts/{path}")["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert without.get("/accounts/").status_code == 200


def test_last_second_factor__stays_while_it_is_required() -> None:
    client = logged_in(editor())
    set_up(client)
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_last_passkey__stays_while_a_second_factor_is_required() -> None:
    user = editor()
    client = logged_in(user)
    kept = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "A key", "credential": {}}
    )
    session = client.session
    session["second_factor_set_up"] = True
    session.save()
    answer = client.post(f"/accounts/2fa/webauthn/{kept.pk}/remove/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/webauthn/")
    assert Authenticator.objects.filter(pk=kept.pk).exists()


def test_code_of_an_app__works_once() -> None:
    user = editor()
    secret = set_up(logged_in(user))
    code = code_for(secret)
    first, second = logged_in(user), logged_in(user)
    assert first.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert second.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_reader__needs_none_and_may_have_one() -> None:
    user = factories.reader()
    client = logged_in(user)
    assert client.get("/accounts/").status_code == 200
    set_up(client)
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.exists()


def test_on_the_machine_itself__a_password_is_enough(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert logged_in(editor()).get("/admin/").status_code == 200


def test_admin__changes_neither_password_nor_address_past_the_account_pages() -> None:
    client = logged_in(editor())
    set_up(client)
    page = client.get("/admin/account/").content.decode()
    assert 'type="password"' not in page
    assert 'name="name_email-email"' not in page
