"""A picture of a screen, and whether it is still like the screen.

Two things are compared, because neither alone is enough. What the screen *says* (the roles, names and texts that a
screen reader meets) is kept inside the PNG and compared word for word: the same on every machine, whatever its fonts.
How it *looks* is compared in coarse cells: closely where letters are as wide as they were when the picture was drawn, and
where they are not, only for what no fonts can do.
"""

import io
import re
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageStat
from PIL.PngImagePlugin import PngInfo

COLOURS = 96
COARSE = (24, 24)  # cells
SAYS, LETTERS = "Says", "Letters"
# Measured in the mean difference of cells: the same fonts make less than 0.1 of 255, others up to 13; a style sheet of our
# own that is missing makes 5 to 40, another theme more than 100.
SAME_FONTS, OTHER_FONTS = 1.0, 25.0
UNSEEN = re.compile(r"^\s*- (?:/url:|option (?!.*\[selected\])).*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Drawing:
    """A screen as it is now: its picture as a PNG, what it says, and how wide letters are where it was drawn."""

    png: bytes
    says: str
    letters: str

    def packed(self) -> bytes:
        """Give the PNG to keep: few colours, as small as it gets, with what the screen says inside."""
        few = Image.open(io.BytesIO(self.png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        note = PngInfo()
        note.add_itxt(SAYS, self.says, zip=True)
        note.add_itxt(LETTERS, self.letters)
        packed = io.BytesIO()
        few.save(packed, "PNG", optimize=True, pnginfo=note)
        return packed.getvalue()


def unpacked(png: bytes) -> Drawing:
    """Give a kept picture, with what was true of the screen when it was drawn."""
    picture = Image.open(io.BytesIO(png))
    picture.load()
    notes: dict[str, str] = getattr(picture, "text", {})
    return Drawing(png, str(notes.get(SAYS, "")), str(notes.get(LETTERS, "")))


def change(kept: Drawing, now: Drawing) -> str:
    """Say how a screen is unlike its kept picture; nothing where it is like it."""
    if kept.says != now.says:
        return "the screen says something else"
    apart = difference(kept.png, now.png)
    alike = SAME_FONTS if kept.letters == now.letters else OTHER_FONTS
    return f"the screen looks otherwise, by {apart:.1f} of 255 ({alike:g} may be)" if apart > alike else ""


def only_seen(says: str) -> str:
    """Give what a screen says without what no picture shows: where links lead, and what else a list would offer."""
    return UNSEEN.sub("", says).strip()


def difference(one: bytes, other: bytes) -> float:
    """Say how unlike two pictures look: the mean difference of their coarse cells, from 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(coarse(one), coarse(other))).mean) / 3


def coarse(png: bytes) -> Image.Image:
    """Give a picture as a few cells of colour."""
    return Image.open(io.BytesIO(png)).convert("RGB").resize(COARSE, Image.Resampling.BOX)
