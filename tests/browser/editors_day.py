"""An editor's day, step by step: what each of the team does in the admin, from a file of references to a retraction."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.citing import Citing
from tests.browser.desk import Desk

FILE = Path(__file__).parent / "editors_day.bib"
TITLE, SLUG = "Evenings in a shared house", "evenings-in-a-shared-house"
SECTIONS = ("The first hour", "Before sleep")
BANNER = "Talk it over, once, for nothing"
COMMENT = "The trial was with people who sleep alone. Please say so."
CORRECTION = " It was tried with people who sleep alone."
FOUND = "It measured how fast people fall asleep."
RETRACTED = "Ten minutes of quiet before sleep: A trial"


@dataclass(frozen=True)
class Cited:
    """One of the six: how it is looked for, its title, the kind of place as it is chosen, the place, words before."""

    query: str
    title: str
    kind: str
    place: str
    before: str = ""


# The three citations of the article, in the texts below its two sections, and each one's words in the editor.
CITATIONS = [
    (
        [
            Cited("tallis walks", "A plain account of evening walks", "p. or pp.", "4", before="see"),
            Cited("los 2004", "Light at the end of the day", "Chapter", "2"),
        ],
        "(see Ferrow & Tallis, 2019, p. 4; Łoś, 2004, Chapter 2)",
    ),
    (
        [
            Cited("jie.2019.310", "Small promises, kept", "p. or pp.", "312-315"),
            Cited("council rest", "Rest in shared houses", "Section", "3"),
        ],
        "(Council for Evening Rest, 2021, Section 3; Ferrow & Tallis, 2019, pp. 312–315)",
    ),
    (
        [
            Cited("oduya", RETRACTED, "Table", "2"),
            Cited("vane telephone", "How we put the telephone away", "para.", "6"),
        ],
        "(Quill et al., 2015, Table 2; Vane, n.d., para. 6)",
    ),
]


def import_the_file(desk: Desk) -> None:
    """Upload the file, look at what would be made, and have it made."""
    page = desk.page
    page.get_by_role("link", name="Import references").first.click()
    page.get_by_label("Or choose a file").set_input_files(FILE)
    page.get_by_role("button", name="Read and preview").click()
    lead = page.locator(".references-import-lead")
    found = "40 entries were found. To be made: 39. To be merged: 0. To be left out: 1."
    expect(lead).to_have_text(found)
    rows = page.locator(".references-import-rows > li")
    expect(rows).to_have_count(40)
    expect(rows.filter(has_text="Attachment styles among young adults")).to_contain_text("Already here")
    expect(rows.nth(2)).to_contain_text("Łoś, Z. (2004). Light at the end of the day")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    expect(page.locator(".references-import-lead")).to_contain_text("Made: 39. Merged: 0. Left out: 1.")
    expect(page.get_by_text("39 of them are drafts.")).to_be_visible()


def publish_the_import(desk: Desk) -> None:
    """Find on the dashboard what somebody has imported, and publish all of it."""
    page = desk.page
    desk.open("")
    waiting = page.locator("#desk-waiting .desk-row").filter(has_text=FILE.name)
    expect(waiting).to_contain_text("39 imported references to publish, from Ines Calder")
    waiting.get_by_role("link").click()
    page.get_by_role("button", name="Publish 39 drafts").click()
    expect(page.locator('.references-import-kind[data-kind="public"]').first).to_be_visible()
    expect(page.locator('.references-import-kind[data-kind="draft"]')).to_have_count(0)


def write(desk: Desk) -> None:
    """Begin an article from the dashboard, write two sections and their citations, and say who it is by."""
    page = desk.page
    desk.open("")
    page.get_by_role("link", name="Write an article").click()
    desk.fill("title", TITLE)
    desk.fill("summary", "What helps when everybody comes home tired.")
    write_section(desk, SECTIONS[0], ["A short walk changes how an evening begins ", "So does a promise "])
    write_section(desk, SECTIONS[1], ["Ten minutes of quiet help "])
    citing = Citing(desk)
    for number, (works, words) in enumerate(CITATIONS):
        cite(citing, works, words, number)
    say_what_was_found(desk)
    desk.tab("People and review")
    desk.add("authorships")
    desk.choose("authorships-0-person", "Ilse Marrow")
    desk.tab("Topics and related")
    page.get_by_label("Sleep", exact=True).check()
    desk.press("submit")
    expect(page.locator(".messages")).to_contain_text(f"'{TITLE}' has been submitted for moderation")


def write_section(desk: Desk, heading: str, texts: list[str]) -> None:
    desk.block("body", "Heading").get_by_role("textbox").first.fill(heading)
    for text in texts:
        desk.block("body", "Text").locator('[contenteditable="true"]').click()
        desk.page.keyboard.type(text)


def cite(citing: Citing, works: list[Cited], words: str, number: int) -> None:
    """Cite some works, each with its place, at the end of one of the texts."""
    citing.begin(number)
    for work in works:
        row = citing.choose(work.query, work.title)
        row.get_by_label("Kind of place").select_option(label=work.kind)
        row.get_by_label("Place", exact=True).fill(work.place)
        row.get_by_label("Words before").fill(work.before)
    citing.finish("Insert citation", words, number)


def say_what_was_found(desk: Desk) -> None:
    """Say of one work, for this article, what it found and where."""
    desk.tab("References")
    desk.add("references")
    desk.choose("references-0-reference", RETRACTED)
    desk.fill("references-0-annotation", FOUND)
    locators = desk.page.locator("#inline_child_references-0 [data-streamfield-stream-container]").first
    locators.get_by_role("button", name="Insert a block").first.click()
    locators.locator('[name$="-value"]').fill("40-41")
    locators.locator('[name$="-note"]').fill("how it was measured")


def send_back(desk: Desk) -> None:
    """Send the article back from the dashboard, with a comment."""
    page = desk.page
    desk.open("")
    page.get_by_role("button", name=f"Send back… {TITLE}").click()
    page.get_by_label("Comment").fill(COMMENT)
    page.get_by_role("button", name="Request changes").click()
    expect(page.locator(".messages")).to_contain_text(f"“{TITLE}” is sent back to Ines Calder.")


def correct(desk: Desk) -> None:
    """Read on the dashboard why it came back, correct it, and hand it in again."""
    page = desk.page
    desk.open("")
    back = page.locator("#desk-waiting .desk-row").filter(has_text=TITLE)
    expect(back).to_contain_text(f"Sent back by Tomas Feld: “{COMMENT}”")
    back.get_by_role("link").click()
    expect(page.locator(".messages")).to_contain_text(COMMENT)
    citing = Citing(desk)
    expect(citing.tokens(2)).to_have_text(CITATIONS[2][1])
    citing.text(2).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(CORRECTION)
    citing.settle(CORRECTION.strip())
    menu(desk).get_by_role("button", name="Resubmit to Clinical review").click()
    expect(page.locator(".messages .success").first).to_be_visible()


def menu(desk: Desk) -> Locator:
    """Open the menu beside a form's first button."""
    desk.page.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").last.click()
    return desk.page.locator("footer")


def approve_the_review(desk: Desk) -> None:
    """Approve the article from the dashboard."""
    desk.open("")
    desk.page.get_by_role("button", name=f"Approve {TITLE}").click()
    expect(desk.page.locator(".messages")).to_contain_text("is approved. The next step is: Publication.")


def schedule(desk: Desk, moment: str, said: str) -> None:
    """Set the moment at which the article goes live, and approve it."""
    page = desk.page
    desk.open("")
    page.locator("#desk-waiting").get_by_role("link", name=TITLE).click()
    status = page.locator('[data-side-panel-toggle="status"]')
    if status.get_attribute("aria-expanded") != "true":
        status.click()
    page.get_by_role("button", name="Set schedule").click()
    page.get_by_label("Go live date/time").fill(moment)
    # By the keyboard: the field's calendar stays open above the button.
    page.get_by_role("button", name="Save schedule").press("Enter")
    expect(page.locator(".messages .success").first).to_be_visible()
    desk.approve()
    expect(page.locator(".messages")).to_contain_text(f"“{TITLE}” is approved, and will be public on {said}.")


def put_up_a_banner(desk: Desk, moment: str) -> None:
    """Publish a banner that stands after the first section of articles, from the same moment on."""
    page = desk.page
    desk.open("snippets/banners/banner/add/")
    desk.fill("name", "Evenings: the first consultation")
    desk.fill("heading", BANNER)
    desk.fill("lead", "Thirty minutes with a specialist.")
    desk.tab("Where and when")
    page.locator('label:has([name="placements"][value="after_section_1"])').click()
    desk.fill("starts_at", moment)
    page.get_by_text("Phones keep to these times").click()
    desk.fill("priority", "100")
    desk.press("publish")


def mark_retracted(desk: Desk, day: str) -> None:
    """Find the work among the references, and say that it was retracted and when."""
    page = desk.page
    desk.open("")
    page.get_by_role("link", name="References", exact=True).click()
    page.get_by_role("searchbox").or_(page.locator('main [name="q"], header [name="q"]')).first.fill(
        "quiet before sleep"
    )
    page.get_by_role("link", name=RETRACTED).first.click()
    desk.tab("Evidence")
    page.locator('[name="status"]').select_option("retracted")
    desk.fill("notice_date", day)
    # By the keyboard: the date's calendar may lie over the buttons.
    page.locator("footer [data-w-dropdown-target=toggle]").last.press("Enter")
    page.locator('button[name="action-publish"]').press("Enter")
    expect(page.locator(".messages .success").first).to_be_visible()


def find_to_do(desk: Desk) -> Locator:
    """Give the article's row in the list of what is to be done."""
    desk.open("")
    desk.page.get_by_role("link", name="To do", exact=True).click()
    return desk.page.locator("table.listing").first.get_by_role("row").filter(has_text=TITLE)
