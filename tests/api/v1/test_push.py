"""A browser says where it is told, by the API."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from cms.notifications.models import PushSubscription
from cms.notifications.push.vapid import new_key, public_key
from cms.people.models import User
from tests import factories
from tests.api.v1.contract import ContractClient
from tests.push_service import PushService

pytestmark = pytest.mark.django_db

PUSH = "/api/v1/push/"


@pytest.fixture
def reader(client: ContractClient) -> User:
    user = factories.reader()
    client.force_login(user)
    return user


@pytest.fixture
def push_service(settings: Settings) -> Iterator[PushService]:
    service = PushService()
    settings.PUSH_STAND_IN, settings.VAPID_PRIVATE_KEY = service.origin, new_key()
    yield service
    service.close()


def post(client: ContractClient, content: Any) -> Any:
    return client.post(PUSH, content, content_type="application/json")


def test_subscription__is_kept_told_and_taken_away(
    client: ContractClient, reader: User, push_service: PushService, settings: Settings
) -> None:
    before = client.get(PUSH).json()
    assert before == {"key": public_key(settings.VAPID_PRIVATE_KEY), "subscribed": False, "topics": []}
    content = push_service.browser().subscription()
    answer = post(client, content)
    assert (answer.status_code, answer.json()["subscribed"]) == (200, True)
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get(PUSH).json()["subscribed"] is True
    assert post(client, content).status_code == 200
    assert PushSubscription.objects.count() == 1
    gone = client.delete(PUSH, {"endpoint": content["endpoint"]}, content_type="application/json")
    assert (gone.status_code, gone.content) == (204, b"")
    assert client.get(PUSH).json()["subscribed"] is False


def test_topics__are_told_only_where_they_are_sent(
    client: ContractClient, reader: User, push_service: PushService
) -> None:
    for slug in ("sleep", "grief"):
        factories.topic(slug.title(), slug=slug)
    browser = push_service.browser()
    assert post(client, browser.subscription()).json()["topics"] == []
    assert post(client, browser.subscription(topics=["sleep", "grief"])).json()["topics"] == ["grief", "sleep"]
    assert post(client, browser.subscription()).json()["topics"] == ["grief", "sleep"]
    assert post(client, browser.subscription(topics=[])).json()["topics"] == []


def test_nobody__hears_the_gate(client: ContractClient, push_service: PushService) -> None:
    assert client.get(PUSH).status_code == 401
    assert post(client, push_service.browser().subscription()).status_code == 401
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"endpoint": "https://push.example/1"}, "endpoint"),
        ({"endpoint": "http://127.0.0.1:1/1"}, "endpoint"),
        ({"endpoint": None}, "endpoint"),
        ({"endpoint": {"a": 1}}, "endpoint"),
        ({"keys": {"p256dh": "AAAA", "auth": "AAAA"}}, "p256dh"),
        ({"keys": "none"}, "p256dh"),
        ({"keys": None}, "auth"),
        ({"topics": "sleep"}, "topics"),
        ({"topics": [1]}, "topics"),
        ({"topics": ["x"] * 201}, "topics"),
    ],
)
def test_what_is_no_subscription__is_refused_by_field(
    client: ContractClient, reader: User, push_service: PushService, change: dict[str, Any], field: str
) -> None:
    answer = post(client, push_service.browser().subscription(**change))
    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not PushSubscription.objects.exists()


def test_device_of_another__is_not_mine_to_end(client: ContractClient, reader: User, push_service: PushService) -> None:
    content = push_service.browser().subscription()
    post(client, content)
    client.force_login(factories.reader())
    assert client.delete(PUSH, {"endpoint": content["endpoint"]}, content_type="application/json").status_code == 204
    assert PushSubscription.objects.get().user == reader


def test_site_without_a_key__takes_none(
    client: ContractClient, reader: User, push_service: PushService, settings: Settings
) -> None:
    settings.VAPID_PRIVATE_KEY = ""
    assert client.get(PUSH).json()["key"] == ""
    assert post(client, push_service.browser().subscription()).status_code == 422


def test_without_the_token__nothing_is_taken(push_service: PushService) -> None:
    client = ContractClient(enforce_csrf_checks=True)
    client.force_login(factories.reader())
    assert post(client, push_service.browser().subscription()).status_code == 403
