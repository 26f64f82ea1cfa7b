"""There is one way to log in, and it counts the attempts."""

import pytest
from django.test import Client

from cms.people.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_log_in__leads_to_the_sites(client: Client, method: str) -> None:
    response = getattr(client, method)("/admin/login/?next=/admin/pages/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/admin/pages/"


def test_wagtails_own_password_reset__is_closed(client: Client) -> None:
    assert client.get("/admin/password_reset/").status_code == 404


def test_account_without_rights__is_told_so_and_may_log_out(client: Client) -> None:
    client.force_login(User.objects.create_user("reader@example.org"))
    response = client.get("/admin/pages/", follow=True)
    assert response.redirect_chain[-1] == ("/accounts/logout/", 302)
    assert "You do not have permission to access the admin." in response.content.decode()


def test_editor_who_logs_in_on_the_way_to_a_page__gets_there(client: Client) -> None:
    client.force_login(factories.writer())
    assert client.get("/accounts/login/?next=/admin/pages/")["Location"] == "/admin/pages/"
    assert client.get("/accounts/login/")["Location"] == "/admin/"


def test_log_out__ends_the_session(client: Client) -> None:
    client.force_login(factories.writer())
    client.post("/accounts/logout/")
    assert client.get("/admin/")["Location"] == "/accounts/login/?next=/admin/"
