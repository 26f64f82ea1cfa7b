"""Asking Crossref: recorded answers, and a stand-in that is slow, busy, gone or wrong."""

import json
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from cms.imports.models import DoiLookup
from cms.references import crossref
from cms.references.crossref import LookupFailed, look_up
from cms.references.formatting import format_html
from tests import factories
from tests.cms.references.crossref.stand_in import WORK, Clock, StandIn, standing_in

DOI = "10.1037/0022-3514.61.2.226"


@pytest.fixture
def stand_in(settings: Any) -> Any:
    with standing_in() as made:
        settings.CROSSREF_URL = made.url
        settings.CROSSREF_CONTACT = "team@example.org"
        yield made


def ask(clock: Clock | None = None) -> crossref.Found:
    clock = clock or Clock()
    return look_up(DOI, clock=clock, sleep=clock.sleep)


def test_a_recorded_answer__is_the_work_as_it_is_cited(stand_in: StandIn) -> None:
    found = ask()
    assert unescape(strip_tags(format_html(found.item))) == (
        "Bartholomew, K., & Horowitz, L. M. (1991). Attachment styles among young adults: A test of a "
        "four-category model. Journal of Personality and Social Psychology, 61(2), 226–244. "
        "https://doi.org/10.1037/0022-3514.61.2.226"
    )
    assert found.notices == []
    path, agent = stand_in.asked[0]
    assert path == "/works/10.1037%2F0022-3514.61.2.226"
    assert "mailto:team@example.org" in agent


def test_a_work_that_was_retracted__comes_with_the_notice(stand_in: StandIn) -> None:
    work = json.loads(WORK)
    work["message"]["updated-by"] = [{"DOI": "10.5555/notice", "type": "retraction", "label": "Retraction"}]
    work["message"]["title"] = ["A <i>test</i> &amp; more"]
    stand_in.answers = [(200, {}, json.dumps(work).encode())]
    found = ask()
    assert "Retraction, https://doi.org/10.5555/notice" in found.notices[0]
    assert found.item["title"] == "A test & more"


def test_an_unknown_doi__is_told_at_once(stand_in: StandIn) -> None:
    stand_in.answers = [(404, {}, b"Resource not found.")]
    with pytest.raises(LookupFailed, match="does not know this DOI"):
        ask()
    assert len(stand_in.asked) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_passing_error__is_tried_again_after_longer_and_longer_waits(stand_in: StandIn, status: int) -> None:
    stand_in.answers = [(status, {}, b""), (status, {}, b""), (200, {}, WORK)]
    clock = Clock()
    assert ask(clock).item["DOI"] == DOI
    assert clock.slept == [1.0, 2.0]


def test_errors_without_end__end_in_words(stand_in: StandIn) -> None:
    stand_in.answers = [(500, {}, b"")]
    with pytest.raises(LookupFailed, match="busy"):
        ask()
    assert len(stand_in.asked) == crossref.TRIES


def test_too_many_requests__waits_as_long_as_it_is_told(stand_in: StandIn) -> None:
    stand_in.answers = [(429, {"Retry-After": "7"}, b""), (200, {}, WORK)]
    clock = Clock()
    ask(clock)
    assert clock.slept == [7.0]


def test_a_wait_beyond_patience__is_not_begun(stand_in: StandIn) -> None:
    stand_in.answers = [(429, {"Retry-After": "3600"}, b"")]
    clock = Clock()
    with pytest.raises(LookupFailed, match="busy"):
        ask(clock)
    assert clock.slept == []


def test_silence__is_given_up_on(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossref, "READ", 0.1)
    stand_in.delay = 30
    with pytest.raises(LookupFailed, match="did not answer in time"):
        ask()
    assert len(stand_in.asked) == crossref.TRIES


def test_no_network__is_said_in_words(settings: Any) -> None:
    with standing_in() as gone:
        settings.CROSSREF_URL = gone.url
    with pytest.raises(LookupFailed, match="there may be no network"):
        ask()


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {}, b"<html>Log in to this network</html>"),
        (200, {}, b'{"message": []}'),
        (200, {}, b"[" * 100_000),
        (200, {}, b'{"message": {"DOI": "' + b"x" * (crossref.LARGEST + 1) + b'"}}'),
        (302, {"Location": "https://elsewhere.example/works/x"}, b""),
        (302, {"Location": "/works/again"}, b""),
        (403, {}, b"{}"),
    ],
)
def test_what_is_no_answer__is_refused(stand_in: StandIn, status: int, headers: dict[str, str], body: bytes) -> None:
    stand_in.answers = [(status, headers, body)]
    with pytest.raises(LookupFailed, match=r"answer (cannot be used|is too large)"):
        ask()
    assert len(stand_in.asked) <= crossref.REDIRECTS + 1


@pytest.mark.django_db
def test_the_form__gets_fields_and_authors(stand_in: StandIn) -> None:
    client = Client()
    client.force_login(factories.editor())
    here = factories.reference("Already", doi=DOI.upper())
    said = client.post(reverse("references_doi:ask"), {"doi": f"https://doi.org/{DOI}"}).json()
    assert said["state"] == "found"
    assert said["fields"]["container_title"] == "Journal of Personality and Social Psychology"
    assert said["fields"]["pages"] == "226–244" and said["fields"]["year"] == "1991"
    assert [author["family"] for author in said["authors"]] == ["Bartholomew", "Horowitz"]
    assert said["here"]["title"] == str(here)
    again = client.get(reverse("references_doi:answer", args=[said["id"]])).json()
    assert again == said
    assert [field.name for field in DoiLookup._meta.get_fields()] == [
        "id",
        "doi",
        "state",
        "answer",
        "problem",
        "asked_at",
    ]


@pytest.mark.django_db
def test_the_button__comes_with_every_form_in_which_a_work_may_be_written_and_no_other_page() -> None:
    client = Client()
    client.force_login(factories.publisher())
    work, article = factories.reference(), factories.article()
    forms = [
        reverse("wagtailsnippets_references_reference:add"),
        reverse("wagtailsnippets_references_reference:edit", args=[work.pk]),
        reverse("wagtailadmin_pages:add", args=["articles", "article", factories.article_index().pk]),
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
    ]
    others = [reverse("wagtailadmin_home"), reverse("wagtailsnippets_references_reference:list")]
    with_it = [page for page in [*forms, *others] if b"respite-admin/doi.js" in client.get(page).content]
    assert with_it == forms


@pytest.mark.django_db
def test_the_form__is_told_what_went_wrong(settings: Any) -> None:
    with standing_in() as gone:
        settings.CROSSREF_URL = gone.url
    client = Client()
    client.force_login(factories.editor())
    said = client.post(reverse("references_doi:ask"), {"doi": DOI}).json()
    assert said["state"] == "failed" and "no network" in said["problem"]
    answer = client.post(reverse("references_doi:ask"), {"doi": "nothing"})
    assert answer.status_code == 400 and "This is not a DOI" in answer.json()["problem"]


@pytest.mark.django_db
def test_who_does_not_write_references__asks_nobody(stand_in: StandIn) -> None:
    user = factories.editor()
    user.groups.clear()
    client = Client()
    client.force_login(user)
    assert client.post(reverse("references_doi:ask"), {"doi": DOI}).status_code in (302, 403)
    assert stand_in.asked == []
