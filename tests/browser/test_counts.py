"""Counting banners on a phone: sums about banners, queued without a connection, and about nobody."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Request, expect

from tests.browser.phone import PATIENCE, Phone, change
from tests.server import Server, eventually

ARTICLE = "/articles/sleep/"
COUNTS = "/api/v1/banners/counts/"
TOTALS = """
from cms.banners.models import BannerCount
for count in BannerCount.objects.order_by("placement"):
    print(">", count.placement, count.shown, count.followed)
"""


def queued(phone: Phone) -> list[Any]:
    """Give the sums that wait on the phone."""
    meta = phone.library()["meta"]
    return [*meta.get("counts:open", []), *meta.get("counts:sealed", {}).get("counts", [])]


def test_banner_seen_and_followed_offline__is_counted_once_and_sent_when_the_connection_is_back(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    sent: list[Request] = []
    context.on("request", lambda request: sent.append(request) if request.url.endswith(COUNTS) else None)

    context.set_offline(True)
    phone.open(ARTICLE)
    offer = phone.page.locator('respite-offer[placement="after_section_2"]')
    heading = phone.page.get_by_role("heading", level=1)
    assert queued(phone) == []
    offer.scroll_into_view_if_needed()
    eventually(lambda: queued(phone), PATIENCE, "the banner has been shown for a second")
    heading.scroll_into_view_if_needed()
    offer.get_by_role("link").click()
    expect(phone.page).to_have_url(re.compile(r"/free-consultation/$"))
    eventually(lambda: len(queued(phone)) == 2, PATIENCE, "what was followed is noted")
    assert [(count["event"], count["placement"], count["count"]) for count in queued(phone)] == [
        ("shown", "after_section_2", 1),
        ("followed", "after_section_2", 1),
    ]
    assert sent == []

    context.set_offline(False)
    eventually(lambda: not queued(phone), PATIENCE, "the sums are sent")
    assert re.findall(r"> (\S+) (\d+) (\d+)", change(server, TOTALS)) == [("after_section_2", "1", "1")]
    # The first try may meet a connection that is not back yet: what is sent again is the same batch.
    assert len({request.post_data for request in sent}) == 1
    assert all("cookie" not in request.all_headers() for request in sent)
    assert context.cookies() == []


def test_reader_who_asks_not_to_be_tracked__is_not_counted(context: BrowserContext, reading_server: Server) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    phone = Phone(context, reading_server)
    phone.keep_everything()
    phone.open(ARTICLE)
    offer = phone.page.locator('respite-offer[placement="after_section_2"]')
    offer.get_by_role("link").click()
    expect(phone.page).to_have_url(re.compile(r"/free-consultation/$"))
    phone.sync()
    assert queued(phone) == []
    assert not [asked for asked in phone.asked if COUNTS in asked]
