"""An editor's desk: the admin in a browser, its forms filled in and sent as a person does."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.chromium import PATIENCE_MS
from tests.server import Server

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


class Desk:
    """One browser context, logged in to the admin."""

    def __init__(self, context: BrowserContext, server: Server, email: str) -> None:
        self.server = server
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.goto(f"{server.url}/admin/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(server.logins[email])
        self.page.get_by_role("main").get_by_role("button").first.click()
        self.page.wait_for_url("**/admin/")

    def open(self, path: str) -> None:
        """Go to an address of the admin and wait until its scripts have begun."""
        self.page.goto(f"{self.server.url}/admin/{path}")
        expect(self.page.locator("body.ready")).to_be_attached()

    def tab(self, name: str) -> None:
        """Open one of a form's tabs."""
        self.page.get_by_role("tab", name=name, exact=True).click()

    def fill(self, name: str, value: str) -> None:
        """Fill a field by the name it is sent under."""
        self.page.locator(f'[name="{name}"]').fill(value)

    def add(self, relation: str) -> None:
        """Add a row to an inline panel."""
        self.page.locator(f"#id_{relation}-ADD").click()

    def choose(self, field: str, name: str) -> None:
        """Choose a thing by its name in the chooser of a field."""
        self.page.locator(f"#id_{field}-chooser").get_by_role("button", name="Choose").first.click()
        modal = self.page.locator(".modal.in, .modal.show, .modal[open], .modal").last
        modal.locator('[name="q"]').fill(name)
        modal.locator("[data-chooser-modal-choice]").filter(has_text=name).first.click()
        expect(self.page.locator(f"#id_{field}-chooser")).to_contain_text(name)

    def block(self, stream: str, label: str) -> Locator:
        """Append a block to a stream field and give it."""
        field = self.page.locator(f'[data-contentpath="{stream}"]').first
        blocks = field.locator("[data-streamfield-child]")
        before = blocks.count()
        field.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name=label, exact=True).click()
        # It comes a moment later: until then the last one is still the one before.
        expect(blocks).to_have_count(before + 1)
        return blocks.nth(before)

    def press(self, action: str) -> None:
        """Press one of a form's own buttons, and wait for what the admin says to it."""
        button = self.page.locator(f'button[name="action-{action}"]')
        if not button.is_visible():
            self.page.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").last.click()
        button.click()
        expect(self.page.locator(".messages .success").first).to_be_visible()

    def save(self) -> None:
        """Save a page's draft, and wait until the admin says that it is kept."""
        self.page.locator("footer").get_by_role("button", name="Save draft").click()
        expect(self.page.locator(".messages .success").first).to_be_visible()

    def approve(self) -> None:
        """Approve what is submitted, and see that it goes on."""
        self.page.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").last.click()
        self.page.locator('[data-workflow-action-name="approve"]').first.click()
        confirm = self.page.locator(".modal").get_by_role("button", name="Approve")
        if confirm.count():
            confirm.first.click()
        expect(self.page.locator(".messages .success").first).to_be_visible()


def desks_of_an_article(browser: Browser, server: Server) -> tuple[Desk, Desk, Desk]:
    """Give the desks an article passes: the writer's, the clinical reviewer's and the publisher's."""
    writer, reviewer, publisher = (
        Desk(browser.new_context(**WIDE), server, f"{role}@respite.example")
        for role in ("writer", "reviewer", "publisher")
    )
    return writer, reviewer, publisher
