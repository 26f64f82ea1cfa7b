"""The change feed as a phone takes it."""

import gzip
import json
from typing import Any

import brotli
from django.test import Client

from api.library.models import Entry
from cms.articles.services import withdraw
from pwa.drawing import template_version
from pwa.models import Fragment
from tests import factories
from tests.pwa.conftest import Site


def sync(client: Client, after: str = "0", limit: int = 100) -> dict[str, Any]:
    response = client.get("/sync/changes/", {"after": after, "limit": str(limit)})
    assert response.status_code == 200
    told: dict[str, Any] = response.json()
    return told


def test_feed__brings_everything_that_reading_offline_needs(site: Site, client: Client) -> None:
    told = sync(client)
    by_kind = {change["kind"]: change for change in told["changes"]}
    assert set(by_kind) == {"article", "page", "topic", "person", "banner", "helpline"}
    article = by_kind["article"]
    fragment = Fragment.objects.get(pk=article["id"])
    assert (article["html"], article["card"]) == (fragment.html, fragment.card)
    assert article["data"] == {
        "topics": ["sleep"],
        "authors": ["ana-writer"],
        "summary": "What we know about when sleep will not come.",
        "reading_minutes": 1,
        "updated_at": article["published_at"],
        "translations": [],
    }
    assert article["language"] == "en"
    assert article["path"] == site.path
    assert article["title"] == "When sleep will not come"
    assert article["published_at"].endswith("+00:00")
    assert by_kind["banner"]["data"]["placements"] == ["home", "article_end"]
    assert by_kind["helpline"]["data"]["country"] in {"GB", "US"}
    assert by_kind["helpline"]["card"].startswith("<li>")
    assert told["template_version"] == template_version()
    assert (told["more"], told["remaining"]) == (False, 0)


def test_feed__is_read_to_its_end_in_pages_without_gap_or_double(site: Site, client: Client) -> None:
    cursor, seen, remaining = "0", [], []
    while True:
        told = sync(client, cursor, limit=2)
        seen += [change["id"] for change in told["changes"]]
        remaining.append(told["remaining"])
        cursor = told["cursor"]
        if not told["more"]:
            break
    everything = Entry.objects.existing().exclude(kind="reference")
    assert sorted(seen) == sorted(str(key) for key in everything.values_list("pk", flat=True))
    assert remaining == sorted(remaining, reverse=True)
    assert sync(client, cursor)["changes"] == []


def test_publishing_a_banner__changes_one_item(site: Site, client: Client) -> None:
    cursor = sync(client)["cursor"]
    factories.banner("Another one")
    changes = sync(client, cursor)["changes"]
    assert [change["kind"] for change in changes] == ["banner"]


def test_withdrawal__is_told_with_its_reason_and_without_its_words(site: Site, client: Client) -> None:
    cursor = sync(client)["cursor"]
    withdraw(site.article, "The source was retracted.")
    (change,) = [change for change in sync(client, cursor)["changes"] if change["kind"] == "article"]
    assert change["op"] == "delete"
    assert change["data"] == {"reason": "The source was retracted.", "replacement_path": ""}
    assert "html" not in change
    assert not Fragment.objects.filter(pk=change["id"]).exists()


def test_feed__is_compressed_known_again_and_kept_for_five_seconds(site: Site, client: Client) -> None:
    plain = client.get("/sync/changes/")
    for encoding, opened in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get("/sync/changes/", headers={"accept-encoding": encoding})
        assert packed["Content-Encoding"] == encoding
        assert opened(packed.content) == plain.content
    assert plain["Cache-Control"] == "public, max-age=5"
    assert client.get("/sync/changes/", headers={"if-none-match": plain["ETag"]}).status_code == 304
    assert not plain.cookies


def test_feed__without_news__is_a_kilobyte_at_most(site: Site, client: Client) -> None:
    cursor = sync(client)["cursor"]
    assert len(client.get("/sync/changes/", {"after": cursor}).content) < 1024


def test_cursor__of_another_history_or_ahead__is_told_to_start_again(site: Site, client: Client) -> None:
    cursor = sync(client)["cursor"]
    revision, heard, _epoch = cursor.split("-")
    for wrong in (f"{revision}-{heard}-{'0' * 12}", "99999999"):
        response = client.get("/sync/changes/", {"after": wrong})
        assert response.status_code == 410, wrong
        assert response["Content-Type"] == "application/problem+json"
        assert response["Cache-Control"] == "no-store"
        assert json.loads(response.content)["status"] == 410


def test_parameters__that_make_no_sense__are_refused(site: Site, client: Client) -> None:
    for query in ({"after": "x"}, {"limit": "0"}, {"limit": "x"}, {"limit": "501"}, {"limit": "-1"}):
        assert client.get("/sync/changes/", query).status_code == 400, query


def test_feed__can_leave_out_the_texts_of_articles_and_only_those(site: Site, client: Client) -> None:
    whole = {change["id"]: change for change in sync(client)["changes"]}
    titled = client.get("/sync/changes/", {"texts": "no"}).json()["changes"]
    for change in titled:
        told = whole[change["id"]]
        if change["kind"] == "article":
            assert "html" not in change
            told = {name: value for name, value in told.items() if name != "html"}
        assert change == told
    assert client.get("/sync/changes/", {"texts": "some"}).status_code == 400


def texts(client: Client, *ids: str) -> Any:
    return client.get("/sync/texts/", {"ids": ",".join(ids)})


def test_texts__are_those_that_were_asked_for_each_with_its_revision(site: Site, client: Client) -> None:
    (article,) = [change for change in sync(client)["changes"] if change["kind"] == "article"]
    response = texts(client, article["id"], "00000000-0000-0000-0000-000000000000")
    told = {name: article[name] for name in ("id", "revision", "html")}
    assert response.json() == {"texts": [told]}
    assert response["Cache-Control"] == "public, max-age=5"
    assert not response.cookies


def test_texts__of_what_was_withdrawn_and_of_what_is_no_article_are_not_given(site: Site, client: Client) -> None:
    changes = sync(client)["changes"]
    withdraw(site.article, "The source was retracted.")
    assert texts(client, *(change["id"] for change in changes)).json() == {"texts": []}


def test_texts__asked_for_with_what_makes_no_sense__are_refused(site: Site, client: Client) -> None:
    nil = "00000000-0000-0000-0000-000000000000"
    for ids in ([""], ["x"], [nil, "1"], [nil] * 51):
        assert texts(client, *ids).status_code == 400, ids
    assert texts(client, *[nil] * 50).json() == {"texts": []}
