"""Advice on what is written: what it finds, what it leaves alone, and who may ask for it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.articles.advice.advising import Advice, advise
from cms.articles.advice.findings import Known
from cms.articles.advice.prose import Link, Passage
from cms.articles.advice.reading import readability_of, sentences_in
from cms.people.models import User
from cms.references.citations import CitedItem, citation_markup
from tests import factories

NOTHING = Known({}, {})


def paragraph(text: str, **more: Any) -> Passage:
    return Passage("paragraph", text, "b1", **more)


def told(*passages: Passage, language: str = "en", known: Known = NOTHING) -> dict[str, list[str]]:
    """Give the messages of each group of advice on some passages."""
    advice = advise(list(passages), language, known)
    return {group.title: [finding.message for finding in group.findings] for group in advice.groups}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rained. We stayed.", 2),
        ("Dr. Ames, e.g. in 4.5 per cent of cases (cf. p. 4), stayed.", 1),
        ("“Why?” she asked. “No reason.” He left!", 3),
        ("J. Bowlby wrote it", 1),
        ("Wait… what? Yes.", 2),
        ("", 0),
    ],
)
def test_sentences__end_where_a_reader_would_say(text: str, count: int) -> None:
    assert len(sentences_in(text)) == count


def test_grade__rises_with_longer_words_and_sentences() -> None:
    plain = ["We sat by the sea and said how we felt."] * 15
    hard = [
        "Considerable heterogeneity notwithstanding, psychotherapeutic interventions demonstrate comparatively "
        "substantial improvements across extraordinarily different populations."
    ] * 15
    low, high = readability_of(plain, True), readability_of(hard, True)
    assert low.grade == 1
    assert high.grade == 14
    assert (low.words, low.sentences, low.words_per_sentence) == (150, 15, 10)


def test_grade__is_that_of_the_published_formula() -> None:
    """4.71 · letters a word + 0.5 · words a sentence − 21.43 (Senter & Smith, 1967), rounded up."""
    sentence = "Gentle people often listen before they answer."  # 7 words, 39 letters and a stop
    expected = 4.71 * 40 / 7 + 0.5 * 7 - 21.43
    assert expected < (readability_of([sentence] * 20, True).grade or 0) < expected + 1


def test_grade__is_left_out_of_short_texts_and_of_other_languages() -> None:
    assert readability_of(["We sat by the sea."], True).grade is None
    assert readability_of(["Wir saßen am Meer und sprachen."] * 40, False).grade is None
    advice = advise([paragraph("海辺に座っていた。")], "ja", NOTHING)
    assert advice.readability is None


def test_long_sentence__is_quoted_with_its_block() -> None:
    long = "One " + "one " * 25 + "end."
    advice = advise([paragraph(f"Short. {long}")], "en", NOTHING)
    finding = advice.groups[0].findings[0]
    assert (finding.quote, finding.block) == (long, "b1")
    assert "27 words" in finding.message
    assert not told(paragraph("One " + "one " * 23 + "end."))


def test_long_paragraph__is_named() -> None:
    assert list(told(paragraph("We sat there. " * 41))) == ["Long paragraphs"]


@pytest.mark.parametrize("words", ["click here", "Here", "Read more…", "hier klicken", "https://example.org/a", ""])
def test_link__whose_words_say_nothing__is_named(words: str) -> None:
    assert len(told(paragraph("Text.", links=[Link(words, "https://example.org/a")]))["Links"]) == 1


def test_link__with_words_to_a_public_page__is_left_alone() -> None:
    links = [Link("How to ask for help", page_id=1), Link("The report of 2022", "https://example.org/")]
    assert not told(paragraph("Text.", links=links), known=Known({1: "public"}, {}))


def test_link__that_leads_nowhere_or_without_encryption__is_named() -> None:
    links = [
        Link("A draft", page_id=1),
        Link("Team only", page_id=2),
        Link("Gone", page_id=3),
        Link("Old", "http://a.b/"),
    ]
    messages = told(paragraph("Text.", links=links), known=Known({1: "draft", 2: "private"}, {}))["Links"]
    assert [message.split(".")[0] for message in messages] == [
        "This page is not public",
        "Not everybody may see this page",
        "This page is not there any more",
        "This address begins with http",
    ]


def test_headings__out_of_order_empty_or_twice__are_named() -> None:
    passages = [
        Passage("subheading", "Early", "1"),
        paragraph("Text."),
        Passage("heading", "Empty", "2"),
        Passage("heading", "Full", "3"),
        Passage("subheading", "Below", "4"),
        paragraph("Text."),
        Passage("heading", "full", "5"),
    ]
    found = [(one.block, one.message.split(".")[0]) for one in advise(passages, "en", NOTHING).groups[0].findings]
    assert found == [
        ("1", "A subsection before any section"),
        ("2", "Nothing stands under this heading"),
        ("5", "Nothing stands under this heading"),
        ("5", "The same heading stands twice"),
    ]


@pytest.mark.parametrize("alt", ["", "IMG_2031.jpeg", "A photo of a chair"])
def test_picture__without_words_of_its_own__is_named(alt: str) -> None:
    assert len(told(Passage("picture", alt, "1"))["Pictures"]) == 1


def test_citation__of_a_draft_a_retracted_or_a_deleted_work__is_named() -> None:
    passages = [paragraph("Text.", cited=[1, 2, 3, 4])]
    known = Known({}, {1: "live", 2: "draft", 3: "retracted"})
    assert len(told(*passages, known=known)["Sources"]) == 3


# ---- On the editor's page ----------------------------------------------------------------------


def form_with(*blocks: tuple[str, Any], **fields: str) -> dict[str, Any]:
    return {**nested_form_data({"body": streamfield(list(blocks))}), **fields}


def advice_of(client: Client, address: str, form: dict[str, Any]) -> Advice:
    answer = client.post(address, form)
    assert answer.status_code == 200
    advice: Advice = answer.context["advice"]
    return advice


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(factories.publisher())
    return client


@pytest.mark.django_db
def test_advice__is_on_what_the_form_holds_and_not_on_what_is_saved(editor: Client) -> None:
    draft = factories.article(live=False)
    article = factories.article()
    work = factories.reference(live=False)
    text = rich_text(
        f'<p>See <a linktype="page" id="{draft.pk}">here</a> {citation_markup([CitedItem(work.pk)], "(A, 1988)")}.</p>',
        features=["link", "citation"],
    )
    form = form_with(("heading", {"text": "One", "level": "2"}), ("text", text), image="7", image_alt="")
    advice = advice_of(editor, reverse("advice_on_edit", args=[article.pk]), form)
    assert {group.title: len(group.findings) for group in advice.groups} == {"Sources": 1, "Pictures": 1, "Links": 2}


@pytest.mark.django_db
def test_advice__on_a_page_never_saved__speaks_the_language_above_it(editor: Client) -> None:
    address = reverse("advice_on_create", args=["articles", "article", factories.article_index().pk])
    advice = advice_of(editor, address, form_with())
    assert advice.is_english and not advice.readability.words


@pytest.mark.django_db
def test_editors_page__asks_for_advice_beside_the_checks(editor: Client) -> None:
    article = factories.article()
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert f'data-writing-advice-address-value="{reverse("advice_on_edit", args=[article.pk])}"' in page
    index = factories.article_index()
    assert (
        "writing-advice-address" not in editor.get(reverse("wagtailadmin_pages:edit", args=[index.pk])).content.decode()
    )


@pytest.mark.django_db
def test_advice__is_refused_to_who_may_not_edit_the_page(editor: Client) -> None:
    article = factories.article()
    reader = Client()
    assert reader.post(reverse("advice_on_edit", args=[article.pk]), form_with()).status_code == 302
    reader.force_login(User.objects.create_user("reader@example.org", factories.PASSWORD))
    assert reader.post(reverse("advice_on_edit", args=[article.pk]), form_with()).status_code in (302, 403)
    assert editor.post(reverse("advice_on_edit", args=[article.pk]), {"body-0-type": "text"}).status_code == 400
