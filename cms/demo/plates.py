"""Draws the plates: arcs and one dot, after the fermata, in the four tones of the house.

A plate is listed as shapes on a ground of 120 × 80, kept inside 20–100 across so that a square crop
works. The same list gives the same bytes on every run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1200, 800)
OVERSAMPLING = 3
UNIT = SIZE[0] / 120 * OVERSAMPLING

LAMP = "#e6ac45"
TONES = {
    "plum": ("#632b50", "#eee2eb"),
    "honey": ("#744b0a", "#faeac7"),
    "moss": ("#335735", "#e1eddb"),
    "clay": ("#953920", "#fbe3d5"),
}

Pen = Callable[[ImageDraw.ImageDraw], None]


@dataclass(frozen=True)
class Shape:
    """One stroke or surface: how it is drawn, how opaque it is, and whether in the lamp's colour."""

    draw: Pen
    opacity: float = 1.0
    lamp: bool = False


def box(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return ((x - radius) * UNIT, (y - radius) * UNIT, (x + radius) * UNIT, (y + radius) * UNIT)


def dot(x: float, y: float, radius: float, lamp: bool = True) -> Shape:
    """The one dot, or in the tone's own colour somebody else."""
    return Shape(lambda pen: pen.ellipse(box(x, y, radius), fill=255), 1, lamp)


def dome(x: float, y: float, radius: float, opacity: float = 1, lamp: bool = False) -> Shape:
    """Half a disc standing on its flat side."""
    return Shape(lambda pen: pen.pieslice(box(x, y, radius), 180, 360, fill=255), opacity, lamp)


def bowl(x: float, y: float, radius: float, opacity: float = 1) -> Shape:
    """Half a disc hanging from its flat side."""
    return Shape(lambda pen: pen.pieslice(box(x, y, radius), 0, 180, fill=255), opacity)


def arc(
    x: float, y: float, radius: float, opacity: float = 1, width: float = 2, start: float = 180, end: float = 360
) -> Shape:
    """A line bent round a centre, from one angle to another, clockwise from the right."""
    return Shape(
        lambda pen: pen.arc(box(x, y, radius + width / 2), start, end, fill=255, width=round(width * UNIT)), opacity
    )


def line(x: float, y: float, to_x: float, to_y: float, width: float = 1.5, opacity: float = 1) -> Shape:
    """A straight line; the horizon runs beyond both edges."""
    points = [(x * UNIT, y * UNIT), (to_x * UNIT, to_y * UNIT)]
    return Shape(lambda pen: pen.line(points, fill=255, width=round(width * UNIT)), opacity)


def door(x: float, y: float, radius: float, height: float, opacity: float = 1) -> Shape:
    """An arch: a dome on its two posts."""

    def draw(pen: ImageDraw.ImageDraw) -> None:
        pen.pieslice(box(x, y - height, radius), 180, 360, fill=255)
        pen.rectangle(((x - radius) * UNIT, (y - height) * UNIT - 1, (x + radius) * UNIT, y * UNIT), fill=255)

    return Shape(draw, opacity)


PLATES: dict[str, list[Shape]] = {
    "attach": [
        dome(41, 67, 33, 0.26),
        dome(79, 67, 33, 0.26),
        line(-1, 67, 121, 67),
        dot(32, 54, 4.5, False),
        dot(88, 54, 4.5),
    ],
    "kind": [bowl(60, 38, 31), dome(60, 38, 19, 0.25), dot(60, 28.5, 6.5)],
    "sleep": [
        dome(60, 46, 27, 1, True),
        line(-1, 46, 121, 46, 1.75),
        line(36, 54, 84, 54, 1.75),
        line(43, 61, 77, 61, 1.75),
        line(50, 68, 70, 68, 1.75),
    ],
    "alarm": [
        *(arc(60, 66, radius, opacity, 2.25) for radius, opacity in [(12, 1), (21.5, 0.75), (31, 0.5), (40.5, 0.3)]),
        dot(60, 63, 4.5),
    ],
    "grief": [door(47, 66, 19, 22, 0.8), line(-1, 66, 121, 66), dot(86, 61, 5)],
    "threshold": [
        door(44, 68, 20, 26, 0.28),
        door(44, 68, 12, 24, 0.75),
        line(-1, 68, 121, 68),
        arc(80, 68, 14, 0.5),
        dot(80, 62.5, 5),
    ],
    "alone": [
        dome(34, 66, 12, 0.3),
        dome(48, 66, 12, 0.3),
        line(-1, 66, 121, 66),
        arc(86, 66, 13, 0.8),
        dot(86, 61, 4.5),
    ],
    "low": [line(-1, 32, 121, 32), bowl(60, 32, 30, 0.22), bowl(60, 32, 20, 0.35), dot(60, 45, 6)],
    "worry": [
        arc(30, 46, 9, 0.35),
        arc(48, 46, 9, 0.5, start=0, end=180),
        arc(66, 46, 9, 0.65),
        arc(84, 46, 9, 0.8, start=0, end=180),
        dot(95, 46, 4.5),
    ],
    "ask": [dome(42, 66, 18), dome(78, 66, 18, 0.3), dome(60, 48, 18, 0.3), dot(60, 20, 5)],
    "first": [arc(44, 62, 20, 1, 2.5), arc(76, 62, 20, 0.5, 2.5), line(-1, 62, 121, 62), dot(60, 57, 4.5)],
    "edge": [
        arc(60, 62, 34, 0.3, 2, 180, 262),
        arc(60, 62, 34, 0.3, 2, 278, 360),
        dome(60, 62, 20, 0.85),
        line(-1, 62, 121, 62),
        dot(60, 22, 4.5),
    ],
    "rest": [
        dome(60, 70, 36, 0.14),
        dome(60, 70, 27, 0.25),
        dome(60, 70, 18, 0.5),
        line(-1, 70, 121, 70),
        dot(60, 20, 5.5),
    ],
    "breath": [
        arc(60, 40, 19, 1, 2, 0, 360),
        arc(60, 40, 27, 0.45, 2, 0, 360),
        arc(60, 40, 35, 0.2, 2, 0, 360),
        dot(60, 40, 10),
    ],
    "two": [line(20, 66, 100, 66), dome(40, 66, 16, 0.8), dome(80, 66, 16, 0.35), arc(60, 66, 37, 0.4), dot(60, 20, 4)],
}


@cache
def draw_plate(name: str, tone: str) -> bytes:
    """Draw a plate as PNG, 1200 × 800. Raises ``KeyError`` for a plate or tone there is not."""
    ink, wash = TONES[tone]
    large = (SIZE[0] * OVERSAMPLING, SIZE[1] * OVERSAMPLING)
    ground = Image.new("RGB", large, wash)
    for shape in PLATES[name]:
        mask = Image.new("L", large, 0)
        shape.draw(ImageDraw.Draw(mask))
        ground.paste(
            LAMP if shape.lamp else ink, mask=mask.point([round(value * shape.opacity) for value in range(256)])
        )
    plate = ground.resize(SIZE, Image.Resampling.BOX).quantize(64, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = BytesIO()
    plate.save(file, "PNG", optimize=True)
    return file.getvalue()
