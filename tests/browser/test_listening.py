"""Reading aloud. The machine that runs the tests has no voice: the browser's speech is a stub, and named so."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.phone import Phone
from tests.server import Server

ARTICLE = "/articles/attachment-styles/"
STUB_OF_SPEECH = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', {value: Object.assign(new EventTarget(), {
  getVoices: () => VOICES,
  speak(utterance) { window.said.push(utterance); },
  cancel() { window.said.at(-1)?.onerror?.({error: 'canceled'}); },
})});
"""
LOCAL = "[{name: 'Far', lang: 'en-GB', localService: false}, {name: 'Near', lang: 'en-GB', localService: true}]"
REMOTE = "[{name: 'Far', lang: 'en-GB', localService: false}, {name: 'Nah', lang: 'de-DE', localService: true}]"
END = "said.at(-1).onend()"
LAST = "said.at(-1).text"


def test_article__is_read_block_by_block_by_a_voice_of_the_device(
    context: BrowserContext, reading_server: Server
) -> None:
    context.add_init_script(STUB_OF_SPEECH.replace("VOICES", LOCAL))
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    page = phone.page
    page.get_by_role("button", name="Listen", exact=True).click()
    bar = page.get_by_role("region", name="Reading aloud")
    expect(bar).to_contain_text("Nothing is sent.")
    expect(bar.get_by_role("button", name="Pause")).to_be_focused()
    assert page.evaluate(LAST) == page.get_by_role("heading", level=1).inner_text()
    assert page.evaluate("said.at(-1).voice.name") == "Near"
    for _ in range(4):
        page.evaluate(END)
    expect(page.locator(".spoken")).to_have_count(1)
    expect(page.locator(".spoken")).to_be_in_viewport()
    assert "(" not in page.evaluate(LAST), "citations are not read"
    assert page.evaluate(LAST).startswith("John Bowlby called")

    bar.get_by_role("button", name="Pause").click()
    spoken = page.evaluate("said.length")
    page.evaluate(END)
    assert page.evaluate("said.length") == spoken, "nothing follows while it pauses"
    bar.get_by_role("button", name="Go on").click()
    assert page.evaluate(LAST).startswith("John Bowlby called"), "the block begins anew"
    bar.get_by_role("button", name="Back").click()
    assert page.evaluate(LAST) == "What attachment means"
    bar.get_by_label("Pace").select_option("1.5")
    assert page.evaluate("said.at(-1).rate") == 1.5

    bar.get_by_role("button", name="Stop").click()
    expect(bar).to_have_count(0)
    expect(page.locator(".spoken")).to_have_count(0)
    expect(page.get_by_role("button", name="Listen", exact=True)).to_be_focused()


def test_voice_from_elsewhere__is_never_used_and_that_is_said(context: BrowserContext, reading_server: Server) -> None:
    context.add_init_script(STUB_OF_SPEECH.replace("VOICES", REMOTE))
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    phone.page.get_by_role("button", name="Listen", exact=True).click()
    leaf = phone.page.get_by_role("dialog", name="Listen")
    expect(leaf).to_contain_text("would have to be sent the text")
    assert phone.page.evaluate("said.length") == 0


def test_list_of_references__is_not_read(context: BrowserContext, reading_server: Server) -> None:
    context.add_init_script(STUB_OF_SPEECH.replace("VOICES", LOCAL))
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    phone.page.get_by_role("button", name="Listen", exact=True).click()
    bar = phone.page.get_by_role("region", name="Reading aloud")
    expect(bar).to_be_visible()
    phone.page.evaluate(
        "() => { for (let n = 0; n < 300 && document.querySelector('.speaker'); n += 1) said.at(-1).onend(); }"
    )
    expect(bar).to_have_count(0)
    read = phone.page.evaluate("said.map(({text}) => text)")
    assert len(read) > 10
    assert len(read) == len(set(read)), "each block once"
    assert not [text for text in read if "References" in text or "Why it is here" in text]
