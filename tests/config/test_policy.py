"""Which content policy an answer carries."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def test_admin__may_run_the_scripts_that_wagtail_writes_into_its_pages(client: Client) -> None:
    client.force_login(factories.writer())
    policy = client.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy


def test_readers_pages__run_nothing_but_our_files(client: Client) -> None:
    factories.home_page()
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "unsafe-inline" not in policy
