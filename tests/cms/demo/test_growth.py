"""A grown library: the same on every machine, and as hard to compress as prose."""

import gzip
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.articles.models import Article
from cms.demo.growth import REFERENCES_EACH, write
from cms.demo.prose import Writer, plural, polish
from cms.demo.reader import read_folder
from cms.demo.services import load_more
from cms.references.models import Reference
from tests.cms.demo.reading import readable


def text_of(number: int, words: int = 1200) -> str:
    """Give the readable words of a grown article, without markup or ids."""
    return readable([block["value"] for block in write(number, words).blocks])


def ratio(text: str) -> float:
    raw = text.encode()
    return len(gzip.compress(raw)) / len(raw)


@pytest.mark.parametrize("number", range(1, 21))
def test_grown_prose__compresses_no_better_than_real_prose(number: int) -> None:
    assert ratio(text_of(number)) >= 0.40


def test_grown_prose__compresses_no_better_in_bulk_than_our_own_articles() -> None:
    own = "\n".join(readable([block["value"] for block in document.blocks]) for document in read_folder("articles"))
    grown = "\n".join(text_of(number, 900) for number in range(1, 13))

    assert ratio(grown) >= ratio(own)


def test_grown_prose__is_the_same_on_every_run() -> None:
    assert json.dumps(write(7, 1200).blocks) == json.dumps(write(7, 1200).blocks)
    assert write(7, 1200) != write(8, 1200)


def test_grown_prose__has_not_changed_since_it_was_first_measured() -> None:
    assert Writer("a first look").paragraph(2) == (
        "Is ink more beige than skill? Between water and modesty Dr Reejack chose Mrs Quapid’s stamp."
    )


@pytest.mark.parametrize("words", [200, 1200, 3000])
def test_grown_prose__is_as_long_as_was_asked(words: int) -> None:
    assert words <= len(text_of(3, words).split()) <= words + 400


def test_grown_prose__fills_every_slot_and_keeps_the_calm() -> None:
    for number in range(1, 31):
        text = text_of(number)
        assert not re.search(r"[{}!]", text)
        assert not re.search(r"\b[Aa] [aeio]", text)


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("scarf", "scarves"), ("cherry", "cherries"), ("tray", "trays"), ("brush", "brushes"), ("fisherman", "fishermen")],
)
def test_plural__forms_regular_plurals(noun: str, expected: str) -> None:
    assert plural(noun) == expected


def test_polish__sets_a_capital_and_an() -> None:
    assert polish("“a apple and a unicorn” on a hour") == "“An apple and a unicorn” on a hour"


def test_load_more__makes_articles_with_references_each(demo: Path) -> None:
    made = load_more(4, 200)

    grown = Article.objects.filter(content_note__startswith="This text was put together by a program")
    assert made == grown.count() == 4
    for article in grown:
        assert article.live
        assert article.references.count() == REFERENCES_EACH
        assert article.authorships.get().person != article.reviewer
        article.full_clean()


def test_load_more_twice__changes_nothing(demo: Path) -> None:
    load_more(4, 200)
    before = list(Article.objects.order_by("pk").values())

    assert load_more(4, 200) == 0
    assert list(Article.objects.order_by("pk").values()) == before


def test_load_more__adds_only_what_is_missing(demo: Path) -> None:
    load_more(2, 200)

    assert load_more(3, 200) == 1


def test_load_more__reports_its_progress(demo: Path) -> None:
    steps: list[int] = []
    load_more(30, 100, steps.append)

    assert steps == [0, 25, 5]


def test_demo_load__grows_the_library_on_request(demo: Path) -> None:
    out = StringIO()
    call_command("demo", "load", "--articles", "2", "--words", "150", stdout=out)

    assert "things made" in out.getvalue()
    assert Article.objects.count() == len(read_folder("articles")) + len(read_folder("de/articles")) + 2
    assert Reference.objects.filter(uses__isnull=False).exists()


def test_demo_load__refuses_a_negative_number() -> None:
    with pytest.raises(CommandError, match="not be negative"):
        call_command("demo", "load", "--articles", "-1")
