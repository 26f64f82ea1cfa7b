"""Single things: stored bytes in the encoding a client accepts, tags, and what is gone."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient, plain_content

pytestmark = pytest.mark.django_db

ONE = "/api/v1/articles/one/"
MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("zstd", None),
        ("gzip;q=nonsense", None),
        ("GZIP", "gzip"),
    ],
)
def test_an_article__comes_in_the_encoding_the_client_likes_best(
    client: ContractClient, accepted: str, encoding: str | None
) -> None:
    stored = entries.article("One", slug="one")
    answer = client.get(ONE, headers={"accept-encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content == {None: stored.body, "br": stored.body_br, "gzip": stored.body_gzip}[encoding]
    assert plain_content(answer) == stored.body


def test_every_encoding__has_a_strong_tag_of_its_own(client: ContractClient) -> None:
    entries.article("One", slug="one")
    tags = {client.get(ONE, headers={"accept-encoding": name}).headers["ETag"] for name in ("", "gzip", "br")}
    assert len(tags) == 3
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"other", {tag}', '"other",W/{tag} , "third"', "*"])
@pytest.mark.parametrize("path", [ONE, "/api/v1/articles/", "/api/v1/library/changes/"])
def test_a_known_tag__answers_304_with_tag_age_and_vary_alone(client: ContractClient, form: str, path: str) -> None:
    entries.article("One", slug="one")
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": form.format(tag=first.headers["ETag"])})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    assert "Content-Type" not in again.headers


def test_the_tag_of_another_encoding_or_version__answers_200(client: ContractClient) -> None:
    entries.article("One", slug="one")
    plain = client.get(ONE).headers["ETag"]
    assert client.get(ONE, headers={"if-none-match": plain, "accept-encoding": "br"}).status_code == 200
    assert client.get(ONE, headers={"if-none-match": '"older"'}).status_code == 200


@pytest.mark.parametrize("path", [ONE, "/api/v1/articles/", "/api/v1/search/?q=one", "/api/v1/session/"])
def test_head__answers_like_get_without_a_body(client: ContractClient, path: str) -> None:
    entries.article("One", slug="one")
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    differing = {"Content-Length", "Set-Cookie"} if "session" in path else set()
    assert {name: head.headers[name] for name in head.headers if name not in differing} == {
        name: get.headers[name] for name in get.headers if name not in differing
    }


def test_options__names_the_methods(client: ContractClient) -> None:
    answer = client.options(ONE)
    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_an_article__may_be_kept_for_a_minute(client: ContractClient) -> None:
    entries.article("One", slug="one")
    assert client.get(ONE).headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(("ends_in", "max_age"), [(3600, 60), (60, 60), (59.5, 59), (10, 10), (0.9, 0)])
def test_an_end_that_nears__shortens_how_long_an_answer_may_be_kept(
    client: ContractClient, ends_in: float, max_age: int
) -> None:
    with time_machine.travel(MOMENT, tick=False):
        entries.article("One", slug="one", ends_at=MOMENT + timedelta(seconds=ends_in))
        for path in (ONE, "/api/v1/articles/"):
            assert client.get(path).headers["Cache-Control"] == f"public, max-age={max_age}"


def test_a_banner_that_is_about_to_start__shortens_the_age_of_the_list(client: ContractClient) -> None:
    with time_machine.travel(MOMENT, tick=False):
        entries.banner(starts_at=MOMENT + timedelta(seconds=7))
        answer = client.get("/api/v1/banners/")
    assert (answer.json()["results"], answer.headers["Cache-Control"]) == ([], "public, max-age=7")


@pytest.mark.usefixtures("bare")
def test_an_end_that_passes__counts_at_once_before_any_sweep(client: ContractClient) -> None:
    with time_machine.travel(MOMENT, tick=False) as clock:
        entries.article("One", slug="one", text="unmistakable", ends_at=MOMENT + timedelta(seconds=5))
        assert client.get(ONE).status_code == 200
        clock.shift(5)
        assert client.get(ONE).status_code == 410
        assert client.get("/api/v1/articles/").json()["results"] == []
        assert client.get("/api/v1/search/?q=unmistakable").json()["results"] == []
        assert [change["op"] for change in client.get("/api/v1/library/changes/").json()["changes"]] == ["delete"]


def test_a_withdrawn_article__says_why_and_what_to_read_instead(client: ContractClient) -> None:
    entries.bury(entries.article("One", slug="one"), "The study was retracted.", "/articles/better/")
    answer = client.get(ONE)
    assert answer.status_code == 410
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["reason"] == "The study was retracted."
    assert answer.json()["replacement_path"] == "/articles/better/"


def test_what_is_merely_gone__gives_no_reason(client: ContractClient) -> None:
    entries.bury(entries.article("One", slug="one"))
    answer = client.get(ONE)
    assert (answer.status_code, answer.json()["reason"]) == (410, None)


def test_a_living_article__stands_before_a_buried_one_of_its_slug(client: ContractClient) -> None:
    entries.bury(entries.article("Old", slug="one"), "Withdrawn.")
    entries.article("New", slug="one")
    assert client.get(ONE).json()["title"] == "New"


def test_what_never_was__is_the_same_404_everywhere(client: ContractClient) -> None:
    now = datetime.now(UTC)
    entries.article("To come", slug="to-come", starts_at=now + timedelta(hours=1))
    paths = [
        "/api/v1/articles/nothing/",
        "/api/v1/articles/to-come/",
        "/api/v1/articles/%00/",
        f"/api/v1/references/{uuid.uuid4()}/",
        "/api/v1/topics/nothing/",
        "/api/v1/people/nobody/",
        "/api/v1/nonsense/",
        "/api/v1/nonsense",
        "/api/v2/articles/",
        "/api/",
    ]
    answers = [client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted((n, v) for n, v in answer.headers.items() if n != "Allow")) for answer in answers}) == 1


def test_an_address_without_its_end_slash__leads_to_the_right_one(client: ContractClient) -> None:
    answer = client.get("/api/v1/articles?topic=rest")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/articles/?topic=rest")


def test_a_detail__refuses_parameters_it_does_not_know(client: ContractClient) -> None:
    entries.article("One", slug="one")
    assert client.get(f"{ONE}?fields=title").json()["errors"] == {"fields": ["There is no such parameter here."]}


def test_reads__look_at_no_cookie_and_set_none(client: ContractClient, django_user_model: type) -> None:
    entries.article("One", slug="one")
    client.force_login(django_user_model.objects.create_user("a@example.org", "secret"))  # type: ignore[attr-defined]
    mine, anybodys = client.get(ONE), Client().get(ONE)
    assert mine.content == anybodys.content
    assert "Cookie" not in mine.headers["Vary"]
    assert not mine.cookies
