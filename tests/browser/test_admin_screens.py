"""The admin's own screens: an import made with the keyboard alone, and nothing cut off or unreadable on a phone."""

from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk import Desk
from tests.browser.test_access import AXE
from tests.server import Server, eventually

WORKS = """@article{seen, author = {Bartholomew, Kim and Horowitz, Leonard M.}, year = 1991, publisher = {A House},
  title = {Attachment Styles Among Young Adults: A Test of a Four-Category Model}, journal = {J Pers Soc Psychol}}
@book{calm, author = {Ames, Bea}, title = {Calm, for a test}, publisher = {A House}, year = 2001}
@book{open, title = {never closed
"""
SCREENS = [
    "",
    "to-do/",
    "guide/",
    "references-import/",
    "snippets/references/reference/",
    "snippets/banners/banner/calendar/",
    "snippets/banners/banner/counts/",
    "reports/reviews-due/",
]
UNCOVERED = """(one) => { const {left, top, width, height} = one.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return one.contains(there) || Boolean(there?.closest('label')?.contains(one)); }"""
TABS = 200  # the menu of the admin comes before what a page is about
FINDINGS = """async () => (await axe.run('main', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})).violations.map(
  ({id, nodes}) => `${id}: ${nodes.map(({target}) => target).join(', ')}`)"""
# The admin's <main> hides what is too wide for it. What can be moved sideways by itself is not lost.
CUT_OFF = """() => [...document.querySelectorAll('main :is(p, a, b, button, input, select, td, th, h2, h3, pre, img, svg)')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
  .filter((one) => { for (let box = one.parentElement; box; box = box.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return false; } return true; })
  .filter((one) => !one.closest('.w-slim-header, .w-sr-only'))
  .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`)"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on with the key Tab until something has the keyboard, and see it above whatever stands over the page."""
    for _ in range(TABS):
        if wanted.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    eventually(lambda: wanted.evaluate(UNCOVERED), 5, f"{wanted} is in sight")


def test_import__is_pasted_looked_at_chosen_and_made_with_the_keyboard_alone(browser: Browser, server: Server) -> None:
    wide: dict[str, Any] = {"viewport": {"width": 1280, "height": 600}, "locale": "en-GB"}
    desk = Desk(browser.new_context(**wide), server, "publisher@respite.example")
    page, press = desk.page, desk.page.keyboard.press
    desk.open("references-import/")
    tab_to(page, page.get_by_label("Paste"))
    page.keyboard.insert_text(WORKS)
    tab_to(page, page.get_by_role("button", name="Read and preview"))
    press("Enter")
    expect(page.get_by_text("3 entries were found. To be made: 1. To be merged: 1.")).to_be_visible()
    expect(page.get_by_text("Line 4: this brace is never closed.")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="Already here")
    expect(row).to_contain_text("the same title, first author and year")
    expect(row.get_by_label("A House")).to_be_checked()
    tab_to(page, row.get_by_label("What to do"))
    press("End")
    expect(row.get_by_label("What to do")).to_have_value("skip")
    tab_to(page, page.get_by_label("Publish them at once"))
    press("Space")
    tab_to(page, page.get_by_role("button", name="Import", exact=True))
    press("Enter")
    expect(page.get_by_text("Made: 1. Merged: 0. Left out: 2. Not possible: 0.")).to_be_visible()
    made = page.get_by_role("listitem").filter(has_text="Calm, for a test").get_by_role("link", name="Open")
    tab_to(page, made)
    press("Enter")
    expect(page.locator('[name="title"]')).to_have_value("Calm, for a test")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_screens__are_whole_on_a_phone_and_axe_finds_nothing(
    browser: Browser, reading_server: Server, theme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        color_scheme=theme, bypass_csp=True
    )  # axe is no part of the admin, whose policy holds
    desk = Desk(context, reading_server, "publisher@respite.example")
    found = {}
    for path in SCREENS:
        desk.open(path)
        desk.page.evaluate(AXE.read_text())
        found[path] = [*desk.page.evaluate(FINDINGS), *desk.page.evaluate(CUT_OFF)]
    assert found == {path: [] for path in SCREENS}
