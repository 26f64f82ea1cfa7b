"""What an entry says of its source."""

import gzip
import json
from datetime import date
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from api.library.build import describe
from api.library.models import Entry
from api.library.packing import etag_of
from cms.articles.models import Article
from tests import factories
from tests.api.library.copy import data_of, entry_of

pytestmark = pytest.mark.django_db


def text_of(article: Article) -> str:
    [block] = [block for block in entry_of(article).data["body"] if block["type"] == "text"]
    return block["html"]


def article_saying(html: str, **fields: Any) -> Article:
    return factories.article(body=[("text", html)], **fields)


def test_article__is_told_with_everything_on_its_page() -> None:
    related = factories.article("What to read next")
    source = factories.article(related=[related], corrections=["A number was wrong."], content_note="Loss.")
    data = entry_of(source).data
    assert data["path"] == f"/articles/{source.slug}/"
    assert [block["type"] for block in data["body"]] == [
        "text",
        "heading",
        "text",
        "quote",
        "takeaways",
        "exercise",
        "list",
        "find_support",
    ]
    assert data["takeaways"] == ["Rest counts.", "Ask for help early."]
    assert data["state"] == "corrected"
    assert data["corrections"] == [{"date": "2026-10-01", "note": "A number was wrong."}]
    assert [card["title"] for card in data["related"]] == ["What to read next"]
    assert data["related"][0] == json.loads(entry_of(related).card)
    assert data["reviewer"]["name"] == source.reviewer.name
    assert data["reviewed_at"] == "2026-09-01"
    assert data["published_at"].endswith("+00:00")
    assert {name: data[name] for name in json.loads(entry_of(source).card)} == json.loads(entry_of(source).card)


def test_body__is_the_data_serialised_and_compressed_under_its_own_tag() -> None:
    entry = entry_of(factories.article())
    body = bytes(entry.body)
    assert json.loads(body) == entry.data
    assert gzip.decompress(entry.body_gzip) == body
    assert brotli.decompress(entry.body_br) == body
    assert entry.etag == etag_of(body)


def test_reference_of_an_article__stands_with_the_articles_own_words_over_the_works() -> None:
    work = factories.reference(annotation="What it found.")
    plain = factories.article(references=[work])
    own = factories.article(
        references=[
            (
                work,
                {
                    "annotation": "Why it matters here.",
                    "locators": [("locator", {"label": "chapter", "value": "3", "note": ""})],
                },
            )
        ]
    )
    [as_it_is] = entry_of(plain).data["references"]
    [as_used] = entry_of(own).data["references"]
    assert as_it_is["annotation"] == "What it found."
    assert as_it_is["locators"][0]["text"] == "pp. 226–230, model overview"
    assert as_used["annotation"] == "Why it matters here."
    assert [locator["text"] for locator in as_used["locators"]] == ["Chapter 3"]
    assert (as_used["ordinal"], as_used["cited_in"]) == (1, [])
    assert as_used["formatted"] == entry_of(work).data["formatted"]


def test_references__keep_their_order_and_count_without_those_not_public() -> None:
    first, hidden, last = factories.reference(), factories.reference(live=False), factories.reference()
    source = factories.article(references=[first, hidden, last])
    told = entry_of(source).data["references"]
    assert [(one["ordinal"], one["id"]) for one in told] == [(1, str(first.public_id)), (2, str(last.public_id))]


def test_headings__have_anchors_that_are_unique_and_the_same_each_time() -> None:
    heading = ("heading", {"text": "What helps?", "level": "2"})
    reserved = ("heading", {"text": "References", "level": "3"})
    wordless = ("heading", {"text": "…", "level": "2"})
    source = factories.article(body=[heading, heading, reserved, wordless])
    anchors = [block["anchor"] for block in entry_of(source).data["body"]]
    assert anchors == ["what-helps", "what-helps-2", "references-2", "section"]
    assert [block["anchor"] for block in describe(source).data["body"]] == anchors


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (200, 1), (299, 1), (301, 2), (1200, 6)])
def test_reading_time__is_the_words_at_200_a_minute_and_at_least_one(words: int, minutes: int) -> None:
    source = article_saying(factories.rich_text(" ".join(["word"] * words)))
    assert entry_of(source).data["reading_minutes"] == minutes


def test_picture__comes_in_widths_never_above_its_own() -> None:
    wide = factories.article(image=factories.picture(width=1600, height=800), image_alt="A lake")
    narrow = factories.article(image=factories.picture(width=600, height=300))
    image = entry_of(wide).data["image"]
    assert [source["width"] for source in image["sources"]] == [400, 800, 1200]
    assert (image["width"], image["height"], image["alt"]) == (800, 400, "A lake")
    assert image["src"].startswith("/media/images/")
    assert image["src"].endswith(".webp")
    assert [source["width"] for source in entry_of(narrow).data["image"]["sources"]] == [400, 600]


def test_picture_whose_file_is_lost__leaves_the_article_without_it() -> None:
    picture = factories.picture()
    picture.file.storage.delete(picture.file.name)
    picture.renditions.all().delete()
    assert entry_of(factories.article(image=picture)).data["image"] is None


# ---- Rich text -------------------------------------------------------------------------------


def test_link_to_a_public_page__has_its_address() -> None:
    target = factories.article("Where it leads")
    source = article_saying(f'<p>See <a linktype="page" id="{target.pk}">this</a>.</p>')
    assert text_of(source) == '<p>See <a href="/articles/where-it-leads/">this</a>.</p>'


@pytest.mark.parametrize("link", ['linktype="page" id="987654"', 'linktype="page"', 'linktype="page" id="x"', ""])
def test_link_to_nothing__becomes_its_words(link: str) -> None:
    assert text_of(article_saying(f"<p>See <a {link}>this <b>thing</b></a>.</p>")) == "<p>See this <b>thing</b>.</p>"


def test_link_to_a_draft__becomes_its_words() -> None:
    target = factories.article(live=False)
    assert text_of(article_saying(f'<p><a linktype="page" id="{target.pk}">this</a></p>')) == "<p>this</p>"


def test_link_to_a_document__has_its_address_unless_its_collection_is_closed() -> None:
    factories.ground()
    folder = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
    model = get_document_model()
    opened = model.objects.create(title="Leaflet", file=factories.png("leaflet.pdf"))
    closed = model.objects.create(title="Internal", file=factories.png("internal.pdf"), collection=folder)
    links = "".join(f'<a linktype="document" id="{one.pk}">x</a> ' for one in (opened, closed))
    assert text_of(article_saying(f"<p>{links}</p>")) == f'<p><a href="{opened.url}">x</a> x </p>'


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">x</a>',
        ),
        ('<a href="//example.org/">x</a>', '<a href="//example.org/" rel="noopener noreferrer">x</a>'),
        ('<a href="mailto:help@example.org">x</a>', '<a href="mailto:help@example.org">x</a>'),
        ('<a href="tel:116123">x</a>', '<a href="tel:116123">x</a>'),
        ('<a href="#part">x</a>', '<a href="#part">x</a>'),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="data:text/html,x">x</a>', "x"),
        (
            '<a href="https://example.org/" onclick="a()" target="_blank">x</a>',
            '<a href="https://example.org/" rel="noopener noreferrer">x</a>',
        ),
        ("<script>alert(1)</script>x", "x"),
        ('<img src=x onerror="a()">x', "x"),
        ('<b style="color:red" class="y">x</b>', "<b>x</b>"),
        ("<!--slot:main-->x", "x"),
        ("a < b &amp; c", "a &lt; b &amp; c"),
    ],
)
def test_rich_text__goes_through_the_allow_list(given: str, told: str) -> None:
    assert text_of(article_saying(f"<p>{given}</p>")) == f"<p>{told}</p>"


def test_twenty_links__cost_one_query() -> None:
    plain: dict[str, Any] = {
        "references": [],
        "authors": [factories.person()],
        "topics": [factories.topic()],
        "reviewer": None,
    }
    targets = [factories.article(**plain) for _ in range(20)]

    def queries_for(count: int) -> int:
        links = "".join(f'<p><a linktype="page" id="{target.pk}">x</a></p>' for target in targets[:count])
        source = article_saying("<p>Words.</p>" + links, **plain)
        source = Article.objects.get(pk=source.pk)
        with CaptureQueriesContext(connection) as context:
            html = describe(source).data["body"][0]["html"]
        assert html.count("<a href=") == count
        return len(context.captured_queries)

    without = queries_for(0)
    assert [queries_for(1), queries_for(20)] == [without, without]


def test_entry__costs_the_same_queries_for_one_reference_and_for_ten() -> None:
    def queries_for(count: int) -> int:
        source = factories.article(references=[factories.reference() for _ in range(count)])
        source = Article.objects.get(pk=source.pk)
        with CaptureQueriesContext(connection) as context:
            assert len(describe(source).data["references"]) == count
        return len(context.captured_queries)

    assert queries_for(1) == queries_for(10)


# ---- The other kinds -------------------------------------------------------------------------


def test_person__is_told_with_a_sanitised_biography_and_a_photo() -> None:
    source = factories.person("Eva Example", biography="<p>Hello<script>x</script></p>", photo=factories.picture())
    data = entry_of(source).data
    assert (data["path"], data["biography"]) == ("/people/eva-example/", "<p>Hello</p>")
    assert data["photo"]["sources"]


def test_reference__offers_no_address_that_is_not_of_the_web() -> None:
    source = factories.reference(doi="")
    type(source).objects.filter(pk=source.pk).update(url="javascript:alert(1)")
    source.refresh_from_db()
    assert describe(source).data["url"] == ""


def test_banner__tells_readers_everything_but_its_name() -> None:
    topic = factories.topic("Sleep")
    page = factories.consultation_page("Free")
    source = factories.banner(
        "Begin here", name="Autumn campaign", topics=[topic], call_to_action="Read how", call_to_action_page=page
    )
    entry = entry_of(source)
    assert entry.data["call_to_action"] == {"label": "Read how", "path": "/free/"}
    assert [panel["heading"] for panel in entry.data["panels"]] == [
        "What are the benefits of a free consultation?",
        "Important:",
    ]
    assert entry.data["topics"] == ["sleep"]
    assert "Autumn" not in bytes(entry.body).decode() + entry.text + entry.title
    assert set(entry.facets.values_list("name", "value")) == {
        ("audience", "client"),
        ("placement", "home"),
        ("placement", "article_end"),
        ("topic", "sleep"),
    }


def test_banner_whose_topics_are_all_drafts__stands_nowhere_and_not_everywhere() -> None:
    source = factories.banner(topics=[factories.topic("Not yet", live=False)])
    assert entry_of(source).data["placements"] == []
    assert "not-yet" not in bytes(entry_of(source).body).decode()


def test_helpline__names_its_country() -> None:
    source = factories.helpline("Somebody", country="NZ", verified_on=date(2026, 11, 1))
    data = entry_of(source).data
    assert (data["country"], data["country_name"], data["verified_on"]) == ("NZ", "New Zealand", "2026-11-01")


def test_pages__are_told_by_type() -> None:
    factories.home_page(lede="Read in your own time.")
    factories.article_index()
    factories.information_page("About")
    factories.consultation_page("Free", audience="specialist")
    told = {data["path"]: data for data in Entry.objects.filter(kind="page").values_list("data", flat=True)}
    assert {path: data["type"] for path, data in told.items()} == {
        "/": "home",
        "/articles/": "articles",
        "/about/": "information",
        "/free/": "consultation",
    }
    assert (told["/"]["greeting"], told["/"]["summary"]) == ("Hello.", "Read in your own time.")
    assert told["/free/"]["panels"][0]["heading"] == "Potential benefits of a free initial consultation"


def test_draft__is_described_like_the_article_it_will_be() -> None:
    source = factories.article()
    assert describe(source).data == entry_of(source).data
    source.title = "Another title"
    unsaved = source.save_revision().as_object()
    assert describe(unsaved).data == {
        **data_of(source),
        "title": "Another title",
        "seo": {**data_of(source)["seo"], "title": "Another title"},
    }


def test_what_is_not_published_at_all__cannot_be_described() -> None:
    with pytest.raises(LookupError):
        describe(factories.picture())
