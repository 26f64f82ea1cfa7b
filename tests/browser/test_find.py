"""Finding something while one types where the phone has no library: by keyboard alone, with slips, and without a connection."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.phone import Phone
from tests.server import Server


@pytest.mark.browser_context_args(service_workers="block")
def test_search_field__suggests_as_a_combobox_and_asks_nobody_without_a_connection(
    context: BrowserContext, reading_server: Server
) -> None:
    phone = Phone(context, reading_server)
    phone.open("/search/")
    field = phone.page.get_by_role("combobox", name="Search articles and pages")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("attachm")
    options = phone.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.first).to_have_text("attachment")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press("Enter")
    phone.page.wait_for_url("**/search/?q=attachm")

    field.fill("relatoinship")
    expect(options.first).to_have_text("relationship")
    field.press("Enter")
    phone.page.wait_for_url("**q=relatoinship")
    expect(phone.page.get_by_text("Showing results for relationship")).to_be_visible()
    phone.page.get_by_role("link", name="relatoinship").click()
    expect(phone.page.get_by_role("heading", name="Nothing has all of these words")).to_be_visible()

    field.fill("when sleep")
    expect(options.filter(has_text="When sleep will not come")).to_be_visible()
    field.press("ArrowUp")
    field.press("Enter")
    phone.page.wait_for_url("**/articles/sleep/")

    phone.open("/search/")
    expect(field).to_have_attribute("aria-expanded", "false")
    context.set_offline(True)
    before = len(phone.asked)
    field.press_sequentially("attach")
    phone.page.wait_for_function("new Promise((done) => setTimeout(() => done(true), 400))")
    assert len(phone.asked) == before
    expect(options).to_have_count(0)
    context.set_offline(False)
