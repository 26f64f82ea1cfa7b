"""Search as people ask: with slips, in quotes, with accents; and what editors put first."""

import json
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.library import vocabulary
from api.library.models import SEARCHABLE, Entry, EntryWords, Word
from api.library.search.promotions import choose
from cms.articles.services import withdraw
from cms.promotions.models import PromotedResult
from cms.promotions.services import ensure_crisis_words
from cms.publishing.services import save_and_publish, unpublish
from tests import factories
from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient

pytestmark = pytest.mark.django_db

Commit = Callable[..., AbstractContextManager[Any]]
VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "promotions.json").read_text())
SEARCH = "/api/v1/search/"
SUGGESTIONS = "/api/v1/search/suggestions/"


def ask(client: ContractClient, query: str, **more: str) -> Any:
    """Give the answer to a query."""
    answer = client.get(SEARCH, {"q": query, **more})
    assert answer.status_code == 200
    return answer.json()


def titles(answer: Any) -> list[str]:
    """Give the titles of what was found."""
    return [hit["title"] for hit in answer["results"]]


# ---- What is found ---------------------------------------------------------------------------


def test_accents__do_not_matter_to_what_is_found(client: ContractClient) -> None:
    entries.article("Das Café um die Ecke", text="Über Müdigkeit.")
    for query in ("cafe", "CAFÉ", "mudigkeit", "uber"):
        assert titles(ask(client, query, exact="true")) == ["Das Café um die Ecke"], query
    assert "<mark>Café</mark>" in ask(client, "cafe")["results"][0]["title_html"]


def test_phrase_in_quotes__is_found_word_for_word(client: ContractClient) -> None:
    entries.article("One", text="The secure base of a child.")
    entries.article("Two", text="A base that is secure, and secured bases.")
    assert len(ask(client, "secure base")["results"]) == 2
    for query in ('"secure base"', "“Secure base”", '"secure-base'):
        answer = ask(client, query)
        assert titles(answer) == (["One"] if query[-1] in '"”' else titles(answer)), query
    assert "<mark>secure base</mark>" in ask(client, '"secure base"')["results"][0]["excerpt_html"]
    assert titles(ask(client, '"secure"')) == ["One", "Two"] or titles(ask(client, '"secure"')) == ["Two", "One"]


def test_topics_and_summary__count_more_than_text_and_less_than_the_title(client: ContractClient) -> None:
    entries.article("Other", text="A rare word: lantern. " + "Nothing of it. " * 30, topic_slugs=["night"])
    entries.article("About", text="Nothing of it. " * 30, topic_slugs=["lantern"])
    entries.article("Lantern", text="Nothing of it. " * 30, topic_slugs=["night"])
    assert titles(ask(client, "lantern")) == ["Lantern", "About", "Other"]


def test_counts__tell_every_kind_whatever_kind_is_shown(client: ContractClient) -> None:
    for number in range(3):
        entries.article(f"Rest {number}")
    entries.topic("Rest")
    for more in ({}, {"kind": "topic"}, {"kind": "person"}):
        answer = ask(client, "rest", **more)
        assert (answer["total"], answer["counts"]) == (4, {"article": 3, "topic": 1})
    assert ask(client, "rest", kind="person")["results"] == []


def test_topic_and_language__narrow_what_is_found(client: ContractClient) -> None:
    entries.article("Rest in the day", topic_slugs=["day"])
    entries.article("Rest at night", topic_slugs=["night"])
    entries.article("Rest und Ruhe", topic_slugs=["day"], language="de")
    assert titles(ask(client, "rest", topic="night")) == ["Rest at night"]
    assert titles(ask(client, "rest", topic="day", language="en")) == ["Rest in the day"]


def test_reference__leads_to_its_place_in_the_articles_that_cite_it(client: ContractClient) -> None:
    work = factories.reference("A secure base", authors=[{"family": "Bowlby", "given": "John"}])
    dates = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2)]
    other = factories.article("Attachment in later life", references=[work], first_published_at=dates[0])
    factories.article("Attachment at work", references=[work], first_published_at=dates[1])
    (found,) = (hit for hit in ask(client, "bowlby", kind="reference")["results"])
    anchor = f"#ref-{work.public_id}"
    assert found["path"] == f"/articles/attachment-at-work/{anchor}"
    assert [one["path"] for one in found["cited_by"]] == [
        f"/articles/attachment-at-work/{anchor}",
        f"/articles/attachment-in-later-life/{anchor}",
    ]
    assert found["citing_count"] == 2
    assert f'id="{anchor[1:]}"' in client.get("/articles/attachment-at-work/").content.decode()
    html = client.get("/search/", {"q": "bowlby", "kind": "reference"}).content.decode()
    assert f'<a href="/articles/attachment-in-later-life/{anchor}">Attachment in later life</a>' in html
    unpublish(other)
    assert ask(client, "bowlby", kind="reference")["results"][0]["citing_count"] == 1


def test_reference_that_nobody_cites__is_found_and_says_so(client: ContractClient) -> None:
    factories.home_page()
    factories.reference("A forgotten lighthouse")
    assert ask(client, "lighthouse")["results"][0]["path"] is None
    html = client.get("/search/", {"q": "lighthouse"}).content.decode()
    assert "No article here cites it yet." in html


def test_helpline__leads_to_its_country_and_can_be_called_from_the_results(client: ContractClient) -> None:
    factories.home_page()
    factories.helpline("Lifeline", country="US", phone="988")
    assert ask(client, "lifeline")["results"][0]["path"] == "/help/?country=US"
    assert 'href="tel:988"' in client.get("/search/", {"q": "lifeline"}).content.decode()


# ---- Slips -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("anxeity", "anxiety"),
        ("anxity", "anxiety"),
        ("anxiiety", "anxiety"),
        ("slepe", "sleep"),
        ("Scham", "shame"),
        ("kleep", "sleep"),
    ],
)
def test_slip__is_put_right_where_it_finds_nothing(client: ContractClient, slip: str, meant: str) -> None:
    entries.article("Anxiety at night", text="When sleep will not come. On shame.")
    answer = ask(client, slip)
    # Two slips in five letters, or a short word that begins otherwise, are more than we believe.
    is_believed = slip not in ("Scham", "kleep")
    assert (answer["query"], answer["shown_for"]) == (slip, meant if is_believed else slip)
    assert bool(answer["results"]) == is_believed
    exact = ask(client, slip, exact="true")
    assert (exact["shown_for"], exact["results"]) == (slip, [])


def test_slip_in_one_of_several_words__leaves_the_others_and_their_case(client: ContractClient) -> None:
    entries.article("Ending a relationship")
    assert ask(client, "Ending relatoinship")["shown_for"] == "Ending relationship"


def test_equally_near_words__the_more_common_is_meant(client: ContractClient) -> None:
    entries.article("One", text="The planet.")
    entries.article("Two", text="The planes.")
    entries.article("Three", text="The planes again.")
    assert ask(client, "planez")["shown_for"] == "planes"


def test_rare_word_beside_a_common_one__is_asked_about_and_not_replaced(client: ContractClient) -> None:
    for number in range(12):
        entries.article(f"Number {number}", text="About anxiety.")
    entries.article("A misprint", text="About anxeity.")
    answer = ask(client, "anxeity")
    assert (titles(answer), answer["did_you_mean"]) == (["A misprint"], "anxiety")
    assert answer["shown_for"] == "anxeity"


@pytest.mark.parametrize("query", ["ab", "116123", "qqqqqqqq", "x1y2z3"])
def test_what_nobody_could_have_meant__is_left_alone(client: ContractClient, query: str) -> None:
    entries.article("Anxiety", text="abc 116124")
    answer = ask(client, query, kind="topic")
    assert (answer["shown_for"], answer["did_you_mean"]) == (query, "")


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("sleep", "sleep", 0), ("slepe", "sleep", 1), ("slep", "sleep", 1), ("sleeep", "sleep", 1), ("speel", "sleep", 2)],
)
def test_distance__counts_slips(one: str, other: str, slips: int) -> None:
    assert vocabulary.distance(one, other, 2) == vocabulary.distance(other, one, 2) == slips


# ---- The vocabulary --------------------------------------------------------------------------


def counted() -> dict[str, tuple[int, int]]:
    """Give every word with its counts."""
    return {word: (entries, titles) for word, entries, titles in Word.objects.values_list("word", "entries", "titles")}


def test_words__are_counted_with_what_has_them_and_leave_with_it() -> None:
    draft = factories.article("A quokka nobody sees", live=False)
    assert "quokka" not in counted()
    first = factories.article("On the wombat", body=[("text", "<p>A quokka.</p>")])
    second = factories.article("On quokkas", body=[("text", "<p>A quokka.</p>")])
    assert (counted()["quokka"], counted()["wombat"]) == ((2, 0), (1, 1))
    second.body = [("text", "<p>Another animal.</p>")]
    save_and_publish(second)
    assert counted()["quokka"] == (1, 0)
    withdraw(first, "It was wrong.", None)
    assert {"quokka", "wombat"}.isdisjoint(counted())
    assert not EntryWords.objects.filter(pk=first.public_id).exists()
    assert draft.pk


def test_counts__are_what_counting_anew_gives() -> None:
    for number in range(4):
        factories.article(f"On rest {number}")
    unpublish(factories.article("Soon gone"))
    kept = counted()
    Word.objects.all().delete()
    EntryWords.objects.all().delete()
    living = Entry.objects.existing().filter(kind__in=SEARCHABLE).count()
    assert vocabulary.count_what_is_not() == living
    assert counted() == kept


# ---- As somebody types -----------------------------------------------------------------------


def suggested(client: ContractClient, query: str) -> list[tuple[str, str | None]]:
    """Give what is suggested for what was typed: text and path."""
    answer = client.get(SUGGESTIONS, {"q": query})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return [(one["text"], one["path"]) for one in answer.json()["suggestions"]]


def test_suggestions__complete_the_last_word_and_name_what_has_it_in_its_title(client: ContractClient) -> None:
    entries.article("Living with anxiety", slug="anxiety")
    assert suggested(client, "living anx") == [
        ("living anxiety", None),
        ("Living with anxiety", "/articles/anxiety/"),
    ]
    assert suggested(client, "a") == suggested(client, "") == []


def test_suggestions__put_slips_right_and_mark_what_was_meant(client: ContractClient) -> None:
    entries.article("Living with anxiety", slug="anxiety")
    assert suggested(client, "anxeity")[0] == ("anxiety", None)
    answer = client.get(SUGGESTIONS, {"q": "anxeity"}).json()
    assert answer["suggestions"][1]["html"] == "Living with <mark>anxiety</mark>"


def test_suggestions__are_escaped_and_come_from_what_is_public_alone(client: ContractClient) -> None:
    entries.article("<img src=x onerror=alert(1)> anxiety")
    entries.bury(entries.article("Anxiousness"))
    answer = client.get(SUGGESTIONS, {"q": "anx"}).json()
    assert "<img" not in "".join(one["html"] for one in answer["suggestions"])
    assert "anxiousness" not in str(answer)


def test_what_is_asked__stands_in_no_log(client: ContractClient, caplog: pytest.LogCaptureFixture) -> None:
    factories.home_page()
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        for path in ("/search/", SEARCH, SUGGESTIONS):
            client.get(path, {"q": "averysecretword"})
            client.get(path, {"q": "averysecretword", "page": "x", "unknown": "1"})
        client.get("/search", {"q": "averysecretword"})
        client.get("/nothing-at-all/", {"q": "averysecretword"})
    assert "averysecretword" not in caplog.text


# ---- What editors put first ------------------------------------------------------------------


def promote(heading: str = "A first talk", **fields: Any) -> PromotedResult:
    """Publish a promoted result."""
    return save_and_publish(PromotedResult(**{"heading": heading, "phrases": "talk to somebody", **fields}))


def test_crisis_words__put_help_first_on_the_page_and_in_the_api(client: ContractClient) -> None:
    factories.home_page()
    entries.article("I will want to sit still myself")
    help_now = ensure_crisis_words()
    assert ensure_crisis_words().pk == help_now.pk
    for query in ("suicide", "SUICIDAL thoughts", "I want to kill  myself!", "suiside", "don't want to live"):
        answer = ask(client, query)
        (first,) = answer["promoted"]
        assert answer["shown_for"] == " ".join(query.split())
        assert (first["path"], first["is_help"], first["label"]) == ("/help/", True, "Help now"), query
    html = client.get("/search/", {"q": "kill myself"}).content.decode()
    assert html.index("Chosen by our editors") < html.index('id="results"')
    assert suggested(client, "kill myself")[0][1] == "/help/"
    assert ask(client, "kill time")["promoted"] == []


def test_promoted_page__stands_after_help_and_goes_with_its_page(
    client: ContractClient, django_capture_on_commit_callbacks: Commit
) -> None:
    page = factories.information_page("Talking")
    promote(page=page)
    ensure_crisis_words()
    both = ask(client, "suicide: talk to somebody")["promoted"]
    assert [one["path"] for one in both] == ["/help/", "/talking/"]
    assert both[1]["label"] == "A first talk"
    with django_capture_on_commit_callbacks(execute=True):
        unpublish(page)
    assert ask(client, "talk to somebody")["promoted"] == []


def test_promoted_note__is_text_and_no_markup(client: ContractClient) -> None:
    promote("<b>Bold</b>", note="<script>alert(1)</script>", page=factories.information_page("Talking"))
    html = client.get("/search/", {"q": "talk to somebody"}).content.decode()
    assert "<b>Bold" not in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><b>"])
def test_query__is_text_wherever_it_is_said_again(client: ContractClient, query: str) -> None:
    factories.home_page()
    html = client.get("/search/", {"q": query, "kind": query}).content.decode()
    assert query not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: str(case["name"]))
def test_promotions__are_chosen_as_on_the_phone(case: dict[str, Any]) -> None:
    assert [one["id"] for one in choose(VECTORS["promotions"], [case["query"]])] == case["chosen"]
