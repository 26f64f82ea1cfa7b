"""A retraction after publication: on the phone, offline, above the article, at the citation and in the list."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.phone import PATIENCE, Phone, change
from tests.server import Server, eventually

pytestmark = pytest.mark.server_side

ARTICLE = "/articles/attachment-styles/"
RETRACTION = """
from datetime import date
from cms.publishing.services import save_and_publish
from cms.references.models import Reference
work = Reference.objects.get(title__startswith="A secure base")
work.status, work.notice_date, work.notice_doi = "retracted", date(2026, 8, 1), "10.5555/notice.1"
save_and_publish(work)
"""


def revision(phone: Phone) -> int:
    """Give which revision of the article is on a phone."""
    return next(int(entry["revision"]) for entry in phone.library()["entries"] if entry["path"] == ARTICLE)


def test_retraction__is_read_offline_at_the_citation_and_in_the_list(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    before = revision(phone)
    change(server, RETRACTION)

    def has_come() -> bool:
        # What cites a source is described anew by a task: with a queue, a moment later.
        phone.sync()
        return revision(phone) > before

    eventually(has_come, PATIENCE, "the phone has the article with its retraction")
    server.kill()

    phone.open(ARTICLE)

    notice = phone.page.locator("article header .note", has_text="A source was retracted.")
    expect(notice).to_contain_text("The editors are checking what it means")
    cited = phone.page.locator('.citation [data-status="retracted"]').first
    expect(cited).to_contain_text("retracted")
    notice.get_by_role("link").click()
    entry = phone.page.locator(".refs li:target")
    expect(entry).to_contain_text("Retracted on 1 August 2026.")
    expect(entry.get_by_role("link", name="The notice of retraction")).to_have_attribute(
        "href", "https://doi.org/10.5555/notice.1"
    )
