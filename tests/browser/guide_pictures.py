"""The pictures of `docs/editors.md`, drawn from the running admin; `make pictures` renews those that are out of date."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FloatRect, Page

from tests.browser import guide_walks as walks
from tests.browser.chromium import chromium
from tests.browser.guide_stage import Stage, stage_server
from tests.browser.likeness import Drawing, change, only_seen, unpacked
from tests.kept import ROOT

PICTURES_FOLDER = ROOT / "docs" / "pictures"
# Not "no more requests": a panel that follows what is written asks again and again.
DRAWN = (
    "() => Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode().catch(() => 0))])"
)
# How wide letters are in the two fonts that screens are set in, to a tenth of a pixel.
LETTERS = """() => ['system-ui', 'serif'].map((family) => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `100px ${family}`;
  return `${family} ${pen.measureText('Rest here as long as you need').width.toFixed(1)}`;
}).join(', ')"""


@dataclass(frozen=True)
class Picture:
    """A picture of the guide: the way to its screen, and words of the guide that must be seen in it."""

    name: str
    walk: Callable[[Stage], walks.Parts]
    words: tuple[str, ...]
    margin: int = 10  # px around its parts

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return PICTURES_FOLDER / f"{self.name}.png"


PICTURES = [
    Picture("dashboard", walks.dashboard, ("Waiting for me", "Approve", "Send back…", "My drafts", "In moderation")),
    Picture("write", walks.write, ("Heading", "Text", "Key takeaways")),
    Picture("token", walks.token, ("Edit", "Remove")),
    Picture("citation", walks.citation, ("Words before", "Leave out the author", "In the text", "New reference"), 0),
    Picture("checks", walks.checks, ("Writing", "Long sentences", "Show")),
    Picture("import", walks.import_preview, ("Already here", "Unreadable", "Import")),
    Picture("evidence", walks.evidence, ("Evidence", "Type of study", "Strength", "Rated by")),
    Picture("to-do", walks.to_do, ("Sources with a notice", "Mark as looked at", "Reviews overdue")),
    Picture("where-and-when", walks.where_and_when, ("Where and when", "To look after", "Places")),
    Picture("calendar", walks.calendar, ("Running", "Begins later", "Draft")),
    Picture("counts", walks.counts, ("Shown", "Followed")),
    Picture("preview", walks.preview, ("Preview mode",), 0),
    Picture("submit", walks.submit, ("Save draft", "Submit to Review and publish")),
    Picture("approve", walks.approve, ("Approve", "Request changes")),
]


def draw(picture: Picture, stage: Stage) -> Drawing:
    """Go to a picture's screen and draw it. A word of the guide that cannot be seen there is an error."""
    parts = picture.walk(stage)
    page = parts[0].page
    page.mouse.move(0, 0)
    page.evaluate(DRAWN)
    clip = frame_around(page, parts, picture.margin)
    unseen = [word for word in picture.words if not is_seen(parts, word, clip)]
    assert not unseen, f"the guide speaks of {unseen}, and the screen of {picture.name!r} does not show it"
    says = "\n".join(only_seen(each.aria_snapshot()) for part in parts for each in part.all())
    png = page.screenshot(clip=clip, animations="disabled", caret="hide", scale="css")
    return Drawing(png, says, page.evaluate(LETTERS))


def frame_around(page: Page, parts: walks.Parts, margin: int) -> FloatRect:
    """Give the part of the window that holds the parts with a margin around them."""
    boxes = [box for part in parts for each in part.all() if (box := each.bounding_box())]
    assert boxes, "nothing of the picture is on the screen"
    window = page.viewport_size
    assert window
    left = max(0, min(box["x"] for box in boxes) - margin)
    top = max(0, min(box["y"] for box in boxes) - margin)
    right = min(window["width"], max(box["x"] + box["width"] for box in boxes) + margin)
    bottom = min(window["height"], max(box["y"] + box["height"] for box in boxes) + margin)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def is_seen(parts: walks.Parts, word: str, clip: FloatRect) -> bool:
    """Say whether a word stands inside the frame."""
    found = [each for part in parts for each in part.get_by_text(word).filter(visible=True).all()]
    boxes = [box for each in found if (box := each.bounding_box())]
    return any(clip["y"] <= box["y"] and box["y"] + box["height"] <= clip["y"] + clip["height"] for box in boxes)


def out_of_date(picture: Picture, now: Drawing) -> str:
    """Say why a kept picture is not like its screen any more; nothing where it is."""
    if not picture.path.exists():
        return "there is no picture yet"
    return change(unpacked(picture.path.read_bytes()), now)


def main(only: list[str]) -> int:
    """Draw all pictures, or those named, and keep each that is not like the one that is there."""
    PICTURES_FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="respite-pictures-") as folder,
        chromium() as browser,
        stage_server(Path(folder) / "installation") as server,
    ):
        stage = Stage(server, browser)
        for picture in PICTURES:
            if not only or picture.name in only:
                renew(picture, draw(picture, stage), always=bool(only))
    return 0


def renew(picture: Picture, now: Drawing, always: bool) -> None:
    """Keep a picture anew where it is out of date: one that is not stays the same, byte for byte."""
    why = out_of_date(picture, now)
    if why or always:
        picture.path.write_bytes(now.packed())
    print(f"{picture.name}: {why or 'as it was'}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
