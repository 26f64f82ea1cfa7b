"""Citing at an editor's desk: the token in a rich text, and the dialog it opens."""

from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk


class Citing:
    """What an editor does with citations in one of the texts on the page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.page = desk.page
        self.dialog = self.page.locator("[data-citing]")

    def text(self, number: int = 0) -> Locator:
        """Give the field of a rich text, counted from the top of the body."""
        return self.page.locator('[data-contentpath="body"] [contenteditable="true"][role="textbox"]').nth(number)

    def tokens(self, number: int = 0) -> Locator:
        """Give the tokens in a rich text."""
        return self.text(number).locator(".citing-token")

    def begin(self, number: int = 0) -> None:
        """Ask for a citation at the end of a text, as the editor's own menu offers it."""
        self.text(number).click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type("/citation")
        self.page.get_by_role("option", name="Citation").first.click()
        expect(self.page.locator("#citing-query")).to_be_focused()

    def choose(self, query: str, title: str) -> Locator:
        """Find a reference by some words, choose it, and give its row among what is chosen."""
        self.page.locator("#citing-query").fill(query)
        result = self.dialog.locator("[data-citing-add]").filter(has_text=title)
        expect(result).to_have_count(1)
        expect(self.dialog.locator("[data-citing-add]")).to_have_count(1)
        result.click()
        row = self.row(title)
        expect(row).to_be_visible()
        return row

    def row(self, title: str) -> Locator:
        """Give the row of a chosen reference."""
        return self.dialog.locator("[data-citing-list] li").filter(has_text=title)

    def finish(self, button: str, text: str, number: int = 0) -> None:
        """Press the button that takes the citation into the text, and see its words there."""
        self.dialog.get_by_role("button", name=button).click()
        expect(self.dialog).to_have_count(0)
        expect(self.tokens(number).filter(has_text=text)).to_have_count(1)

    def settle(self, words: str, texts: int = 1) -> None:
        """Wait until the form holds these words: the editor writes to it a quarter of a second after the last key."""
        self.page.wait_for_function(
            """([words, texts]) => [...document.querySelectorAll('input[name^="body-"][name$="-value"]')]
                .filter((input) => input.value.includes(words)).length === texts""",
            arg=[words, texts],
        )

    def edit(self, token: Locator) -> None:
        """Open the dialog of a token."""
        token.click()
        self.page.locator(".citing-card").get_by_role("button", name="Edit").click()
        expect(self.dialog).to_be_visible()
