"""Marks and notes: made by hand or by keyboard, found again in a changed text, taken away as files, sent to nobody."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone import PATIENCE, Phone, change, forget_pages
from tests.server import Server, eventually

ARTICLE = "/articles/attachment-styles/"
SECRET = "what only I shall ever read"
WORDS = "working models"
SELECT = """(words) => {
  const walker = document.createTreeWalker(document.querySelector('article .prose'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    walker.currentNode.parentElement.scrollIntoView({behavior: 'instant', block: 'center'});
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
  throw new Error(`${words} are not in the text`);
}"""
MARKED = """() => 'highlights' in CSS
  ? [...(CSS.highlights.get('respite-marks') ?? [])].map(String)
  : [...document.querySelectorAll('mark.own-mark')].map((mark) => mark.textContent)"""
WITHOUT_HIGHLIGHTS = "delete CSS.highlights; delete Object.getPrototypeOf(CSS).highlights;"


def note(page: Page, words: str, text: str) -> None:
    """Select words, and write a note on them."""
    page.evaluate(SELECT, words)
    page.get_by_role("button", name="Mark and write a note").click()
    page.get_by_label("Your note").fill(text)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("script", ["", WITHOUT_HIGHLIGHTS], ids=["highlights", "elements"])
def test_mark_and_note__are_there_again_and_open_by_a_tap(
    context: BrowserContext, reading_server: Server, script: str
) -> None:
    if script:
        context.add_init_script(script)
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    page = phone.page
    text = page.locator("article .prose > section").first.inner_text()
    note(page, WORDS, SECRET)
    page.evaluate(SELECT, "John Bowlby called")
    page.get_by_role("button", name="Mark", exact=True).click()
    expect(page.get_by_role("toolbar")).to_have_count(0)

    page.reload()

    eventually(lambda: len(page.evaluate(MARKED)) == 2, PATIENCE, "both marks are there")
    assert sorted(page.evaluate(MARKED)) == sorted([WORDS, "John Bowlby called"])
    assert page.locator("article .prose > section").first.inner_text() == text
    page.get_by_text(WORDS, exact=True).click()
    expect(page.get_by_label("Your note")).to_have_value(SECRET)
    page.get_by_role("button", name="Delete", exact=True).click()
    eventually(lambda: len(page.evaluate(MARKED)) == 1, PATIENCE, "one mark is left")
    page.get_by_role("button", name="Undo").click()
    eventually(lambda: len(page.evaluate(MARKED)) == 2, PATIENCE, "both marks are there")


def test_note_on_a_section__is_written_by_keyboard_alone(context: BrowserContext, reading_server: Server) -> None:
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    page = phone.page
    page.get_by_role("button", name="Notes", exact=True).press("Enter")
    leaf = page.get_by_role("dialog", name="Notes")
    expect(leaf).to_be_focused()
    section = leaf.get_by_label("Section")
    section.select_option(index=2)
    chosen = section.locator("option:checked").inner_text()
    leaf.get_by_label("Your note").focus()
    page.keyboard.type(SECRET)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(leaf.locator(".margin li")).to_contain_text(SECRET)
    expect(leaf.locator(".margin li")).to_contain_text(chosen)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Notes", exact=True)).to_be_focused()


def test_note__survives_a_changed_text_and_says_when_its_words_are_gone(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open("/articles/grief/")
    page = phone.page
    first, second = page.locator("article .prose section p").evaluate_all(
        "(all) => all.slice(0, 2).map((p) => p.textContent.slice(0, 40))"
    )
    note(page, first, "On what goes")
    note(page, second, "On what stays")
    change(server, NEW_BEGINNING)
    phone.sync()
    forget_pages(phone)

    phone.open("/articles/grief/")

    expect(page.locator("article .prose")).to_contain_text("An entirely new beginning.")
    eventually(lambda: len(page.evaluate(MARKED)) == 1, PATIENCE, "one mark is left")
    assert page.evaluate(MARKED) == [second.strip()]
    page.get_by_role("button", name="Notes", exact=True).click()
    gone = page.locator(".leaf .margin li", has_text="On what goes")
    expect(gone).to_contain_text("these words are no longer in it")
    expect(page.locator(".leaf .margin li", has_text="On what stays")).not_to_contain_text("no longer")
    phone.open("/saved/")
    expect(page.locator(".noted li", has_text="On what goes")).to_contain_text("these words are no longer in it")


NEW_BEGINNING = """
import re
from cms.articles.models import Article
from cms.publishing.services import save_and_publish
article = Article.objects.get(slug="grief")
raw = list(article.body.raw_data)
at = next(index for index, block in enumerate(raw) if block["type"] == "text")
text = raw[at]["value"]
raw[at]["value"] = re.sub("<p.*?</p>", "<p>An entirely new beginning.</p>", text, count=1, flags=re.DOTALL)
article.body = raw
save_and_publish(article)
"""


def test_notes__are_taken_away_as_files_and_brought_back(
    context: BrowserContext, server: Server, tmp_path: Path
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open(ARTICLE)
    page = phone.page
    note(page, WORDS, SECRET)
    server.kill()
    phone.open("/saved/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Take as Markdown").click()
    assert f"> {WORDS}\n\n{SECRET}" in Path(download.value.path()).read_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take as JSON").click()
    kept = tmp_path / "notes.json"
    download.value.save_as(kept)
    assert json.loads(kept.read_text())["notes"][0]["text"] == SECRET

    page.get_by_role("button", name="Delete the note").click()
    expect(page.locator(".noted")).to_have_count(0)
    page.locator("#notes-file").set_input_files(kept)
    expect(page.locator(".noted")).to_contain_text(SECRET)
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"format": "something else"}')
    page.locator("#notes-file").set_input_files(wrong)
    expect(page.locator(".toast")).to_contain_text("nothing was changed")
    expect(page.locator(".noted")).to_contain_text(SECRET)


def test_nothing_of_the_readers_own__is_in_any_request_or_cache(context: BrowserContext, server: Server) -> None:
    sent: list[str] = []
    context.on("request", lambda request: sent.append(f"{request.url} {request.post_data} {request.headers}"))
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open(ARTICLE)
    page = phone.page
    page.get_by_role("button", name="Save", exact=True).click()
    note(page, WORDS, SECRET)
    for path in ("/saved/", "/", ARTICLE):
        phone.open(path)
        page.wait_for_load_state("networkidle")
    phone.sync()
    assert len(sent) > 10
    assert not [one for one in sent if SECRET in one or "only%20I" in one]
    kept = json.dumps([phone.caches(), phone.library()])
    assert SECRET not in kept
    assert SECRET not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert SECRET not in server.output
