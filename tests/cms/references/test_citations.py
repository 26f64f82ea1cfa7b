"""Citations as they are stored: read whatever they say, written so that everybody can read them."""

import html

import pytest
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html

from cms.references.citations import CitedItem, citation_markup, citations_in, dump_items, parse_items
from cms.references.models import Reference
from tests import factories

FULL = CitedItem(id=12, label="page", locator="4–6", prefix="see", suffix="and after", suppress_author=True)

DAMAGED = {
    "nothing": (None, []),
    "an empty text": ("", []),
    "no JSON": ("[{id: 1", []),
    "another shape": ('"12"', []),
    "null": ("null", []),
    "one object without a list": ('{"id": 3}', [3]),
    "bare numbers": ("[3, 4]", [3, 4]),
    "an id in quotes": ('[{"id": "3"}]', [3]),
    "ids that none can be": (
        '[{"id": 0}, {"id": -1}, {"id": true}, {"id": 1.5}, {"id": 99999999999}, {"id": "x"}]',
        [],
    ),
    "a good one among bad ones": ('[null, [], {"id": null}, {"id": 7}, {"label": "page"}]', [7]),
    "the same twice": ('[{"id": 7}, {"id": 7}]', [7]),
    "too deep": ("[" * 100_000, []),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_items__give_what_can_be_read(name: str) -> None:
    stored, ids = DAMAGED[name]
    assert [item.id for item in parse_items(stored)] == ids


def test_items__come_back_as_they_were_written() -> None:
    quoted = CitedItem(id=3, prefix="“see” <b>'that'</b> & \"this\" >")
    assert parse_items(dump_items([FULL, quoted])) == (FULL, quoted)


def test_fields_of_the_wrong_kind__count_as_empty() -> None:
    stored = '[{"id": 1, "label": "page", "locator": 4, "prefix": ["x"], "suffix": {}, "suppress_author": "yes"}]'
    assert parse_items(stored) == (CitedItem(id=1, label="page", locator="4"),)


def test_label__needs_a_place_and_is_one_that_is_known() -> None:
    unknown, alone = parse_items('[{"id": 1, "label": "slide", "locator": "7"}, {"id": 2, "label": "chapter"}]')
    assert (unknown.label, alone.label) == ("page", "")


def test_long_words__are_cut() -> None:
    [item] = parse_items('[{"id": 1, "prefix": "' + "x" * 5000 + '"}]')
    assert len(item.prefix) == 200


def test_markup__keeps_its_words_and_items() -> None:
    markup = f"<p>Before {citation_markup([FULL], 'see <Bowlby> & co.')} after.</p>"
    [citation] = citations_in(markup)
    assert citation.items == (FULL,)
    assert citation.words == "see <Bowlby> & co."


def test_citations__are_found_in_order_whatever_the_order_of_attributes() -> None:
    items = html.escape('[{"id": 5}, {"id": 2}]')
    markup = (
        f'<p><a items="{items}" linktype="citation"><b>bold</b> words</a> <a linktype="page" id="9">page</a>'
        f"{citation_markup([CitedItem(2)], 'two')}{citation_markup([CitedItem(8)], 'eight')}</p>"
    )
    found = [(citation.words, [item.id for item in citation.items]) for citation in citations_in(markup)]
    assert found == [("bold words", [5, 2]), ("two", [2]), ("eight", [8])]


@pytest.mark.django_db
def test_reference_index__counts_every_item() -> None:
    first, second, only_in_draft = (factories.reference() for _ in range(3))
    markup = citation_markup([CitedItem(first.pk), CitedItem(second.pk, prefix="a > b")], "(both)")
    article = factories.article(references=[], body=[("text", f"<p>{markup}</p>")])
    ReferenceIndex.create_or_update_for_object(article)
    counted = {work.pk: ReferenceIndex.get_references_to(work).count() for work in Reference.objects.all()}
    assert counted == {first.pk: 1, second.pk: 1, only_in_draft.pk: 0}


@pytest.mark.django_db
def test_rich_text_elsewhere__keeps_the_words() -> None:
    markup = f"<p>It is so {citation_markup([CitedItem(1)], '(Bowlby, 1988)')}.</p>"
    assert expand_db_html(markup) == "<p>It is so <a>(Bowlby, 1988)</a>.</p>"
