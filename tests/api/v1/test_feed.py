"""The change feed: a client that follows it has what the library has."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from api.library.models import Entry
from cms.publishing.models import Ledger
from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient

pytestmark = pytest.mark.django_db

CHANGES = "/api/v1/library/changes/"


def follow(client: ContractClient, copy: dict[str, Any], after: str = "0", limit: int = 3) -> str:
    """Bring a client's copy up to date, and give its new cursor."""
    while True:
        answer = client.get(f"{CHANGES}?after={after}&limit={limit}").json()
        for change in answer["changes"]:
            if change["op"] == "upsert":
                copy[change["id"]] = change["data"]
            else:
                copy.pop(change["id"], None)
        after = answer["cursor"]
        if not answer["more"]:
            return after


def library() -> dict[str, Any]:
    """Give what the library holds."""
    return {str(entry.id): entry.data for entry in Entry.objects.existing()}


def test_following_from_nothing_and_on__gives_the_library(client: ContractClient) -> None:
    stored = [entries.article() for _ in range(8)]
    entries.topic()
    entries.banner(starts_at=datetime.now(UTC) + timedelta(days=1))
    copy: dict[str, Any] = {}
    cursor = follow(client, copy)
    assert copy == library()
    entries.bury(stored[0])
    entries.article()
    cursor = follow(client, copy, cursor)
    assert copy == library()
    answer = client.get(f"{CHANGES}?after={cursor}").json()
    assert (answer["changes"], answer["more"], answer["cursor"]) == ([], False, cursor)


@pytest.mark.usefixtures("bare")
def test_a_withdrawal__carries_its_reason(client: ContractClient) -> None:
    entries.bury(entries.article("One", slug="one"), "Retracted.", "/articles/better/")
    entries.bury(entries.article("Two", slug="two"))
    withdrawn, gone = client.get(CHANGES).json()["changes"]
    assert withdrawn["data"] == {"reason": "Retracted.", "replacement_path": "/articles/better/"}
    assert (gone["op"], gone["data"], gone["path"]) == ("delete", None, "/articles/two/")


def test_the_feed__may_be_kept_for_five_seconds(client: ContractClient) -> None:
    assert client.get(CHANGES).headers["Cache-Control"] == "public, max-age=5"


def test_the_feed__is_compressed(client: ContractClient) -> None:
    entries.article(text="word " * 500)
    answer = client.get(CHANGES, headers={"accept-encoding": "br"})
    assert (answer.headers["Content-Encoding"], len(answer.content) < 1500) == ("br", True)


def test_a_cursor_ahead_of_the_head__is_410(client: ContractClient) -> None:
    entries.article()
    head = Ledger.objects.get().revision
    assert client.get(f"{CHANGES}?after={head}").status_code == 200
    answer = client.get(f"{CHANGES}?after={head + 1}")
    assert (answer.status_code, answer.json()["type"]) == (410, "urn:respite:problem:cursor-gone")


@pytest.mark.usefixtures("bare")
def test_a_cursor_of_another_epoch__is_410_and_0_never_is(client: ContractClient) -> None:
    entries.article()
    first = client.get(CHANGES).json()
    Ledger.objects.update(epoch=uuid.uuid4())
    assert client.get(f"{CHANGES}?after={first['cursor']}").status_code == 410
    again = client.get(f"{CHANGES}?after=0").json()
    assert len(again["changes"]) == 1
    assert again["epoch"] != first["epoch"]


def test_a_cursor_older_than_the_tombstones__is_410(client: ContractClient) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(days=181), tick=False):
        article = entries.article()
        entries.article()
        cursor = client.get(CHANGES).json()["cursor"]
        entries.bury(article)
    assert client.get(f"{CHANGES}?after={cursor}").status_code == 410
    assert client.get(f"{CHANGES}?after=0").status_code == 200


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=", "limit=0", "limit=1000", "since=3", "after=1%00"])
def test_a_wrong_parameter__is_400(client: ContractClient, query: str) -> None:
    assert client.get(f"{CHANGES}?{query}").status_code == 400
