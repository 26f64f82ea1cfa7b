"""`make screens`: every page at four widths, light and dark, as pictures in `tests/screens/`, to be looked at."""

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium
from tests.installation import install
from tests.kept import ROOT
from tests.server import Server

SCREENS = ROOT / "tests" / "screens"
WIDTHS = {320: 640, 390: 844, 768: 1024, 1280: 800}
Theme = Literal["light", "dark"]
THEMES: list[Theme] = ["light", "dark"]
# Pages that stand in no sitemap.
MORE = [
    "/help/",
    "/search/",
    "/search/?q=rest",
    "/offline/",
    "/on-this-phone/",
    "/saved/",
    "/specialists/",
    "/specialists/?topic=anxiety",
    "/specialists/join/",
    "/share/",
    "/share/?title=Sleep",
    "/no-such-page/",
    "/accounts/login/",
    "/accounts/signup/",
    "/api/v1/docs/",
]
FEW = {"articles": 3, "topics": 1, "people": 1, "specialists": 2}  # of these kinds only so many: they look alike


def main(only: list[str]) -> int:
    """Draw every page, or only those whose address contains one of the words given."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="respite-screens-") as folder:
        server = Server(install(Path(folder) / "installation"))
        server.start()
        try:
            with chromium() as browser:
                paths = [path for path in addresses(browser, server) if not only or any(word in path for word in only)]
                for width, height in WIDTHS.items():
                    for theme in THEMES:
                        draw(browser, server, paths, width, height, theme)
        finally:
            server.kill()
    print(f"{len(list(SCREENS.iterdir()))} pictures in {SCREENS.relative_to(ROOT)}")
    return 0


def addresses(browser: Browser, server: Server) -> list[str]:
    """Give the paths to draw: what the sitemap names, a few of each kind, and what is in no sitemap."""
    page = browser.new_page()
    found = re.findall(r"<loc>([^<]+)</loc>", page.request.get(f"{server.url}/sitemap.xml").text())
    page.close()
    counted: dict[str, int] = {}
    chosen = []
    for path in dict.fromkeys(urlsplit(address).path for address in found):
        area = path.strip("/").partition("/")[0] if path.count("/") > 2 else ""
        counted[area] = counted.get(area, 0) + 1
        if counted[area] <= FEW.get(area, 1000):
            chosen.append(path)
    return [*chosen, *MORE]


def draw(browser: Browser, server: Server, paths: list[str], width: int, height: int, theme: Theme) -> None:
    """Draw these pages whole at one width in one theme."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    for path in paths:
        page.goto(f"{server.url}{path}", wait_until="networkidle")
        show_all_pictures(page)
        name = re.sub(r"\W+", "-", path.strip("/")) or "home"
        page.screenshot(path=SCREENS / f"{name}-{theme}-{width}.png", full_page=True)
    context.close()


def show_all_pictures(page: Page) -> None:
    """Have the pictures further down loaded too: a whole page's picture shows them, a visitor scrolls there."""
    page.evaluate("""async () => {
      const pictures = [...document.images];
      for (const picture of pictures) picture.loading = 'eager';
      await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
    }""")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
