"""The tone of the demonstration's own writing, and the format it is written in."""

import json
import re
from pathlib import Path

import pytest

from cms.demo.plates import PLATES, TONES, draw_plate
from cms.demo.reader import CONTENT, Document, parse, read_folder
from tests.cms.demo.reading import readable

ARTICLES = read_folder("articles")
DOCUMENTS = [*ARTICLES, *read_folder("pages")]
FILES = sorted([*CONTENT.rglob("*.md"), *CONTENT.glob("*.json")])
# Shouting, promising, blaming, and telling readers how they feel.
FORBIDDEN = re.compile(
    r"!|\b(you feel|you are feeling|you must be feeling|we know how you|proven to|guaranteed|cure[sd]?|miracle|"
    r"just (?:relax|think positive|let go)|toxic|narcissist\w*|crazy|insane|committed suicide|"
    r"studies show|science says|research proves|don't miss|snap out)\b",
    re.IGNORECASE,
)
AMERICAN = re.compile(r"\b(color|behavior|center|favor|recognize\w*|organize\w*|realiz\w+|gray)\b", re.IGNORECASE)


def words_of(document: Document) -> int:
    return len(readable([block["value"] for block in document.blocks]).split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_writing__keeps_a_calm_tone(file: Path) -> None:
    found = FORBIDDEN.search(file.read_text("utf-8"))

    assert found is None, found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_writing__is_in_british_english(document: Document) -> None:
    assert AMERICAN.search(json.dumps(document.blocks)) is None


@pytest.mark.parametrize("document", ARTICLES, ids=lambda document: document.name)
def test_articles__are_between_600_and_1300_words_long(document: Document) -> None:
    assert 600 <= words_of(document) <= 1300


@pytest.mark.parametrize("file", sorted(CONTENT.rglob("*.*")), ids=lambda file: file.name)
def test_content_files__fit_in_the_head(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 400


def test_reading__gives_the_same_ids_each_time() -> None:
    assert read_folder("articles") == ARTICLES
    identities = [block["id"] for document in DOCUMENTS for block in document.blocks]
    assert len(set(identities)) == len(identities)


def test_parse__reads_every_block() -> None:
    text = (
        "title: A\n  and B\n---\n## One\nFirst *soft* [there](grief) & on.\n\n- a\n- b\n  c\n\n> Words\n> — Somebody\n"
        "\n:::exercise Try\nSlowly.\n- one\n- two\n:::\n\n:::picture attach plum | Arches | Said\n:::\n"
    )
    document = parse("a", text)

    assert document.one("title") == "A and B"
    assert [block["type"] for block in document.blocks] == ["heading", "text", "quote", "exercise", "image"]
    assert document.blocks[1]["value"] == (
        '<p>First <i>soft</i> <a href="demo:grief">there</a> &amp; on.</p><ul><li>a</li><li>b c</li></ul>'
    )
    assert document.blocks[2]["value"] == {"text": "Words", "attribution": "Somebody"}
    assert [item["value"] for item in document.blocks[3]["value"]["steps"]] == ["one", "two"]
    assert document.blocks[4]["value"] == {"image": "attach plum", "alt": "Arches", "caption": "Said"}


@pytest.mark.parametrize("text", ["title: A\n", "title: A\n---\n:::list A\n- one\n", "title: A\n---\n:::song\n:::\n"])
def test_parse__names_the_file_it_cannot_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"^broken: "):
        parse("broken", text)


@pytest.mark.parametrize("plate", PLATES)
def test_plates__are_the_same_bytes_on_every_run_and_small(plate: str) -> None:
    drawn = draw_plate(plate, "moss")

    assert drawn == draw_plate.__wrapped__(plate, "moss")
    assert len(drawn) < 30_000


def test_plates__differ_by_their_tone() -> None:
    assert len({draw_plate("kind", tone) for tone in TONES}) == 4
