"""A form of the admin is sent once, however quick the hand."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.desk import WIDE, Desk
from tests.browser.phone import change
from tests.server import Server

pytestmark = pytest.mark.server_side

# What stands in a form before Wagtail begins to watch it is nothing it would save.
NOTE_WATCHING = "addEventListener('w-unsaved:watch-edits', () => { window.watching = true; }, {once: true});"
PUBLISH = "() => document.querySelector('button[name=\"action-publish\"]').click()"
BANNERS = """
from cms.banners.models import Banner
print([(banner.name, banner.live) for banner in Banner.objects.filter(heading="Written in a hurry")])
"""


def test_new_thing__published_while_its_draft_is_being_saved__is_made_once(browser: Browser, server: Server) -> None:
    desk = Desk(browser.new_context(**WIDE), server, "publisher@respite.example")
    desk.page.add_init_script(NOTE_WATCHING)
    desk.open("snippets/banners/banner/add/")
    saving: list[Route] = []

    def hold_back(route: Route) -> None:
        is_saving = route.request.method == "POST" and route.request.headers.get("accept") == "application/json"
        saving.append(route) if is_saving and not saving else route.continue_()

    desk.tab("Where and when")
    desk.page.get_by_label("End of an article").check()
    desk.tab("Banner")
    desk.page.wait_for_function("() => window.watching")
    desk.page.route("**/banners/banner/**", hold_back)
    with desk.page.expect_request(lambda request: request.method == "POST"):
        desk.fill("name", "Once")
        desk.fill("heading", "Written in a hurry")
        desk.fill("lead", "Thirty minutes with a specialist.")

    # The button is pressed while the draft is on its way to be saved
    desk.page.evaluate(PUBLISH)
    saving[0].continue_()

    expect(desk.page.locator(".messages .success").first).to_contain_text("published")
    assert change(server, BANNERS).strip() == "[('Once', True)]"
