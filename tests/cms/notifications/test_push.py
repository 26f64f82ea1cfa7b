"""Telling devices: what their service gets, what becomes of its answers, and whom the server cannot be made to ask."""

import json
import socket
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from cms.notifications.kinds import Kind
from cms.notifications.models import FollowedTopic, Push, PushSubscription
from cms.notifications.push.delivery import deliver
from cms.notifications.push.endpoints import RefusedEndpoint, hold_endpoint, hold_public, public_address
from cms.notifications.push.sending import Outcome, send
from cms.notifications.push.subscriptions import Told, followed_by, forget_with_other_keys, site_key, subscribe
from cms.notifications.push.vapid import new_key
from cms.notifications.services import notify
from cms.people.models import User
from tests import factories
from tests.push_service import Browser, PushService, holder_of, written

pytestmark = pytest.mark.django_db

WAY = "/own/messages/one/"


def told_by(browser: Browser, **more: Any) -> Told:
    return Told(browser.endpoint, written(browser.point), written(browser.secret), "Chrome on Android", **more)


@pytest.fixture
def browser(reader: User, push_service: PushService) -> Browser:
    """Give a browser on which the reader is told."""
    own = push_service.browser()
    subscribe(reader, told_by(own))
    return own


def due(later: timedelta = timedelta(0)) -> None:
    with time_machine.travel(timezone.now() + later, tick=False):
        call_command("notifications", "sweep")


# ---- What is sent ----------------------------------------------------------------------------


def test_device__is_told_the_number_of_a_kind_and_nothing_else(
    reader: User, browser: Browser, push_service: PushService, committing: Any
) -> None:
    with committing():
        notify(reader, Kind.QUESTION, "/own/questions/secret-bramble/", said=["bramble"])
        assert push_service.asked == []
    ((path, headers, body),) = push_service.asked
    assert push_service.origin + path == browser.endpoint
    assert browser.opened(body) == b"2"
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "172800")
    assert holder_of(headers["authorization"], push_service.origin, site_key())["sub"].startswith("mailto:")
    assert "bramble" not in json.dumps(headers)
    assert reader.email not in json.dumps(headers)
    assert not Push.objects.exists()


def test_name_of_a_message__tells_neither_kind_nor_person(
    reader: User, browser: Browser, push_service: PushService, committing: Any
) -> None:
    subscribe(reader, told_by(push_service.browser("two")))
    with committing():
        notify(reader, Kind.MESSAGE, WAY)
    topics = {headers["topic"] for _path, headers, _body in push_service.asked}
    assert len(topics) == 2
    assert all(len(topic) == 32 and topic.isalnum() for topic in topics)


def test_more_news_before_it_is_told__is_one_notice(
    reader: User, browser: Browser, push_service: PushService, committing: Any
) -> None:
    with committing():
        for way in ("/own/messages/1/", "/own/messages/2/", "/own/messages/3/"):
            notify(reader, Kind.MESSAGE, way)
    assert len(push_service.asked) == 1


def test_request_that_tells__waits_for_no_push_service(
    reader: User, browser: Browser, push_service: PushService, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notify(reader, Kind.MESSAGE, WAY)
    assert push_service.asked == []
    due()
    assert len(push_service.asked) == 1


def test_queue__is_handed_each_device_by_the_commit(
    reader: User, browser: Browser, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        notify(reader, Kind.MESSAGE, WAY)
    handed = DBTaskResult.objects.filter(task_path="cms.notifications.tasks.deliver")
    assert [one.args_kwargs["args"] for one in handed] == [[Push.objects.get().pk]]


def test_kinds_of_the_team_and_sites_without_a_key__tell_no_device(
    reader: User, browser: Browser, push_service: PushService, settings: Settings, committing: Any
) -> None:
    with committing():
        notify(reader, Kind.TEAM, WAY)
        settings.VAPID_PRIVATE_KEY = ""
        notify(reader, Kind.MESSAGE, WAY)
    assert push_service.asked == []


# ---- What becomes of it ----------------------------------------------------------------------


@pytest.mark.parametrize("status", [404, 410])
def test_device_that_is_gone__is_forgotten(
    reader: User, browser: Browser, push_service: PushService, committing: Any, status: int
) -> None:
    push_service.status = status
    with committing():
        notify(reader, Kind.MESSAGE, WAY)
    assert not PushSubscription.objects.exists()
    assert not Push.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_service_in_trouble__is_asked_again_until_it_takes_it(
    reader: User, browser: Browser, push_service: PushService, committing: Any, status: int
) -> None:
    push_service.status = status
    with committing():
        notify(reader, Kind.MESSAGE, WAY)
    due()
    assert len(push_service.asked) == 1, "too early to ask again"
    due(timedelta(minutes=2))
    assert len(push_service.asked) == 2
    assert Push.objects.get().tries == 2
    push_service.status = 201
    due(timedelta(minutes=10))
    assert len(push_service.asked) == 3
    assert not Push.objects.exists()
    assert PushSubscription.objects.exists()


def test_service_that_says_when__is_left_alone_until_then(
    reader: User, browser: Browser, push_service: PushService, committing: Any
) -> None:
    push_service.status, push_service.headers = 429, {"Retry-After": "3600"}
    with committing():
        notify(reader, Kind.MESSAGE, WAY)
    due(timedelta(minutes=59))
    assert len(push_service.asked) == 1
    due(timedelta(minutes=61))
    assert len(push_service.asked) == 2


def test_nobody_there__is_tried_again_and_given_up_after_two_days(
    reader: User, browser: Browser, push_service: PushService, committing: Any
) -> None:
    push_service.close()
    with committing():
        notify(reader, Kind.MESSAGE, WAY)
    assert Push.objects.get().tries == 1
    due(timedelta(days=2, minutes=1))
    assert not Push.objects.exists()
    assert PushSubscription.objects.exists()


def test_refusal__is_not_repeated(reader: User, browser: Browser, push_service: PushService, committing: Any) -> None:
    push_service.status = 400
    with committing():
        notify(reader, Kind.MESSAGE, WAY)
    due(timedelta(days=1))
    assert len(push_service.asked) == 1
    assert PushSubscription.objects.exists()


def test_second_task__finds_that_somebody_is_at_it(reader: User, browser: Browser, push_service: PushService) -> None:
    push = Push.objects.create(subscription=PushSubscription.objects.get(), kind=1)
    Push.objects.filter(pk=push.pk).update(due_at=timezone.now() + timedelta(minutes=5))
    assert deliver(push.pk) is None
    assert push_service.asked == []


def test_worker_that_was_killed_half_way__is_made_up_for(
    reader: User, browser: Browser, push_service: PushService
) -> None:
    Push.objects.create(subscription=PushSubscription.objects.get(), kind=1, due_at=timezone.now())
    due()
    assert len(push_service.asked) == 1


def test_closed_account__is_told_nothing(reader: User, browser: Browser, push_service: PushService) -> None:
    push = Push.objects.create(subscription=PushSubscription.objects.get(), kind=1)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert deliver(push.pk) is None
    assert push_service.asked == []
    assert not PushSubscription.objects.exists()


def test_new_key_of_ours__forgets_the_devices_that_know_the_old(
    reader: User, browser: Browser, settings: Settings
) -> None:
    assert forget_with_other_keys() == 0
    settings.VAPID_PRIVATE_KEY = new_key()
    assert forget_with_other_keys() == 1


# ---- Whom the server asks --------------------------------------------------------------------

KNOWN = [
    "https://fcm.googleapis.com/fcm/send/abc:DEF-_1",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA-_=",
    "https://web.push.apple.com/QABC",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%2fb%3d",
]


@pytest.mark.parametrize("endpoint", KNOWN)
def test_known_service__is_taken(endpoint: str) -> None:
    hold_endpoint(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/1",
        "https://push.example/1",
        "https://evil-fcm.googleapis.com.example/1",
        "https://notfcm.googleapis.com/1",
        "https://fcm.googleapis.com@127.0.0.1/1",
        "https://fcm.googleapis.com:8080/1",
        "https://fcm.googleapis.com\\@127.0.0.1/1",
        "https://127.0.0.1/1",
        "https://[::1]/1",
        "https://169.254.169.254/latest/meta-data/",
        "https://2130706433/1",
        "https://localhost/1",
        "https://FCM.googleapis.com/\r\nHost: x",
        "https://fcm.googleapis.com/1#x",
        "https://fcm.googleapis.com/" + "x" * 2000,
        "file:///etc/passwd",
        "gopher://fcm.googleapis.com/1",
        "",
    ],
)
def test_whatever_else__is_refused_and_never_asked(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("its name was looked up"))
    with pytest.raises(RefusedEndpoint):
        hold_endpoint(endpoint)
    assert send(endpoint, written(Browser("").point), written(bytes(16)), 1).outcome == Outcome.REFUSED


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b:1::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_known_name_that_leads_inside__is_not_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedEndpoint):
        hold_public(address)
    found = [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("it was asked"))
    told = send(KNOWN[0], written(Browser("").point), written(bytes(16)), 1)
    assert told.outcome == Outcome.REFUSED


def test_address_that_was_looked_at__is_the_one_that_is_asked(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.VAPID_PRIVATE_KEY = new_key()
    asked: list[Any] = []
    answers = iter([[(0, 0, 0, "", ("8.8.8.8", 443))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: next(answers))

    def connect(self: Any) -> Any:
        asked.append((self.host, self.port, self.server_hostname, self.assert_hostname))
        raise OSError("no network here")

    monkeypatch.setattr("urllib3.connection.HTTPSConnection._new_conn", connect)
    told = send(KNOWN[0], written(Browser("").point), written(bytes(16)), 1)
    assert asked == [("8.8.8.8", 443, "fcm.googleapis.com", "fcm.googleapis.com")]
    assert told.outcome == Outcome.LATER


def test_address_of_version_6__is_taken_where_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("2607:f8b0:4005::200a", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert public_address("fcm.googleapis.com") == "2607:f8b0:4005::200a"


def test_redirection__is_not_followed(reader: User, browser: Browser, push_service: PushService) -> None:
    inside = PushService()
    push_service.status, push_service.headers = 307, {"Location": f"{inside.origin}/admin/"}
    told = send(browser.endpoint, written(browser.point), written(browser.secret), 1)
    assert told.outcome == Outcome.REFUSED
    assert inside.asked == []
    inside.close()


# ---- Subscriptions ---------------------------------------------------------------------------


def test_address_and_keys__lie_sealed(reader: User, browser: Browser) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT endpoint, p256dh, auth FROM notifications_pushsubscription")
        row = cursor.fetchone()
    assert all(stored.startswith("gAAAA") for stored in row)


def test_device_of_another__becomes_mine_without_what_they_followed(reader: User, push_service: PushService) -> None:
    own, other = push_service.browser(), factories.reader()
    factories.topic("Sleep", slug="sleep")
    subscribe(other, told_by(own, topics=["sleep"]))
    subscription = subscribe(reader, told_by(own))
    assert PushSubscription.objects.get().user == reader
    assert followed_by(subscription) == []


def test_devices__are_no_more_than_anybody_has(reader: User, push_service: PushService) -> None:
    for number in range(PushSubscription.MOST + 3):
        subscribe(reader, told_by(push_service.browser(str(number))))
    assert PushSubscription.objects.count() == PushSubscription.MOST


# ---- Topics ----------------------------------------------------------------------------------


def test_new_article__is_told_where_its_topic_is_followed_and_only_once(
    reader: User, push_service: PushService, committing: Any
) -> None:
    from cms.publishing.services import save_and_publish

    sleep, grief = factories.topic("Sleep", slug="sleep"), factories.topic("Grief", slug="grief")
    following, elsewhere = push_service.browser("following"), push_service.browser("elsewhere")
    subscribe(reader, told_by(following, topics=["sleep"]))
    subscribe(reader, told_by(elsewhere, topics=["grief"]))
    subscribe(factories.reader(), told_by(push_service.browser("none")))
    with committing():
        article = factories.article("On rest", topics=[sleep])
    ((path, _headers, body),) = push_service.asked
    assert path == "/send/following"
    assert following.opened(body) == b"5"
    with committing():
        article.summary = "Said otherwise."
        save_and_publish(article)
    assert len(push_service.asked) == 1
    assert grief.slug == "grief"


def test_table_of_followed_topics__names_none(reader: User, push_service: PushService) -> None:
    factories.topic("Sleep", slug="sleep")
    subscription = subscribe(reader, told_by(push_service.browser(), topics=["sleep", "not-there"]))
    assert followed_by(subscription) == ["sleep"]
    assert all("sleep" not in topic.digest for topic in FollowedTopic.objects.all())


# ---- By the API ------------------------------------------------------------------------------

PUSH = "/api/v1/push/"


def post(client: Client, browser: Browser, **more: Any) -> Any:
    return client.post(PUSH, browser.subscription(**more), content_type="application/json")


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.post("/accounts/login/", {"login": reader.email, "password": factories.PASSWORD})
    return client


def test_logging_out__ends_it_on_this_device_alone(reader: User, signed_in: Client, push_service: PushService) -> None:
    post(signed_in, push_service.browser())
    other = Client()
    other.post("/accounts/login/", {"login": reader.email, "password": factories.PASSWORD})
    post(other, push_service.browser("two"))
    assert PushSubscription.objects.count() == 2
    signed_in.post("/accounts/logout/")
    (left,) = PushSubscription.objects.all()
    assert left.endpoint.endswith("/two")


def test_session_ended_from_elsewhere__ends_it_there(
    reader: User, signed_in: Client, push_service: PushService
) -> None:
    post(signed_in, push_service.browser())
    other = Client()
    other.post("/accounts/login/", {"login": reader.email, "password": factories.PASSWORD})
    other.post("/accounts/sessions/", {"others": "yes"})
    assert not PushSubscription.objects.exists()


def test_new_password__keeps_the_device_known_to_its_session(
    reader: User, signed_in: Client, push_service: PushService
) -> None:
    post(signed_in, push_service.browser())
    new = "yet another that is long enough"
    signed_in.post(
        "/accounts/password/change/", {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    )
    assert signed_in.get(PUSH).json()["subscribed"] is True
    signed_in.post("/accounts/logout/")
    assert not PushSubscription.objects.exists()


def test_browser_with_another_address__goes_on_as_it_was(
    reader: User, signed_in: Client, push_service: PushService
) -> None:
    factories.topic("Sleep", slug="sleep")
    post(signed_in, push_service.browser(), topics=["sleep"])
    assert post(signed_in, push_service.browser("renewed")).json()["topics"] == ["sleep"]
    assert PushSubscription.objects.get().endpoint.endswith("/renewed")
