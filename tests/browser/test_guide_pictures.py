"""The pictures of the guide for editors: each is like its screen, and the guide speaks of what it shows."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.guide_pictures import PICTURES, PICTURES_FOLDER, Picture, draw, out_of_date
from tests.browser.guide_stage import Stage, stage_server
from tests.browser.guide_walks import Parts
from tests.browser.likeness import Drawing, change, unpacked
from tests.kept import ROOT
from tests.server import Server

RENEW = (
    "Look at the screen; if it is as it should be, `make pictures` renews the picture. Then read what the guide says."
)
GUIDE = (ROOT / "docs" / "editors.md").read_text("utf-8")
SHOWN = dict(re.findall(r"!\[([^\]]*)\]\(pictures/([a-z0-9-]+)\.png\)", GUIDE))
MOST_BYTES, MOST_BYTES_IN_ALL = 60_000, 600_000
DASHBOARD = PICTURES[0]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the installation of the pictures to this module's tests; none of them may change what a picture shows."""
    with stage_server(tmp_path_factory.mktemp("guide") / "installation") as server:
        yield server


@pytest.fixture(scope="module")
def stage(served: Server, browser: Browser) -> Iterator[Stage]:
    """Give the desks of the people of the pictures."""
    desks = Stage(served, browser)
    yield desks
    desks.close()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_picture_of_the_guide__is_like_the_screen_of_today(picture: Picture, stage: Stage) -> None:
    now = draw(picture, stage)
    why = out_of_date(picture, now)
    assert not why, f"{picture.path.relative_to(ROOT)}: {why}.\n{RENEW}"


def test_screen_that_changed__is_found_by_what_it_says_and_by_how_it_looks(stage: Stage) -> None:
    def without_a_panel(stage: Stage) -> Parts:
        parts = DASHBOARD.walk(stage)
        parts[1].evaluate("panel => { panel.style.display = 'none'; }")
        return [parts[0], *parts[2:]]

    def in_other_colours(stage: Stage) -> Parts:
        parts = DASHBOARD.walk(stage)
        parts[0].page.emulate_media(color_scheme="dark")
        return parts

    changed = Picture(DASHBOARD.name, without_a_panel, ("Waiting for me",))
    assert "says something else" in out_of_date(changed, draw(changed, stage))
    recoloured = Picture(DASHBOARD.name, in_other_colours, DASHBOARD.words)
    assert "looks otherwise" in out_of_date(recoloured, draw(recoloured, stage))
    with pytest.raises(AssertionError, match="My drafts"):
        draw(Picture(DASHBOARD.name, without_a_panel, DASHBOARD.words), stage)
    stage.close()


def test_guide__shows_every_picture_that_is_drawn_and_no_other() -> None:
    drawn = [picture.name for picture in PICTURES]
    assert sorted(SHOWN.values()) == sorted(drawn) == sorted(path.stem for path in PICTURES_FOLDER.iterdir())


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_guide__uses_the_words_that_are_looked_for_in_a_picture(picture: Picture) -> None:
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", GUIDE)
    assert [word for word in picture.words if word.casefold() not in text.casefold()] == []


def test_pictures_of_the_guide__say_in_words_what_they_show() -> None:
    assert [name for alternative, name in SHOWN.items() if len(alternative) < 40] == []


def test_pictures_of_the_guide__are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES_FOLDER.iterdir()}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) <= MOST_BYTES_IN_ALL


def test_kept_picture__holds_what_its_screen_said_and_looks_like_what_was_drawn() -> None:
    drawn = Drawing(DASHBOARD.path.read_bytes(), "- heading “Łoś”\n- text: 4–9", "serif 12.5")
    kept = unpacked(drawn.packed())
    assert (kept.says, kept.letters) == (drawn.says, drawn.letters)
    assert change(kept, drawn) == ""


@pytest.mark.parametrize(("grey", "letters", "found"), [(5, "same", True), (5, "other", False), (60, "other", True)])
def test_change_of_looks__is_found_closely_with_the_same_fonts_and_roughly_with_others(
    grey: int, letters: str, found: bool
) -> None:
    drawn = [Drawing(plain(255), "", "same"), Drawing(plain(255 - grey), "", letters)]
    assert bool(change(*drawn)) is found


def plain(grey: int) -> bytes:
    """Give a picture of one grey."""
    png = io.BytesIO()
    Image.new("RGB", (48, 48), (grey, grey, grey)).save(png, "PNG")
    return png.getvalue()
