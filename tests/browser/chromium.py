"""Which Chromium is used, how quietly it starts, and how long it is waited for: the same for tests, bench and screens."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE_MS = 30_000  # until what is expected of a page must be there, on a busy machine

expect.set_options(timeout=PATIENCE_MS)


def chromium_path() -> str | None:
    """Give the Chromium of this machine; None where Playwright's own is to be used."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser, closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        yield browser
        browser.close()
