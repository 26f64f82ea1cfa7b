"""The libraries that are measured: the demonstration, grown. Made once, kept until the code changes."""

import shutil
from pathlib import Path
from types import TracebackType

from playwright.sync_api import Browser

from tests.browser.phone import Phone
from tests.installation import CHECKPOINT, CODE, Installation, static_files
from tests.kept import kept
from tests.server import Server, eventually

INDEXED = """async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(indexedDB.open('respite-library'));
  const noted = await done(database.transaction('meta').objectStore('meta').get('note:indexed'));
  database.close();
  return noted !== undefined;
}"""
TAKING = 180.0  # seconds that a phone may take for a large library


class Library:
    """A served library of so many articles of 1,200 words with 6 references each; a context manager."""

    def __init__(self, articles: int, folder: Path) -> None:
        def grow(empty: Path) -> None:
            print(f"Growing a library of {articles} articles, once …", flush=True)
            fresh = Installation(empty)
            fresh.manage("migrate", "-v0")
            fresh.manage("demo", "load", "--articles", str(articles), seconds=3600)
            fresh.manage("shell", "-v0", "-c", CHECKPOINT)

        shutil.copytree(kept(f"library{articles}", CODE, grow), folder)
        shutil.copytree(static_files(), folder / "static")
        own = Installation(folder, extra={"DJANGO_SETTINGS_MODULE": "tests.load.settings"})
        self.server = Server(own)

    def __enter__(self) -> Server:
        self.server.start()
        return self.server

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.server.processes:
            self.server.kill()


def with_library(browser: Browser, server: Server) -> Phone:
    """Give a phone that has the whole of a large library, and has read it for the search."""
    phone = Phone(browser.new_context(viewport={"width": 390, "height": 844}), server)
    phone.keep_everything(TAKING)
    eventually(lambda: phone.page.evaluate(INDEXED), TAKING, "the search has read the library")
    return phone
