"""There is one way to log in, and it counts the attempts."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_log_in__leads_to_the_sites(client: Client, method: str) -> None:
    response = getattr(client, method)("/admin/login/?next=/admin/pages/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/admin/pages/"


def test_wagtails_own_password_reset__is_closed(client: Client) -> None:
    assert client.get("/admin/password_reset/").status_code == 404
