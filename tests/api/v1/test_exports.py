"""References as files: of an article, of one work, of all."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from api.library.models import Kind
from cms.references.formats import FORMATS, read
from cms.references.formats.items import canonical
from tests import factories
from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient, plain_content

pytestmark = pytest.mark.django_db

FORMS = [(one.name, one.extension, one.content_type) for one in FORMATS.values()]


def work(title: str, **more: Any) -> Any:
    """Store a reference as the library has it."""
    identity = str(uuid.uuid4())
    csl = {"id": identity, "type": "book", "title": title, "author": [{"family": "Ames", "given": "Bea"}]}
    return entries.store(Kind.REFERENCE, {"id": identity, "csl": csl, "annotation": "Read it."}, title=title, **more)


@pytest.mark.parametrize(("name", "extension", "content_type"), FORMS)
def test_an_articles_references__come_in_its_order_with_its_own_annotations(
    client: ContractClient, name: str, extension: str, content_type: str
) -> None:
    second, first = factories.reference("Zeal"), factories.reference("Ardour")
    made = factories.article(slug="one", references=[(second, {"annotation": "Said in this article."}), first])
    answer = client.get(f"/api/v1/articles/one/references.{extension}")
    assert answer.headers["Content-Type"] == f"{content_type}; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="one-references.{extension}"'
    found, records = read(answer.content.decode())
    data = client.get("/api/v1/articles/one/").json()
    assert found == name
    assert [record.item["title"] for record in records] == [one["csl"]["title"] for one in data["references"]]
    assert [{**(record.item or {}), "id": ""} for record in records] == [
        {**canonical({**one["csl"], "annote": one["annotation"]}), "id": ""} for one in data["references"]
    ]
    assert "Said in this article." in answer.content.decode()
    assert made.live


@pytest.mark.parametrize(("name", "extension", "content_type"), FORMS)
def test_one_work__is_a_file_of_one(client: ContractClient, name: str, extension: str, content_type: str) -> None:
    one = work("Care")
    answer = client.get(f"/api/v1/references/{one.pk}.{extension}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="reference.{extension}"'
    assert [record.item["title"] for record in read(answer.content.decode(), name)[1]] == ["Care"]


def test_all_works__are_in_one_file_that_follows_every_change(client: ContractClient) -> None:
    entry = work("Care")
    work("Another")
    path = "/api/v1/references.csl.json"
    assert [one["title"] for one in client.get(path).json()] == ["Another", "Care"]
    entries.bury(entry, "")
    assert [one["title"] for one in client.get(path).json()] == ["Another"]
    work("Zeal")
    assert [one["id"] for one in client.get(path).json()] == ["amesndanother", "amesndzeal"]


def test_what_has_ended__is_in_no_file(client: ContractClient) -> None:
    end = datetime(2026, 11, 2, 9, tzinfo=UTC)
    ending = work("Care", ends_at=end)
    with time_machine.travel(end - timedelta(seconds=30), tick=False):
        assert client.get("/api/v1/references.bib").headers["Cache-Control"] == "public, max-age=30"
        assert "Care" in client.get("/api/v1/references.bib").content.decode()
    with time_machine.travel(end, tick=False):
        assert client.get("/api/v1/references.bib").content == b""
        assert client.get(f"/api/v1/references/{ending.pk}.bib").status_code == 410


def test_a_file__is_known_by_its_tag_and_compressed(client: ContractClient) -> None:
    for number in range(9):
        work(f"Care, part {number}")
    first = client.get("/api/v1/references.ris", headers={"accept-encoding": "gzip", "accept": "text/plain"})
    assert first.headers["Content-Encoding"] == "gzip"
    assert plain_content(first).decode().count("TY  - BOOK\r\n") == 9
    again = client.get(
        "/api/v1/references.ris", headers={"accept-encoding": "gzip", "if-none-match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_not_there__is_told_as_a_problem(client: ContractClient) -> None:
    entries.bury(entries.article("Two", slug="two"), "Withdrawn.")
    assert client.get("/api/v1/articles/nothing/references.bib").status_code == 404
    assert client.get("/api/v1/articles/two/references.bib").json()["reason"] == "Withdrawn."
    assert client.get(f"/api/v1/references/{uuid.uuid4()}.bib").status_code == 404
    assert client.get("/api/v1/references.doc").status_code == 404
    assert client.get("/api/v1/references.bib?author=ames").json()["errors"] == {
        "author": ["There is no such parameter here."]
    }


def test_the_costs__are_the_same_for_one_work_or_twenty(client: ContractClient, django_assert_num_queries: Any) -> None:
    for number in range(20):
        work(f"Care, part {number}")
    paths = {"articles/one/references.bib": 1, f"references/{work('Rest').pk}.bib": 1}
    entries.article("One", slug="one")
    for path, queries in paths.items():
        with django_assert_num_queries(queries):
            client.get(f"/api/v1/{path}")
    for queries in (3, 2):  # the tags and the next boundary; the texts too where they are new
        with django_assert_num_queries(queries):
            assert len(json.loads(client.get("/api/v1/references.csl.json").content)) == 21
