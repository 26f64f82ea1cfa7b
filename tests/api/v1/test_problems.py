"""Whatever goes wrong under /api/ is told as a problem."""

import logging

import pytest
from django.db import DatabaseError

from api.library import queries
from api.v1 import search
from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "path", ["/api/v1/articles/", "/api/v1/search/", "/api/v1/library/changes/", "/api/v1/session/"]
)
def test_another_method__is_405_and_names_those_there_are(client: ContractClient, method: str, path: str) -> None:
    answer = getattr(client, method)(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("accepted", ["text/html", "application/json;q=0", "image/*"])
def test_who_does_not_accept_json__gets_406(client: ContractClient, accepted: str) -> None:
    answer = client.get("/api/v1/articles/", headers={"accept": accepted})
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")


@pytest.mark.parametrize("accepted", ["*/*", "application/json", "text/html, */*;q=0.1", "application/*"])
def test_who_accepts_json_among_others__gets_it(client: ContractClient, accepted: str) -> None:
    assert client.get("/api/v1/articles/", headers={"accept": accepted}).status_code == 200


def test_an_error_of_ours__is_a_problem_logged_without_the_query(
    client: ContractClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise DatabaseError("the disk is gone")

    monkeypatch.setattr(search, "ask", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/api/v1/search/?q=something-private")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "disk" not in answer.content.decode()
    assert "the disk is gone" in caplog.text
    assert "something-private" not in caplog.text


def test_what_is_searched_for__is_not_logged_even_when_it_is_refused(
    client: ContractClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="django.request"), caplog.at_level(logging.DEBUG, logger="api"):
        assert client.get("/api/v1/search/?q=something-private&x=1").status_code == 400
        assert client.get("/api/v1/search/?q=" + "something-private" * 20).status_code == 400
    assert caplog.records
    assert "something-private" not in caplog.text


def test_too_many_searches__are_429_with_the_time_to_wait(
    client: ContractClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.v1.search.SearchThrottle.rate", "2/min")
    statuses = [client.get("/api/v1/search/?q=rest").status_code for _ in range(2)]
    answer = client.get("/api/v1/search/?q=rest")
    assert (statuses, answer.status_code) == ([200, 200], 429)
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_a_query_error_inside_a_read__is_a_problem_too(client: ContractClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> int:
        raise RuntimeError("unexpected")

    monkeypatch.setattr(queries, "seconds_until", fail)
    entries.article("One", slug="one")
    client.raise_request_exception = False
    assert client.get("/api/v1/articles/one/").status_code == 500
