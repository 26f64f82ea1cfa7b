"""The pages of accounts: in our look, for nobody to keep, and working without a script."""

import re

from django.core import mail
from django.test import Client

from tests import factories
from tests.pwa.conftest import Site


def test_log_in__works_without_a_script_and_is_kept_by_nobody(site: Site, client: Client) -> None:
    page = client.get("/accounts/login/")
    html = page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert "<h1>Log in</h1>" in html
    assert '<label for="id_login">' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    user = factories.confirmed(factories.administrator())
    response = client.post("/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_log_in__that_fails__says_so_in_words(site: Site, client: Client) -> None:
    user = factories.administrator()
    html = client.post("/accounts/login/", {"login": user.email, "password": "not it"}).content.decode()
    assert 'role="alert"' in html
    assert "not correct" in html


def test_field_with_an_error__is_tied_to_it(site: Site, client: Client) -> None:
    html = client.post("/accounts/login/", {"login": "", "password": ""}).content.decode()
    field = re.search(r'<input[^>]*name="login"[^>]*>', html)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="id_login-error"' in field[0]
    assert 'id="id_login-error"' in html


def test_forgotten_password__is_chosen_anew_by_a_letter(site: Site, client: Client) -> None:
    user = factories.administrator()
    client.post("/accounts/password/reset/", {"email": user.email})
    (letter,) = mail.outbox
    assert "A new password for Respite" in letter.subject
    link = re.search(r"http\S+/accounts/password/reset/key/\S+", str(letter.body))
    assert link is not None
    form = client.get(re.sub(r"^https?://[^/]+", "", link[0]), follow=True)
    action = form.request["PATH_INFO"]
    assert "<h1>New password</h1>" in form.content.decode()
    client.post(action, {"password1": "something quite new 1", "password2": "something quite new 1"})
    user.refresh_from_db()
    assert user.check_password("something quite new 1")


def test_forgotten_password__tells_nobody_whether_there_is_an_account(site: Site, client: Client) -> None:
    known = client.post("/accounts/password/reset/", {"email": factories.administrator().email}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert strip.sub("", known.content.decode()) == strip.sub("", unknown.content.decode())


def test_link_that_was_used__says_how_to_get_another(site: Site, client: Client) -> None:
    html = client.get("/accounts/password/reset/key/1-none/").content.decode()
    assert "This link no longer works" in html


def test_log_out__asks_first(site: Site, client: Client) -> None:
    client.force_login(factories.administrator())
    assert "<h1>Log out</h1>" in client.get("/accounts/logout/").content.decode()
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session
