"""Parts of the page's script that are loaded when they are needed: on the phone before, on the server ever after."""

import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.phone import Phone
from tests.kept import ROOT
from tests.server import Server

CHUNKS = ROOT / "pwa" / "static" / "pwa" / "chunks"
IMPORT = """async (addresses) => {
  const modules = await Promise.all(addresses.map((address) => import(address)));
  return modules.length;
}"""


def test_every_part__is_on_the_phone_and_loads_without_a_connection(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    built = sorted(f"/static/pwa/chunks/{file.name}" for file in CHUNKS.iterdir())
    release = next(paths for name, paths in phone.caches().items() if name.startswith("respite-release-"))
    assert built
    assert [path for path in release if "/chunks/" in path] == built

    server.kill()
    phone.open("/articles/grief/")

    assert phone.page.evaluate(IMPORT, built) == len(built)


def test_part_of_the_release_before__is_still_served(server: Server) -> None:
    name = "pwa/chunks/earlier.AAAAAAAA.js"
    left = Path(server.installation.folder) / "static" / name
    left.write_text("export const earlier = true;\n")
    server.manage("collectstatic", "--noinput", "-v0")
    server.restart()
    with urllib.request.urlopen(f"{server.url}/static/{name}") as answer:
        assert b"earlier = true" in answer.read()
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.browser_context_args(service_workers="block")
def test_document__names_what_the_script_imports_at_once(context: BrowserContext, reading_server: Server) -> None:
    phone = Phone(context, reading_server)
    phone.open("/articles/grief/")
    phone.page.wait_for_load_state("networkidle")
    named = phone.page.locator("link[rel=modulepreload]").evaluate_all("links => links.map(({href}) => href)")
    fetched = phone.page.evaluate(
        "performance.getEntriesByType('resource').map(({name}) => name).filter((name) => name.includes('/chunks/'))"
    )
    assert named
    assert sorted(set(fetched)) == sorted(named), "nothing else of the script is fetched before it is needed"
