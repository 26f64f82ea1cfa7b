"""The worker, the manifest, the feed, the map of the site and the word to robots."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from cms.publishing.services import unpublish
from pwa import frame
from tests import factories
from tests.pwa.conftest import Site

Read = Callable[[str], str]
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for the client's build."""
    (tmp_path / "worker.js").write_text("work();")
    (tmp_path / "retire.js").write_text("leave();")
    monkeypatch.setattr(frame, "CLIENT_BUILD", tmp_path)
    return tmp_path


def told(script: str) -> dict[str, Any]:
    """Read what stands before the worker."""
    known: dict[str, Any] = json.loads(script.removeprefix("self.__RESPITE=").split(";\n", 1)[0])
    return known


def test_worker__is_told_its_release(site: Site, client: Client, built: Path) -> None:
    response = client.get("/sw.js")
    script = response.content.decode()
    known = told(script)
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert script.endswith("work();")
    english, german = known["faces"]
    assert (german["language"], german["root"]) == ("de", "/de")
    named = {"help", "offline", "on-this-phone", "search", "titled", "gone", "saved", "specialists", "contact", "join"}
    named |= {"questions", "ask", "write"}
    named |= {f"share-{what}" for what in ("article", "page", "missing", "elsewhere", "empty")}
    assert set(english["parts"]) == named
    # Where a notice leads, by the number of its kind.
    assert known["places"]["1"] == "/own/messages/"
    served = client.get("/shell/").content.decode().splitlines()
    # What the network's page names ahead is at hand on a phone.
    assert english["shell"].splitlines() == [line for line in served if "modulepreload" not in line]
    assert f'data-version="{english["version"]}"' in english["shell"]
    assert "<!--slot:helplines first=GB-->" in english["parts"]["help"]
    assert known["pages"] == ["/help/", "/de/help/"]
    assert known["first_country"] == "GB"
    assert {"/static/respite/favicon.svg", "/static/respite/icon-192.png"} <= set(known["assets"])


def test_worker__knows_the_headers_that_pages_carry(site: Site, client: Client, built: Path) -> None:
    page = client.get("/")
    for name, value in told(client.get("/sw.js").content.decode())["headers"].items():
        sent = page[name]
        assert sorted(sent.split("; ")) == sorted(value.split("; ")), name


def test_worker__is_another_release_when_anything_of_it_is(site: Site, client: Client, built: Path) -> None:
    first = told(client.get("/sw.js").content.decode())["version"]
    assert told(client.get("/sw.js").content.decode())["version"] == first
    (built / "worker.js").write_text("work(harder);")
    frame.worker.cache_clear()
    frame.release.cache_clear()
    assert told(client.get("/sw.js").content.decode())["version"] != first


def test_worker__is_retired_by_a_setting(site: Site, client: Client, built: Path, settings: Any) -> None:
    settings.RETIRE_WORKER = True
    assert client.get("/sw.js").content == b"leave();"


def test_worker__that_was_not_built__is_not_there(site: Site, client: Client, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(frame, "CLIENT_BUILD", tmp_path)
    assert client.get("/sw.js").status_code == 404


def test_manifest__names_icons_of_the_sizes_it_says(site: Site, client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    manifest = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        file = Path(frame.HERE) / "static" / icon["src"].removeprefix("/static/")
        assert "{}x{}".format(*Image.open(file).size) == icon["sizes"]


def test_manifest__has_ways_in_and_takes_what_is_shared_in_each_language(site: Site, client: Client) -> None:
    for root, names in (
        ("", ["Help now", "Search", "Saved", "On this phone"]),
        ("/de", ["Hilfe jetzt", "Suche", "Gemerkt", "Auf diesem Telefon"]),
    ):
        manifest = json.loads(client.get(f"{root}/manifest.webmanifest").content)
        assert (manifest["id"], manifest["scope"], manifest["start_url"]) == ("/", "/", f"{root}/")
        assert manifest["share_target"] == {
            "action": f"{root}/share/",
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        }
        for shortcut in manifest["shortcuts"]:
            assert client.get(shortcut["url"]).status_code == 200
            (icon,) = shortcut["icons"]
            file = Path(frame.HERE) / "static" / icon["src"].removeprefix("/static/")
            assert "{}x{}".format(*Image.open(file).size) == icon["sizes"]
        told = [shortcut["name"] for shortcut in manifest["shortcuts"]]
        assert told == names


def test_feed__has_the_newest_articles_and_only_public_ones(site: Site, client: Client) -> None:
    factories.article("Draft", slug="draft", live=False)
    gone = factories.article("Gone & away", slug="gone")
    unpublish(gone)
    factories.article("Night & day <3", slug="day")
    response = client.get("/feed.atom")
    feed = ElementTree.fromstring(response.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert set(titles) == {"Night & day <3", "When sleep will not come"}
    assert len(titles) == 2
    entry = next(feed.iter(f"{ATOM}entry"))
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"].startswith(f"{settings.ORIGIN}/articles/")
    assert str(entry.findtext(f"{ATOM}id")).startswith("urn:uuid:")
    assert response["Content-Type"].startswith("application/atom+xml")


def test_sitemap__has_every_public_page_and_nothing_else(site: Site, client: Client) -> None:
    factories.article("Draft", slug="draft", live=False)
    unpublish(factories.article("Gone", slug="gone"))
    found = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = {str(element.text).removeprefix(settings.ORIGIN) for element in found.iter(f"{MAP}loc")}
    assert addresses >= {"/", "/articles/", site.path, "/topics/sleep/", "/people/ana-writer/", "/about/"}
    assert not {address for address in addresses if "draft" in address or "gone" in address}
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_robots__leads_to_the_map_and_away_from_the_admin(site: Site, read: Read) -> None:
    text = read("/robots.txt")
    assert "Disallow: /admin/" in text
    assert f"Sitemap: {settings.ORIGIN}/sitemap.xml" in text


def test_documents__are_known_again_by_their_tags(site: Site, client: Client) -> None:
    for path in ("/feed.atom", "/sitemap.xml", "/manifest.webmanifest", "/robots.txt", "/shell/"):
        first = client.get(path)
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304, path
        assert not first.cookies
