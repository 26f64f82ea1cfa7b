"""Search: what is found, in which order, and how it is shown."""

from typing import Any

import pytest

from api.library.search.marks import marked
from api.library.words import LONGEST_QUERY, terms_of
from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient

pytestmark = pytest.mark.django_db

SEARCH = "/api/v1/search/"


def found(client: ContractClient, query: str, **more: str) -> list[dict[str, Any]]:
    """Give what a query finds."""
    answer = client.get(SEARCH, {"q": query, **more})
    assert answer.status_code == 200
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def test_a_word_in_the_title__counts_more_than_in_the_text(client: ContractClient) -> None:
    entries.article("Other things", text="Attachment, attachment and attachment again. " * 3)
    entries.article("Attachment and loss in the years after", text="Nothing of the kind. " * 30)
    assert [hit["title"] for hit in found(client, "attachment")] == [
        "Attachment and loss in the years after",
        "Other things",
    ]


def test_all_words__must_be_there_as_beginnings_of_words(client: ContractClient) -> None:
    entries.article("Ending a relationship")
    entries.article("Ending a day")
    assert [hit["title"] for hit in found(client, "relation ending")] == ["Ending a relationship"]
    assert found(client, "lationship", exact="true") == []


def test_found_words__are_marked_in_escaped_text(client: ContractClient) -> None:
    entries.article("Fear <b>&</b> calm", text="It is 1 < 2 and fear is human. <script>fear</script>")
    (hit,) = found(client, "fear")
    assert hit["title_html"] == "<mark>Fear</mark> &lt;b&gt;&amp;&lt;/b&gt; calm"
    assert hit["excerpt_html"] == (
        "It is 1 &lt; 2 and <mark>fear</mark> is human. &lt;script&gt;<mark>fear</mark>&lt;/script&gt;"
    )


def test_an_excerpt__is_cut_around_the_first_found_word(client: ContractClient) -> None:
    entries.article("Long", text="before " * 200 + "needle " + "after " * 200)
    (hit,) = found(client, "needle")
    assert hit["excerpt_html"].startswith("… before")
    assert "<mark>needle</mark>" in hit["excerpt_html"]
    assert hit["excerpt_html"].endswith("after …")
    assert len(hit["excerpt_html"]) < 300


def test_accents_and_case__do_not_matter_to_marks() -> None:
    assert marked("Über Élan, ÉLANS", terms_of("elan")) == "Über <mark>Élan</mark>, <mark>ÉLANS</mark>"


@pytest.mark.parametrize("query", ["", "   ", "!?*", '"', "_"])
def test_a_query_without_words__has_a_clear_empty_answer(client: ContractClient, query: str) -> None:
    entries.article("Anything")
    answer = client.get(SEARCH, {"q": query})
    assert answer.status_code == 200
    assert (answer.json()["results"], answer.json()["next"]) == ([], None)


@pytest.mark.parametrize(
    "query",
    ['"', "a AND", "NEAR(a b)", "title:a", "a* b*", "(", "a OR b", "-a", "'; DROP TABLE", "\\", ":*", "a & b", "{x}"],
)
def test_signs_of_query_languages__mean_nothing(client: ContractClient, query: str) -> None:
    entries.article("Anything")
    assert client.get(SEARCH, {"q": query}).status_code == 200


def test_a_query_that_is_too_long__is_refused(client: ContractClient) -> None:
    answer = client.get(SEARCH, {"q": "a" * (LONGEST_QUERY + 1)})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["q"])


def test_kind__leaves_only_that_kind(client: ContractClient) -> None:
    entries.article("Rest")
    entries.topic("Rest")
    assert {hit["kind"] for hit in found(client, "rest")} == {"article", "topic"}
    assert {hit["kind"] for hit in found(client, "rest", kind="topic")} == {"topic"}
    assert client.get(SEARCH, {"q": "rest", "kind": "banner"}).status_code == 400


def test_what_is_buried__is_not_found_and_leaves_the_index(client: ContractClient) -> None:
    article = entries.article("Unmistakable")
    assert article.index_entries.count() == 1
    entries.bury(article)
    assert found(client, "unmistakable") == []
    assert article.index_entries.count() == 0


def test_banners__are_not_searched(client: ContractClient) -> None:
    entries.banner("Unmistakable")
    assert found(client, "unmistakable") == []


def test_pages_of_results__hold_everything_once(client: ContractClient) -> None:
    stored = {str(entries.article(f"Rest {number}").id) for number in range(45)}
    path, seen = f"{SEARCH}?q=rest", []
    while path:
        answer = client.get(path).json()
        seen += [hit["id"] for hit in answer["results"]]
        path, last = answer["next"], answer
    assert (len(seen), set(seen)) == (45, stored)
    assert client.get(last["previous"]).json()["previous"] == "/api/v1/search/?q=rest&cursor=0"


def test_answers_of_search__are_kept_by_nobody(client: ContractClient) -> None:
    assert client.get(SEARCH, {"q": "rest"}).headers["Cache-Control"] == "private, no-store"
