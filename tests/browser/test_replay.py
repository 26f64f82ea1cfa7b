"""What becomes of a message when it is sent later and the answer is another than "made": kept, said, and there once."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.phone import PATIENCE, Phone
from tests.browser.test_outbox import ADDRESS, SAVED, SENT, WORDS, messages, phone, send, signed_in, write  # noqa: F401
from tests.kept import ROOT
from tests.server import Server, eventually

CONTACT = "**/api/v1/contact/"
CLOCK = ROOT / "tests" / "browser" / "clock"
LATER = 60_000  # ms, with the pauses after what failed

REFUSED = {403: "", 409: "blocked", 413: "", 422: "invalid-content"}
HELD_UP = {401: "log-in-needed", 403: "csrf", 429: "", 500: ""}


def answer_once(phone: Phone, status: int, kind: str) -> None:  # noqa: F811
    """Have the phone be back, and what it sends first be answered by the API's problem of this kind."""
    told: dict[str, Any] = {"title": "No", "status": status, "detail": f"The server says {status}.", "errors": {}}
    told["type"] = f"urn:respite:problem:{kind}" if kind else "about:blank"
    answer = {"status": status, "content_type": "application/problem+json", "body": json.dumps(told)}
    phone.context.route(CONTACT, lambda route: route.fulfill(**answer), times=1)
    phone.context.set_offline(False)


def queued(phone: Phone) -> Page:  # noqa: F811
    """Write a message without a connection, and send it."""
    phone.context.set_offline(True)
    phone.open("/contact/")
    write(phone.page)
    send(phone.page)
    expect(phone.page.get_by_text(SAVED)).to_be_visible()
    return phone.page


@pytest.mark.parametrize("status", REFUSED)
def test_refused__comes_back_with_the_servers_words_and_can_be_sent_again(
    signed_in: Phone,  # noqa: F811
    server: Server,
    status: int,
) -> None:
    page = queued(signed_in)
    answer_once(signed_in, status, REFUSED[status])
    expect(page.locator("[data-fault]")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value(WORDS)
    assert messages(server) == []
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]


@pytest.mark.parametrize("status", HELD_UP)
def test_held_up__is_kept_and_goes_by_itself(
    signed_in: Phone,  # noqa: F811
    server: Server,
    status: int,
) -> None:
    page = queued(signed_in)
    answer_once(signed_in, status, HELD_UP[status])
    if status == 401:
        expect(page.get_by_text("You are logged out. What you have written is kept")).to_be_visible()
        # The next page hears from the server that they are not.
        signed_in.open("/articles/")
    expect(page.get_by_text(SENT)).to_be_visible(timeout=LATER)
    assert messages(server) == [[ADDRESS, WORDS]]


@pytest.mark.parametrize("days", [0, 8])
def test_answer_lost_after_the_commit__is_one_message_however_late_it_is_sent_again(
    signed_in: Phone,  # noqa: F811
    server: Server,
    context: BrowserContext,
    days: int,
) -> None:
    page = queued(signed_in)
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch().status)
        context.set_offline(True)
        route.abort()

    context.route(CONTACT, lose_the_answer, times=1)
    context.set_offline(False)
    # A route is only attended to while the page is asked something.
    eventually(lambda: page.evaluate("0") or lost, PATIENCE, "the server has it")
    assert lost == [201] and messages(server) == [[ADDRESS, WORDS]]
    expect(page.get_by_text(SENT)).to_have_count(0)
    if days:
        then = (datetime.now(UTC) + timedelta(days=days)).isoformat()
        server.restart(env={"RESPITE_CLOCK": then, "PYTHONPATH": str(CLOCK)})
    context.set_offline(False)
    expect(page.get_by_text(SENT)).to_be_visible(timeout=LATER)
    assert messages(server) == [[ADDRESS, WORDS]]
