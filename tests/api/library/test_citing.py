"""Citations as readers and clients get them: set in the site's style, numbered, linked, and never forged."""

import html
import re
from datetime import date
from typing import Any

import pytest

from api.library.build import describe
from api.library.dependents import drain
from api.library.models import Entry
from cms.articles.models import Article
from cms.pages.models import CitationStyle, SiteSettings
from cms.publishing.services import one_writer, save_and_publish, unpublish
from cms.references.citations import CitedItem, citation_markup
from cms.references.models import Reference
from tests import factories
from tests.api.library.copy import entry_of

pytestmark = pytest.mark.django_db


def cite(*works: Reference | CitedItem, words: str = "(as it was)") -> str:
    items = [work if isinstance(work, CitedItem) else CitedItem(work.pk) for work in works]
    return f"<p>So it is {citation_markup(items, words)}.</p>"


def by(*families: str, year: int | None = 1988, **fields: Any) -> Reference:
    return factories.reference(authors=[{"family": family, "given": "A"} for family in families], year=year, **fields)


def heading(text: str) -> tuple[str, Any]:
    return "heading", {"text": text, "level": "2"}


def article_of(*blocks: Any, references: Any = ()) -> Article:
    body = [("text", block) if isinstance(block, str) else block for block in blocks]
    return factories.article(references=references, body=body)


def texts(data: Any) -> list[str]:
    return [block["html"] for block in data["body"] if block["type"] == "text"]


def words(data: Any) -> list[str]:
    """Give the citations of an article as they read."""
    told = re.sub(r'<span class="notice">(.*?)</span>', r"\1", " ".join(texts(data)))
    found = re.findall(r'<span class="citation" id="cite-\d+">(.*?)</span>', told)
    return [html.unescape(re.sub(r"<[^>]*>", "", one)) for one in found]


def listed(data: Any) -> list[tuple[int, str, str]]:
    names = [reference["csl"]["author"][0]["family"] for reference in data["references"]]
    return [(one["ordinal"], name, one["group"]) for one, name in zip(data["references"], names, strict=True)]


def in_style(style: str) -> None:
    settings = SiteSettings.objects.first() or SiteSettings()
    settings.citation_style = style
    settings.save()


def test_citation__is_a_link_to_its_entry_and_the_entry_leads_back() -> None:
    bowlby, neff = by("Bowlby"), by("Neff", year=2003)
    both = cite(CitedItem(neff.pk, label="page", locator="4-6"), CitedItem(bowlby.pk, prefix="see"))
    data = entry_of(article_of(both, heading("What it means"), cite(bowlby))).data
    assert texts(data) == [
        '<p>So it is <span class="citation" id="cite-1">('
        f'<a href="#ref-{neff.public_id}">Neff, 2003, pp. 4–6</a>; see '
        f'<a href="#ref-{bowlby.public_id}">Bowlby, 1988</a>)</span>.</p>',
        '<p>So it is <span class="citation" id="cite-2">('
        f'<a href="#ref-{bowlby.public_id}">Bowlby, 1988</a>)</span>.</p>',
    ]
    first, second = data["references"]
    assert first["cited_in"] == [
        {"anchor": "cite-1", "text": "(Neff, 2003, pp. 4–6; see Bowlby, 1988)", "section": ""},
        {"anchor": "cite-2", "text": "(Bowlby, 1988)", "section": "What it means"},
    ]
    assert [place["anchor"] for place in second["cited_in"]] == ["cite-1"]
    assert data["citation_style"] == "author-year"


def test_list__is_what_is_cited_by_name_then_further_reading_in_its_order() -> None:
    cited_later, further, cited_first, more = by("Ames"), by("Zimmer"), by("Cole"), by("Bell")
    own = (cited_later, {"annotation": "Here for its maps."})
    article = article_of(cite(cited_first), cite(cited_later), references=[further, own, more])
    data = entry_of(article).data
    assert listed(data) == [
        (1, "Ames", "cited"),
        (2, "Cole", "cited"),
        (3, "Zimmer", "further"),
        (4, "Bell", "further"),
    ]
    assert data["references"][0]["annotation"] == "Here for its maps."
    assert data["references"][3]["cited_in"] == []


def test_numbers__follow_the_text_and_go_on_through_further_reading() -> None:
    in_style(CitationStyle.NUMBERS)
    ames, cole, further = by("Ames"), by("Cole"), by("Bell")
    article = article_of(cite(cole), cite(CitedItem(ames.pk, label="page", locator="4"), cole), references=[further])
    data = entry_of(article).data
    assert words(data) == ["[1]", "[1; 2, p. 4]"]
    assert listed(data) == [(1, "Cole", "cited"), (2, "Ames", "cited"), (3, "Bell", "further")]
    assert data["citation_style"] == "numbers"


def test_blocks_that_move__take_their_numbers_with_them() -> None:
    in_style(CitationStyle.NUMBERS)
    ames, cole = by("Ames"), by("Cole")
    article = article_of(cite(cole), heading("Then"), cite(ames))
    article.body = [("text", cite(ames)), *[(block.block_type, block.value) for block in list(article.body)[:2]]]
    data = describe(article).data
    assert listed(data) == [(1, "Ames", "cited"), (2, "Cole", "cited")]
    assert [one["cited_in"][0]["anchor"] for one in data["references"]] == ["cite-1", "cite-2"]


def test_letters__tell_apart_what_was_written_in_one_year_in_the_list_too() -> None:
    scale, concept = by("Neff", year=2003, title="The scale"), by("Neff", year=2003, title="A concept")
    data = entry_of(article_of(cite(scale), references=[concept])).data
    assert words(data) == ["(Neff, 2003b)"]
    assert [re.findall(r"\(2003.\)", one["formatted"]) for one in data["references"]] == [["(2003b)"], ["(2003a)"]]
    in_style(CitationStyle.NUMBERS)
    drain()
    data = entry_of(Article.objects.get()).data
    assert all("(2003)" in one["formatted"] for one in data["references"])


def test_style_of_the_site__reaches_what_is_public_already() -> None:
    article = article_of(cite(by("Bowlby")))
    before = entry_of(article)
    settings = SiteSettings.objects.first() or SiteSettings()
    settings.footer = "Another footer."
    settings.save()
    assert not Entry.objects.exclude(stale_since=None).exists()
    in_style(CitationStyle.NUMBERS)
    drain()
    after = entry_of(article)
    assert (words(before.data), words(after.data)) == (["(Bowlby, 1988)"], ["[1]"])
    assert after.revision > before.revision


def test_work_that_is_not_public__leaves_the_words_or_the_others() -> None:
    gone, stays = by("Ames"), by("Cole")
    article = article_of(cite(gone, words="(Ames, <1988>)"), cite(gone, stays))
    assert words(entry_of(article).data) == ["(Ames, 1988)", "(Ames, 1988; Cole, 1988)"]
    unpublish(gone)
    drain()
    data = entry_of(article).data
    assert texts(data)[0] == "<p>So it is (Ames, &lt;1988&gt;).</p>"
    assert words(data) == ["(Cole, 1988)"]
    assert listed(data) == [(1, "Cole", "cited")]
    assert data["references"][0]["cited_in"][0]["anchor"] == "cite-1"


@pytest.mark.parametrize("status", ["retracted", "corrected"])
def test_notice_on_a_work__stands_at_every_citation_at_once(status: str) -> None:
    work = by("Bowlby")
    article = article_of(cite(work))
    work.status, work.notice_date = status, date(2026, 10, 1)
    save_and_publish(work)
    drain()
    data = entry_of(article).data
    assert words(data) == [f"(Bowlby, 1988, {status})"]
    link = (
        f'<a href="#ref-{work.public_id}" data-status="{status}">Bowlby, 1988, <span class="notice">{status}</span></a>'
    )
    assert link in texts(data)[0]


def test_what_changes_in_a_work__changes_its_citations() -> None:
    work = by("Bowlby")
    article = article_of(cite(work))
    work.year = 1969
    save_and_publish(work)
    drain()
    assert words(entry_of(article).data) == ["(Bowlby, 1969)"]


def test_revision_that_is_restored__brings_its_citations_back() -> None:
    work = by("Bowlby")
    article = article_of(cite(CitedItem(work.pk, label="chapter", locator="8")))
    first = article.latest_revision
    article.body = [("text", "<p>Nothing.</p>")]
    save_and_publish(article)
    assert entry_of(article).data["references"] == []
    with one_writer():
        first.publish()
    assert words(entry_of(article).data) == ["(Bowlby, 1988, Chapter 8)"]


def test_page_of_information__has_a_list_of_what_it_cites() -> None:
    page = factories.information_page(body=[("text", cite(by("Bowlby")))])
    data = entry_of(page).data
    assert words(data) == ["(Bowlby, 1988)"]
    assert [one["group"] for one in data["references"]] == ["cited"]


FORGED = {
    "a span of our own": '<span class="citation" id="cite-9">(x)</span>',
    "ids and classes": '<p id="cite-1" class="citation">x</p><a id="cite-1" class="citation" href="/a/">y</a>',
    "a status": '<a href="/a/" data-status="retracted">y</a>',
    "an event": '<a linktype="citation" items="[]" onclick="alert(1)">y</a>',
    "markup in the items": '<a linktype="citation" items="[{&quot;id&quot;: &quot;&lt;script&gt;&quot;}]">y</a>',
    "a script in the words": '<a linktype="citation" items="[]"><script>alert(1)</script>y</a>',
    "an address beside the items": '<a linktype="citation" items="[]" href="javascript:alert(1)">y</a>',
}


@pytest.mark.parametrize("name", FORGED)
def test_what_an_editor_stored__cannot_pass_for_a_citation(name: str) -> None:
    [told] = texts(describe(_draft(FORGED[name])).data)
    assert not re.search(r"<span|class=|id=|data-status|onclick|script|javascript", told)


def _draft(markup: str) -> Article:
    return factories.article(references=[], body=[("text", markup)], live=False)


def test_words_around_a_work__are_escaped() -> None:
    work = by("Bowlby")
    hostile = CitedItem(
        work.pk, label="page", locator="<b>4</b>", prefix='<img src=x onerror="alert(1)">', suffix='"><i>'
    )
    [told] = texts(describe(_draft(cite(hostile))).data)
    assert set(re.findall(r"</?(\w+)", told)) == {"p", "span", "a"}
    assert "&lt;img" in told


def test_citations__cost_no_query_of_their_own(django_assert_max_num_queries: Any) -> None:
    works = [by(f"Family{number}") for number in range(12)]
    article = article_of(*[cite(work) for work in works])
    article = Article.objects.get(pk=article.pk)
    with django_assert_max_num_queries(12):
        describe(article)
