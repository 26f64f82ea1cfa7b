"""What an editor's day does to the world: on the page a reader sees, in the API, and on a phone."""

import json
from typing import Any
from urllib.error import HTTPError

from playwright.sync_api import Page, expect

from tests.browser.editors_day import BANNER, CORRECTION, FOUND, RETRACTED, SECTIONS, SLUG, TITLE
from tests.browser.phone import fetched
from tests.server import Server

PATH = f"/articles/{SLUG}/"
IN_TEXT = [
    "(see Ferrow & Tallis, 2019a, p. 4; Łoś, 2004, Chapter 2)",
    "(Council for Evening Rest, 2021, Section 3; Ferrow & Tallis, 2019b, pp. 312–315)",
    "(Quill et al., 2015, Table 2; Vane, n.d., para. 6)",
]
# As APA 7 has them: by name, the letters by title, and what has no date by its author too.
LIST = [
    "Council for Evening Rest. (2021). Rest in shared houses (Report No. 7).",
    "Ferrow, A., & Tallis, B. (2019a). A plain account of evening walks. Journal of Invented Examples, 12(3), 201–219.",
    "Ferrow, A., & Tallis, B. (2019b). Small promises, kept. Journal of Invented Examples, 12(4), 310–322.",
    "Łoś, Z. (2004). Light at the end of the day [Thesis, University of Invented Towns].",
    "Quill, U., Oduya, F., & Brandt, J. (2015). Ten minutes of quiet before sleep: A trial. Annals of Small Trials, 4,",
    "Vane, R. (n.d.). How we put the telephone away. The Quiet House.",
]


def answer(server: Server, path: str) -> Any:
    """Give what the API answers."""
    return json.loads(fetched(server, f"/api/v1/{path}"))


def status_of(server: Server, path: str) -> int:
    """Give the number with which an address is answered."""
    try:
        fetched(server, path)
    except HTTPError as refusal:
        return refusal.code
    return 200


def is_read(page: Page) -> None:
    """See the article as it was written and corrected, its citations, its list and its banner, on an open page of it."""
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(main).to_contain_text(CORRECTION.strip())
    expect(main).to_contain_text("Reviewed by Dr Tomas Feld")
    entries = main.locator(".refs > li")
    expect(entries).to_have_count(len(LIST))
    for number, words in enumerate(LIST):
        expect(entries.nth(number).locator(".work")).to_contain_text(words)
    work = entries.filter(has_text=RETRACTED)
    expect(work).to_contain_text(FOUND)
    expect(work.locator(".locators")).to_contain_text("pp. 40–41, how it was measured")
    headings = [" ".join(text.split()) for text in main.get_by_role("heading").all_inner_texts()]
    assert headings.index(SECTIONS[0]) < headings.index(BANNER) < headings.index(SECTIONS[1])


def is_linked_both_ways(page: Page, words: str) -> None:
    """Go from a citation to its reference, to the entry in the list, and from there back to the citation."""
    main = page.get_by_role("main")
    main.locator(".citation").get_by_role("link", name=words).click()
    page.get_by_role("link", name="See it in the list").click()
    entry = main.locator(".refs li:target")
    expect(entry).to_have_count(1)
    entry.locator(".cited-in").get_by_role("link").first.click()
    expect(main.locator(".citation:target")).to_contain_text(words)


def is_cited(page: Page) -> None:
    """See the words of every citation."""
    citations = page.get_by_role("main").locator(".citation")
    expect(citations).to_have_text(IN_TEXT)


def is_told_retracted(page: Page, day: str) -> None:
    """See the retraction above the article, at the citation and in the list."""
    main = page.get_by_role("main")
    notice = main.locator("article header .note", has_text="A source was retracted.")
    expect(notice).to_contain_text(RETRACTED)
    expect(notice).to_contain_text("The editors are checking what it means")
    cited = main.locator('.citation [data-status="retracted"]')
    expect(cited).to_have_count(1)
    expect(cited).to_contain_text("Quill et al., 2015")
    expect(cited).to_contain_text("retracted")
    notice.get_by_role("link", name=RETRACTED).click()
    expect(main.locator(".refs li:target")).to_contain_text(f"Retracted on {day}.")


def references_of(server: Server) -> dict[str, dict[str, Any]]:
    """Give the article's references as the API has them, by title, in their order."""
    return {reference["csl"]["title"]: reference for reference in answer(server, PATH.strip("/") + "/")["references"]}
