"""The kill switch: a broken worker is gone after one visit, whatever is wrong with it, and what the reader wrote is not."""

import contextlib

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.phone import PATIENCE, Phone, main_of
from tests.kept import ROOT
from tests.releases import checkout, chunks, deploy
from tests.server import Server, eventually

ARTICLE = "/articles/grief/"
NOTE = "Only this browser knows."
WORKER = "pwa/client/src/sw/worker.ts"
NAVIGATE = "async function navigate(event: FetchEvent, url: URL): Promise<Response> {\n"
FETCH = 'self.addEventListener("fetch", (event) => {\n'
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length"

# What a release may do wrong, by its name: where, and what stands there then.
BROKEN = {
    "errors": (WORKER, NAVIGATE, f"{NAVIGATE}  return new Response('broken', {{ status: 500 }});\n"),
    "hanging": (WORKER, NAVIGATE, f"{NAVIGATE}  await new Promise(() => undefined);\n"),
    "busy": (WORKER, FETCH, f"{FETCH}  event.waitUntil(new Promise(() => undefined));\n"),
    "throwing": (WORKER, NAVIGATE, f"{NAVIGATE}  throw new Error('broken');\n"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_worker__is_disarmed_within_one_visit_and_what_the_reader_wrote_stays(
    context: BrowserContext, server: Server, fault: str
) -> None:
    deploy(server, checkout(fault, [BROKEN[fault]]))
    phone = Phone(context, server)
    page = phone.page
    phone.open(ARTICLE)
    page.get_by_role("button", name="Notes", exact=True).click()
    page.get_by_label("Your note").fill(NOTE)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("dialog")).to_contain_text(NOTE)
    phone.installed()
    eventually(lambda: phone.library()["meta"].get("complete"), PATIENCE, "the library is on the phone")
    server.restart(env={"RETIRE_WORKER": "true"})

    with contextlib.suppress(Error):
        phone.open(ARTICLE)
    eventually(lambda: page.evaluate(REGISTERED) == 0, PATIENCE, "the worker is gone")

    answer = phone.open(ARTICLE)
    assert (answer.status, answer.from_service_worker) == (200, False)
    assert main_of(page.content())
    eventually(lambda: phone.caches() == {}, PATIENCE, "its caches are gone")
    assert phone.library()["entries"] == []
    page.get_by_role("button", name="Notes", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text(NOTE)
    assert page.evaluate(REGISTERED) == 0, "no page makes it anew"


def test_worker__is_back_once_it_is_no_longer_retired(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    server.restart(env={"RETIRE_WORKER": "true"})
    phone.open("/articles/")
    eventually(lambda: phone.page.evaluate(REGISTERED) == 0, PATIENCE, "the worker is gone")
    server.restart(env={"RETIRE_WORKER": "false"})
    phone.keep_everything()
    server.kill()
    assert phone.open(ARTICLE).status == 200


def test_part_that_is_nowhere__is_said_to_whoever_asked_for_it(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    page = phone.page
    # As in a tab so old that its files are gone from the phone and from the server.
    for address in chunks(ROOT):
        if "/tools." in address:
            context.route(f"**{address}", lambda route: route.fulfill(status=404))
    phone.open(ARTICLE)
    say_nothing(page)
    page.get_by_role("button", name="Listen").click()
    expect(page.locator(".toast")).to_contain_text("A part of this page could not be loaded.")
    page.locator(".toast").get_by_role("button", name="Close").click()
    say_nothing(page)


def say_nothing(page: Page) -> None:
    expect(page.locator(".toast")).to_have_count(0)
