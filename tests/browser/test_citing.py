"""A citation at the editor's desk: made, changed, copied, moved, saved and brought back."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.citing import Citing
from tests.browser.desk import WIDE, Desk
from tests.browser.phone import change
from tests.server import Server

PREPARE = """
from cms.articles.models import ArticleIndex, Topic
from cms.people.models import Person
from tests import factories
names = {"Ferrow": [1988, "Plain maps"], "Łoś": [2004, "On evening walks"]}
for family, (year, title) in names.items():
    factories.reference(f"{title}, for a test", authors=[{"family": family, "given": "Ada"}], year=year)
first, second = ("text", "<p>A first thought.</p>"), ("text", "<p>A second thought.</p>")
own = {"authors": [Person.objects.first()], "reviewer": Person.objects.last(), "topics": [Topic.objects.first()]}
own |= {"parent": ArticleIndex.objects.get(locale__language_code="en")}
article = factories.article("Cited", body=[first, second], references=[], **own)
print(f">{article.pk}")
"""
TWO = "(see Ferrow, 1988, p. 4; Łoś, 2004)"
NEWEST = "from wagtail.models import Page; print(f'>{{Page.objects.get(pk={}).latest_revision_id}}')"
CHANGED = "(see Ferrow, 1988, pp. 4–9; Łoś, 2004)"


def test_citation__survives_change_copy_undo_a_move_saving_and_a_restored_revision(
    browser: Browser, server: Server
) -> None:
    article = re.findall(r">(\d+)", change(server, PREPARE))[0]
    context = browser.new_context(**WIDE, permissions=["clipboard-read", "clipboard-write"])
    desk = Desk(context, server, "admin@respite.example")
    desk.open(f"pages/{article}/edit/")
    citing = Citing(desk)
    keyboard = desk.page.keyboard

    # Closed without a citation, the dialog leaves the keyboard where the text was being written
    citing.begin()
    keyboard.press("Escape")
    expect(citing.dialog).to_have_count(0)
    expect(citing.text()).to_be_focused()
    keyboard.type(" On it goes.")
    expect(citing.text()).to_contain_text(re.compile(r"On it goes\.$"))

    # Two references in one citation, found in any order and without accents, one with its place
    citing.begin()
    row = citing.choose("maps ferrow", "Plain maps, for a test")
    row.get_by_label("Place", exact=True).fill("4")
    row.get_by_label("Words before").fill("see")
    citing.choose("2004 los", "On evening walks, for a test")
    citing.finish("Insert citation", TWO)

    # Opened again it is filled in, and changes as a whole
    citing.edit(citing.tokens().first)
    place = citing.row("Plain maps").get_by_label("Place", exact=True)
    expect(place).to_have_value("4")
    place.fill("4-9")
    citing.finish("Change citation", CHANGED)

    # A copy in another text, taken away and brought back by undo
    citing.text(0).click()
    keyboard.press("Control+a")
    keyboard.press("Control+c")
    citing.text(1).click()
    keyboard.press("Control+End")
    keyboard.press("Control+v")
    expect(citing.tokens(1)).to_have_text(CHANGED)
    keyboard.press("Control+z")
    expect(citing.tokens(1)).to_have_count(0)
    keyboard.press("Control+Shift+z")
    expect(citing.tokens(1)).to_have_text(CHANGED)

    # The second text is moved before the first
    keyboard.type(" The end")
    desk.page.locator('[data-contentpath="body"]').get_by_role("button", name="Move up").nth(1).click()
    expect(citing.text(0)).to_contain_text("A second thought.")
    expect(citing.tokens(0)).to_have_text(CHANGED)
    citing.settle(CHANGED, texts=2)
    citing.settle("The end")
    desk.save()
    desk.open(f"pages/{article}/edit/")
    expect(citing.tokens(0)).to_have_text(CHANGED)
    expect(citing.tokens(1)).to_have_text(CHANGED)

    # A later version without citations, and the earlier one restored
    earlier = re.findall(r">(\d+)", change(server, NEWEST.format(article)))[0]
    for number in (0, 1):
        citing.text(number).click()
        keyboard.press("Control+a")
        keyboard.press("Backspace")
        keyboard.type("Nothing.")
    citing.settle("Nothing.", texts=2)
    desk.save()
    desk.open(f"pages/{article}/revisions/{earlier}/revert/")
    expect(citing.tokens(0)).to_have_text(CHANGED)
    expect(citing.tokens(1)).to_have_text(CHANGED)


def test_reference__is_made_in_the_middle_of_writing__and_what_was_chosen_stays(
    browser: Browser, server: Server
) -> None:
    article = re.findall(r">(\d+)", change(server, PREPARE))[0]
    desk = Desk(
        browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB"), server, "admin@respite.example"
    )
    desk.open(f"pages/{article}/edit/")
    citing = Citing(desk)
    citing.begin()
    citing.choose("maps ferrow", "Plain maps, for a test")
    desk.page.get_by_role("tab", name="New reference").click()
    prefix = "new-reference"
    desk.fill(f"{prefix}-title", "On quills")
    desk.fill(f"{prefix}-year", "3000")
    desk.add(f"{prefix}-authors")
    desk.fill(f"{prefix}-authors-0-family", "Quill")
    citing.dialog.get_by_role("button", name="Save draft and cite").click()
    expect(citing.dialog.get_by_role("alert").filter(has_text="one of the past")).to_be_visible()
    desk.fill(f"{prefix}-year", "2011")
    citing.dialog.get_by_role("button", name="Save draft and cite").click()
    expect(citing.row("On quills")).to_contain_text("This reference is a draft. Publish it before the article.")
    expect(citing.row("Plain maps")).to_be_visible()
    citing.finish("Insert citation", "(Ferrow, 1988; Quill, 2011)")
    expect(citing.tokens().first).to_have_attribute("data-state", "Draft")

    # The advice beside the editor says so too, while it is written and before it is saved
    desk.page.locator('[data-side-panel-toggle="checks"]').click()
    advice = desk.page.locator(".writing-advice")
    expect(advice).to_contain_text("A cited reference is a draft.")
    expect(advice).not_to_contain_text("Long sentences")
    citing.text(1).click()
    desk.page.keyboard.press("Control+End")
    desk.page.keyboard.type(" And" + " on" * 30 + ".")
    expect(advice).to_contain_text("31 words. Can it be two sentences?")
