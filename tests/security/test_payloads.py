"""Text that has been made to run as script elsewhere stays text here, with the content policy switched off."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.security.payloads import PAYLOADS
from tests.security.watch import SLEEPERS, Watch, watch
from tests.server import Server

NUMBERS = range(len(PAYLOADS))


@pytest.fixture
def watched(browser: Browser, planted_server: Server) -> Iterator[Watch]:
    """Give a watched page in front of the planted server."""
    context, page = watch(browser, planted_server.url)
    yield page
    context.close()


def test_there_are_two_hundred_of_them() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 200


# Where a page that took no care might put a text.
CARELESS = [
    "<p>{}</p>",
    '<input value="{}">',
    "<input value='{}'>",
    '<a href="{}">x</a>',
    "<script>x = '{}'</script>",
    '<script>x = "{}"</script>',
    "<script>x = `{}`</script>",
    "<style>p {{ color: {} }}</style>",
]


def test_the_watch__notices_them_where_no_care_is_taken(watched: Watch) -> None:
    """Without this the tests below could not fail."""
    watched.open("/robots.txt")
    unnoticed = [payload for payload in PAYLOADS if not any(is_noticed(watched, payload, where) for where in CARELESS)]
    assert len(unnoticed) < len(PAYLOADS) / 5, unnoticed


def is_noticed(watched: Watch, payload: str, where: str) -> bool:
    """Put a payload raw into a page, and say whether it ran or left what would run."""
    before = len(watched.seen)
    watched.page.set_content("<!doctype html><title>x</title><body>" + where.format(payload), wait_until="load")
    # A careless page's own script is one that lies there with or without a payload.
    return len(watched.seen) > before or ("<script>" not in where and bool(watched.page.evaluate(SLEEPERS)))


@pytest.mark.parametrize("kind", ["articles", "topics", "people"])
def test_payloads_in_every_field__run_on_no_page_of_their_own(watched: Watch, kind: str) -> None:
    for number in NUMBERS:
        assert watched.open(f"/{kind}/planted-{number}/") == 200
    assert watched.seen == []


def test_every_article__shows_its_payload_in_title_reference_and_banner(watched: Watch) -> None:
    """A page that had lost the payload would pass the test above."""
    for number in (0, 7, 60):
        watched.open(f"/articles/planted-{number}/")
        text = watched.page.locator("main").inner_text()
        visible = PAYLOADS[number][:40]
        assert text.count(visible) >= 10, f"{visible} is shown {text.count(visible)} times"


@pytest.mark.parametrize("path", ["/", "/articles/", "/help/", "/planted/", "/planted-client/", "/planted-specialist/"])
def test_all_payloads_together__run_on_no_page_that_gathers_them(watched: Watch, path: str) -> None:
    assert watched.open(path) == 200
    assert watched.seen == []


def test_payloads_that_are_searched_for__do_not_run(watched: Watch) -> None:
    for payload in PAYLOADS:
        watched.open(f"/search/?q={quote(payload)}")
    assert watched.seen == []


def test_payloads_as_addresses__do_not_run(watched: Watch) -> None:
    for payload in PAYLOADS:
        assert watched.open(f"/articles/{quote(payload, safe='')}/") in (400, 404)
    assert watched.seen == []
