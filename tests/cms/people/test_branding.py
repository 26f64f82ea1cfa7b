"""The admin stands in Respite's name."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def dashboard(client: Client) -> str:
    client.force_login(factories.publisher())
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    return response.content.decode()


def test_title__says_respite(dashboard: str) -> None:
    [title] = re.findall(r"<title>(.*?)</title>", dashboard, re.DOTALL)
    assert "Respite" in title
    assert "Wagtail" not in title


def test_menu__shows_the_fermata_and_not_wagtails_bird(dashboard: str) -> None:
    assert 'class="respite-mark' in dashboard
    assert "icon-wagtail" not in dashboard


def test_styles_and_icon__are_our_own_and_exist(dashboard: str) -> None:
    for name in re.findall(r'/static/(respite-admin/[\w.-]+)"', dashboard):
        assert finders.find(name), name
    assert "/static/respite-admin/admin.css" in dashboard
    assert "/static/respite-admin/mark.svg" in dashboard
    assert "favicon.ico" not in dashboard


def test_menu__leads_to_every_part_of_the_library(dashboard: str) -> None:
    for label in ("References", "Banners", "Helplines", "Topics", "People"):
        assert f'"{label}"' in dashboard
    assert reverse("wagtailsnippets_references_reference:list") in dashboard
