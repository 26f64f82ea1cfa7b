"""One sitting of an editorial team that has never seen the admin, and what comes of it wherever Respite is read.

A file of 40 references comes in; six of them are cited with their places; the article is sent back, corrected,
approved and scheduled with a banner; after its publication one of its sources is retracted.
"""

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import editors_day as day
from tests.browser import effects
from tests.browser.desk import WIDE, desks_of_an_article
from tests.browser.phone import PATIENCE, Phone, change, fetched
from tests.server import Server, eventually

pytestmark = pytest.mark.server_side

GO_LIVE, SAID = "2031-03-03 09:00", "3 March 2031, 09:00"
RETRACTED_ON, RETRACTED_SAID = "2026-08-01", "1 August 2026"
# Nobody waits for years: what was set for then is set for a minute ago, and the scheduler does the rest.
THE_DAY_COMES = f"""
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
from cms.banners.models import Banner
from cms.publishing.services import one_writer, save_and_publish
moment = timezone.now() - timedelta(minutes=1)
with one_writer():
    for revision in Revision.objects.filter(approved_go_live_at__year=2031):
        revision.approved_go_live_at = revision.content["go_live_at"] = moment
        revision.save()
banner = Banner.objects.get(heading={day.BANNER!r})
banner.starts_at = moment
save_and_publish(banner)
"""


def test_editors_day__from_a_file_of_references_to_a_retraction_on_an_offline_phone(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    writer, reviewer, publisher = desks_of_an_article(browser, server)
    reader = browser.new_context(**WIDE, service_workers="block").new_page()

    # References come in, and an article cites six of them
    day.import_the_file(writer)
    day.write(writer)
    day.publish_the_import(publisher)

    # It is sent back, corrected and approved, and scheduled with a banner
    day.send_back(reviewer)
    day.correct(writer)
    day.approve_the_review(reviewer)
    day.schedule(publisher, GO_LIVE, SAID)
    day.put_up_a_banner(publisher, GO_LIVE)

    # Before its day nobody reads it; the phone has the banner already, and does not show it
    assert effects.status_of(server, effects.PATH) == effects.status_of(server, f"/api/v1{effects.PATH}") == 404
    assert day.BANNER not in [banner["heading"] for banner in effects.answer(server, "banners/")["results"]]
    phone.sync()
    assert effects.PATH not in phone.paths()
    phone.open("/articles/asking-for-help/")
    expect(phone.page.get_by_role("heading", name=day.BANNER)).to_have_count(0)

    # On its day it is read: on the page, in the API, on a phone without a connection
    change(server, THE_DAY_COMES)
    server.manage("publish_scheduled")
    reader.goto(f"{server.url}{effects.PATH}")
    effects.is_read(reader)
    effects.is_cited(reader)
    effects.is_linked_both_ways(reader, "Ferrow & Tallis, 2019b, pp. 312–315")
    references = effects.references_of(server)
    assert [reference["ordinal"] for reference in references.values()] == [1, 2, 3, 4, 5, 6]
    assert {reference["status"] for reference in references.values()} == {"none"}
    assert [place["text"] for place in references["Small promises, kept"]["cited_in"]] == [effects.IN_TEXT[1]]
    assert [place["text"] for place in references[day.RETRACTED]["locators"]] == ["pp. 40–41, how it was measured"]
    assert fetched(server, f"/api/v1{effects.PATH}references.bib").count("\n@") + 1 == 6
    assert day.BANNER in [banner["heading"] for banner in effects.answer(server, "banners/")["results"]]
    phone.sync()
    context.set_offline(True)
    phone.open(effects.PATH)
    effects.is_read(phone.page)
    effects.is_cited(phone.page)
    effects.is_linked_both_ways(phone.page, "Vane, n.d., para. 6")
    context.set_offline(False)

    # A source is retracted: everybody is told, and the article stands in the list of what is to be done
    day.mark_retracted(publisher, RETRACTED_ON)
    expect(day.find_to_do(publisher)).to_contain_text("Retracted, 1 August 2026")
    expect(day.find_to_do(reviewer).get_by_role("link", name="Mark as looked at")).to_be_visible()
    eventually(lambda: effects.references_of(server)[day.RETRACTED]["status"] != "none", PATIENCE, "readers are told")
    reader.reload()
    effects.is_read(reader)
    effects.is_told_retracted(reader, RETRACTED_SAID)
    references = effects.references_of(server)
    assert [title for title, reference in references.items() if reference["status"] != "none"] == [day.RETRACTED]
    retracted = references[day.RETRACTED]
    assert (retracted["status"], retracted["notice_date"]) == ("retracted", RETRACTED_ON)
    phone.sync()
    context.set_offline(True)
    server.kill()
    phone.open(effects.PATH)
    effects.is_read(phone.page)
    effects.is_told_retracted(phone.page, RETRACTED_SAID)
    assert phone.elsewhere == []
