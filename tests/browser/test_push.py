"""Notices on a device: asked for by nobody but the reader, shown without a word of what they are about."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Worker, expect

from cms.notifications.push.vapid import new_key
from tests.browser.phone import PATIENCE, Phone
from tests.browser.test_access import AXE, FINDINGS
from tests.push_service import Browser as Receiver
from tests.server import Server, eventually

PREFERENCES = "/own/notifications/"
READER = "moderator@respite.example"
# No browser of tests reaches the push service of its maker: this is what that would answer.
SERVICE = """(() => {
  const subscription = %s;
  let current = localStorage.getItem('subscribed-in-test') ? 1 : 0;
  const mark = (on) => { current = on; on ? localStorage.setItem('subscribed-in-test', '1') : localStorage.removeItem('subscribed-in-test'); };
  const own = {endpoint: subscription.endpoint, toJSON: () => subscription, unsubscribe: async () => { mark(0); return true; }};
  PushManager.prototype.subscribe = async () => { mark(1); return own; };
  PushManager.prototype.getSubscription = async () => (current ? own : null);
  const ask = Notification.requestPermission.bind(Notification);
  window.asked = 0;
  Notification.requestPermission = () => { window.asked++; return ask(); };
})()"""
SHOWN = """async () => (await self.registration.getNotifications())
  .map(({title, body, tag, data}) => ({title, body, tag, data}))"""
# Pressing needs a desktop, which a browser without a screen has not: the event is the same, and so is what is asked.
PRESS = """async () => {
  const [notification] = await self.registration.getNotifications();
  return new Promise((resolve) => {
    self.clients.openWindow = async (url) => resolve(url);
    self.dispatchEvent(new NotificationEvent('notificationclick', {notification}));
  });
}"""


@pytest.fixture
def phone(context: BrowserContext, server: Server) -> Iterator[Phone]:
    """Give the phone of somebody who is logged in, with a push service that answers."""
    if os.environ.get("DATABASE_URL"):
        server.restart(env={"VAPID_PRIVATE_KEY": new_key()})  # in production nobody makes one
    receiver = Receiver("https://fcm.googleapis.com/fcm/send/only-for-tests")
    context.add_init_script(SERVICE % json.dumps(receiver.subscription()))
    context.grant_permissions(["notifications"], origin=server.url)
    own = Phone(context, server)
    own.open("/")
    own.installed()
    log_in(own)
    yield own
    assert own.elsewhere == [], "the phone asks nobody but us"


def log_in(phone: Phone, address: str = READER) -> None:
    phone.open(f"/accounts/login/?next={PREFERENCES}")
    phone.page.locator("[name=login]").fill(address)
    phone.page.locator("[name=password]").fill(phone.server.logins[address])
    phone.page.locator("main").get_by_role("button", name="Login").or_(
        phone.page.locator("main button[type=submit]")
    ).first.click()
    # Whoever may edit is led to the admin, whatever they wanted; for this test that is the same.
    phone.page.wait_for_load_state()
    phone.open(PREFERENCES)


def told(phone: Phone) -> dict[str, Any]:
    """Give what the server knows of this device."""
    answer: dict[str, Any] = phone.page.evaluate("async () => (await fetch('/api/v1/push/')).json()")
    return {name: answer[name] for name in ("subscribed", "topics")}


NOT_TOLD = {"subscribed": False, "topics": []}
TOLD = {"subscribed": True, "topics": []}


def registration_of(page: Page, origin: str) -> tuple[Any, str]:
    """Give a session with the browser's workers, and the name by which it knows ours."""
    session = page.context.new_cdp_session(page)
    known: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(
            one["registrationId"]
            for one in told["registrations"]
            if one["scopeURL"] == f"{origin}/" and not one["isDeleted"]
        ),
    )
    session.send("ServiceWorker.enable")
    # Whatever is asked lets the events come in.
    eventually(lambda: page.evaluate("1") and known, PATIENCE, "the browser names our worker")
    return session, known[-1]


def push(phone: Phone, data: str) -> Worker:
    session, registration = registration_of(phone.page, phone.server.url)
    session.send(
        "ServiceWorker.deliverPushMessage", {"origin": phone.server.url, "registrationId": registration, "data": data}
    )
    return phone.installed()


def test_notice__appears_without_a_word_of_what_it_is_about_and_opens_the_page(phone: Phone) -> None:
    for _ in range(2):
        worker = push(phone, "1")
    eventually(lambda: worker.evaluate(SHOWN), PATIENCE, "the notice appears")
    assert worker.evaluate(SHOWN) == [
        {
            "title": "There is something new for you on Respite",
            "body": "",
            "tag": "respite-1",
            "data": "/own/messages/",
        }
    ], "two of one kind are one notice"
    address = worker.evaluate(PRESS)
    assert address == f"{phone.server.url}/own/messages/"
    assert worker.evaluate(SHOWN) == [], "it is gone once it was pressed"
    phone.page.goto(address)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Messages")


def test_device__is_switched_on_and_off_by_its_owner_and_by_nothing_else(phone: Phone) -> None:
    panel = phone.page.locator("respite-push")
    expect(panel).to_contain_text("This device does not tell you.")
    hold_page(phone.page)
    assert phone.page.evaluate("window.asked") == 0
    assert told(phone) == NOT_TOLD

    panel.get_by_role("button", name="Switch it on").click()
    expect(panel.locator(".state")).to_have_text("This device tells you.")
    assert phone.page.evaluate("window.asked") == 1
    assert told(phone) == TOLD
    hold_page(phone.page)

    phone.page.reload()
    expect(panel.locator(".state")).to_have_text("This device tells you.")
    expect(phone.page.locator("[data-here]")).to_have_count(0)
    panel.get_by_role("button", name="Switch it off").click()
    expect(panel).to_contain_text("This device does not tell you.")
    assert told(phone) == NOT_TOLD

    panel.get_by_role("button", name="Switch it on").click()
    expect(panel.locator(".state")).to_be_visible()
    phone.open("/accounts/logout/")
    phone.page.locator("main").get_by_role("button", name="Log out").click()
    phone.page.wait_for_url(f"{phone.server.url}/")
    assert phone.page.evaluate("localStorage.getItem('respite-push')") is None
    log_in(phone)
    assert told(phone) == NOT_TOLD, "logging out has ended it"


def test_device__offers_itself_only_after_what_makes_it_useful_and_asks_when_it_is_pressed(phone: Phone) -> None:
    toast = phone.page.locator(".toast")
    send_message(phone)
    expect(toast).to_contain_text("Shall this device tell you when there is an answer?")
    assert phone.page.evaluate("window.asked") == 0
    toast.get_by_role("button", name="Not now").click()
    send_message(phone)
    phone.page.wait_for_load_state("networkidle")
    expect(toast).to_have_count(0)
    assert told(phone) == NOT_TOLD

    phone.page.evaluate("localStorage.removeItem('respite-push-answers')")
    send_message(phone)
    toast.get_by_role("button", name="Yes, tell me").click()
    expect(toast).to_contain_text("This device tells you from now on.")
    assert told(phone) == TOLD

    # Topics are on this phone alone until that is chosen too.
    first, second = phone.page.evaluate(TOPICS)[:2]
    follow(phone, first)
    expect(toast).to_contain_text("For that our server has to be told which those are.")
    assert told(phone) == TOLD
    toast.get_by_role("button", name="Yes, tell the server").click()
    expect(toast).to_contain_text("This device tells you from now on.")
    assert told(phone)["topics"] == [slug_of(first)]
    follow(phone, second)
    eventually(lambda: slug_of(second) in told(phone)["topics"], PATIENCE, "the server knows of the second")
    phone.open(PREFERENCES)
    phone.page.get_by_label("Of new articles in topics I follow, too").uncheck()
    eventually(lambda: told(phone) == TOLD, PATIENCE, "the server knows of none")


TOPICS = "async () => (await (await fetch('/api/v1/topics/')).json()).results.map(({path}) => path).filter((path) => path.startsWith('/topics/'))"


def follow(phone: Phone, topic: str) -> None:
    phone.open(topic)
    phone.page.get_by_role("button", name="Follow this topic").click()


def slug_of(path: str) -> str:
    return path.split("/")[-2]


def send_message(phone: Phone) -> None:
    phone.open("/own/contact/")
    phone.page.locator("main select").first.select_option("using")
    phone.page.locator("main textarea").first.fill("Where is what I saved?")
    phone.page.locator("main").get_by_role("button", name="Send").click()
    expect(phone.page.locator("main")).to_contain_text("Your message has been sent")


def hold_page(page: Page) -> None:
    """Raise where axe objects to the page in either theme, or it scrolls sideways."""
    page.evaluate(AXE.read_text())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate(FINDINGS) == []
    for width in (320, 800, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
