"""Things made the way editors make them, as the API answers them: shapes, samples, and what must not be seen."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageViewRestriction

from api.library.models import Entry
from cms.publishing.services import one_writer, unpublish
from tests import factories
from tests.api.v1.contract import ContractClient
from tests.api.v1.samples import stable

pytestmark = pytest.mark.django_db

EXPECTED = Path(__file__).parent / "expected"
FOLDERS = {"article": "articles", "topic": "topics", "person": "people", "specialist": "specialists"}
MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def everything(client: ContractClient) -> str:
    """Give all that every endpoint says, as one text."""
    said, todo = (
        [],
        [
            "/api/v1/articles/?limit=100",
            "/api/v1/references/?limit=100",
            "/api/v1/topics/?limit=100",
            "/api/v1/banners/",
            "/api/v1/helplines/",
            "/api/v1/specialists/?limit=100",
            "/api/v1/library/changes/?limit=200",
            "/api/v1/search/?q=secret",
        ],
    )
    for entry in Entry.objects.all():
        folder = FOLDERS.get(entry.kind)
        if folder:
            todo.append(f"/api/v1/{folder}/{entry.slug}/")
        elif entry.kind == "reference":
            todo.append(f"/api/v1/references/{entry.id}/")
    for path in todo:
        answer = client.get(path)
        assert answer.status_code in (200, 410), path
        said.append(answer.content.decode())
    return "\n".join(said)


@pytest.fixture
def one_of_each(bare: None) -> dict[str, Any]:
    """Publish one thing of every kind at a fixed moment, in words that do not change."""
    with time_machine.travel(MOMENT, tick=False) as clock:
        topic = factories.topic("Boundaries")
        author = factories.person("Ana Writer", orcid="0000-0002-1825-0097")
        work = factories.reference("Attachment styles among young adults", doi="10.1037/0022-3514.61.2.226")
        reviewer = factories.person("Rev Iewer")
        factories.article("Another one", topics=[topic], authors=[author], references=[], reviewer=None)
        clock.shift(60)  # nothing but an id, new each time, would order two articles of one moment
        article = factories.article(
            "Ending with respect",
            topics=[topic],
            authors=[author],
            references=[(work, {"annotation": "Four styles where three were expected."})],
            reviewer=reviewer,
            corrections=["A year was wrong."],
            content_note="Speaks of loss.",
        )
        factories.banner("A first conversation", topics=[topic], starts_at=MOMENT, ends_at=MOMENT + timedelta(days=9))
        factories.helpline("Somebody to talk to", verified_on=date(2026, 10, 1))
        factories.campaign()
        factories.specialist("Mara Quint", topics=[topic], registration_number="T-1", offers_consultation=True)
        factories.information_page("About us")
        factories.consultation_page("A free consultation")
        return {"article": article, "work": work, "topic": topic, "author": author}


def test_samples__are_what_they_were(client: ContractClient, one_of_each: dict[str, Any]) -> None:
    """Renew them by deleting tests/api/v1/expected/*.json and running this once; look at what changed."""
    paths = {
        "articles": "/api/v1/articles/",
        "article": "/api/v1/articles/ending-with-respect/",
        "references": "/api/v1/references/",
        "reference": f"/api/v1/references/{one_of_each['work'].public_id}/",
        "banners": "/api/v1/banners/?placement=home&audience=client",
        "helplines": "/api/v1/helplines/?country=GB",
        "topics": "/api/v1/topics/",
        "topic": "/api/v1/topics/boundaries/",
        "person": "/api/v1/people/ana-writer/",
        "specialists": "/api/v1/specialists/",
        "specialist": "/api/v1/specialists/mara-quint/",
        "search": "/api/v1/search/?q=respect",
        "changes": "/api/v1/library/changes/",
    }
    missing = []
    with time_machine.travel(MOMENT + timedelta(hours=1), tick=False):
        for name, path in paths.items():
            answer = client.get(path)
            assert answer.status_code == 200
            said, file = stable(answer.json()), EXPECTED / f"{name}.json"
            if not file.exists():
                file.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n")
                missing.append(name)
            assert said == json.loads(file.read_text()), name
    assert not missing, f"these samples were missing and have been written: {missing}"


def test_helplines__come_by_country_then_as_editors_put_them(client: ContractClient) -> None:
    factories.helpline("Second here", country="GB", position=2)
    factories.helpline("First here", country="GB", position=1)
    factories.helpline("Elsewhere", country="AU")
    answer = client.get("/api/v1/helplines/").json()["results"]
    assert [line["name"] for line in answer] == ["Elsewhere", "First here", "Second here"]
    assert [line["name"] for line in client.get("/api/v1/helplines/?country=AU").json()["results"]] == ["Elsewhere"]
    assert client.get("/api/v1/helplines/?country=gb").status_code == 400


def test_drafts__are_nowhere(client: ContractClient, one_of_each: dict[str, Any]) -> None:
    factories.article("Secret article", live=False)
    factories.topic("Secret topic", live=False)
    factories.person("Secret person", live=False)
    factories.reference("Secret reference", live=False)
    factories.banner("Secret banner", live=False)
    factories.helpline("Secret helpline", live=False)
    factories.specialist("Secret specialist", live=False)
    factories.information_page("Secret page", live=False)
    assert "ecret " not in everything(client)


def test_the_draft_of_something_public__is_nowhere(client: ContractClient, one_of_each: dict[str, Any]) -> None:
    article = one_of_each["article"]
    article.title = "A secret title"
    with one_writer():
        article.save_revision()
    assert "secret title" not in everything(client)


def test_what_is_to_start_later__is_nowhere(client: ContractClient, one_of_each: dict[str, Any]) -> None:
    factories.article("Secret article", go_live_at=timezone.now() + timedelta(days=1))
    assert "ecret " not in everything(client)


def test_what_was_unpublished__is_nowhere_but_as_gone(client: ContractClient, one_of_each: dict[str, Any]) -> None:
    article = factories.article("Secret article")
    assert "Secret article" in everything(client)
    unpublish(article)
    assert "ecret article" not in everything(client)
    assert client.get("/api/v1/articles/secret-article/").status_code == 410


def test_what_is_restricted__is_nowhere_also_below_a_restricted_page(
    client: ContractClient, one_of_each: dict[str, Any]
) -> None:
    factories.article("Secret article")
    index = factories.article_index()
    assert "Secret article" in everything(client)
    with one_writer():
        PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    said = everything(client)
    assert "Secret article" not in said
    assert "Ending with respect" not in said
    assert client.get("/api/v1/articles/").json()["results"] == []
