"""Draws the app's icons: the fermata, an arc over a dot, on the cloth of the cover.

``python -m pwa.icons`` writes them to ``pwa/static/respite/``; they are committed as they come out.
"""

from pathlib import Path

from PIL import Image, ImageDraw

OUT = Path(__file__).parent / "static" / "respite"
CLOTH, PAPER, LAMP = "#4f213f", "#fffafd", "#e6ac45"
FINER = 4  # drawn so many times larger, then brought down: the edges come out smooth

Point = tuple[float, float]
# The mark on its own ground of 48 x 32: the arc as four Bézier curves, and the dot.
OUTER = [((4, 27), (4, 13.5), (12.8, 5), (24, 5)), ((24, 5), (35.2, 5), (44, 13.5), (44, 27))]
INNER = [((42.3, 27), (41.3, 17), (33.7, 11), (24, 11)), ((24, 11), (14.3, 11), (6.7, 17), (5.7, 27))]
DOT = ((24.0, 23.0), 4.25)
MIDDLE = (24.0, 16.1)
# The signs of places as the document's sprite has them: their lines and their rings, each on a ground of 24 x 24.
LINES: dict[str, list[tuple[float, ...]]] = {
    "help": [(6, 6, 9.5, 9.5), (18, 6, 14.5, 9.5), (6, 18, 9.5, 14.5), (18, 18, 14.5, 14.5)],
    "search": [(15.5, 15.5, 20.25, 20.25)],
    "saved": [(6, 4, 18, 4, 18, 20, 12, 15.75, 6, 20, 6, 4, 7, 4)],
    "on-this-phone": [(9.5, 12, 11.4, 13.9, 14.7, 10.3)],
}
ROUNDS: dict[str, list[tuple[float, float, float]]] = {
    "help": [(12, 12, 8.5), (12, 12, 3.5)],
    "search": [(10.75, 10.75, 6.25)],
    "saved": [],
    "on-this-phone": [],
}
PLACES = tuple(LINES)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="{cloth}"/>'
    '<g transform="translate(5 13.5) scale(1.125)"><path d="M4 27C4 13.5 12.8 5 24 5s20 8.5 20 22h-1.7C41.3 17 33.7 11 '
    '24 11S6.7 17 5.7 27z" fill="{paper}"/><circle cx="24" cy="23" r="4.25" fill="{lamp}"/></g></svg>\n'
)


def draw(size: int, share: float, corner: float) -> Image.Image:
    """Draw an icon of so many pixels, whose mark takes a share of its width, with corners of a share of it."""
    large = size * FINER
    image = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, large - 1, large - 1), radius=corner * large, fill=CLOTH)
    scale = share * large / 40

    def place(point: Point) -> Point:
        return large / 2 + (point[0] - MIDDLE[0]) * scale, large / 2 + (point[1] - MIDDLE[1]) * scale

    pen.polygon([place(point) for curve in OUTER + INNER for point in along(*curve)], fill=PAPER)
    (x, y), radius = place(DOT[0]), DOT[1] * scale
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=LAMP)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def along(start: Point, first: Point, second: Point, end: Point, steps: int = 64) -> list[Point]:
    """Give points along a Bézier curve."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
        corners = (start, first, second, end)
        x = sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True))
        y = sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True))
        points.append((x, y))
    return points


def draw_place(place: str, size: int = 96) -> Image.Image:
    """Draw the sign of a place of the app, as the navigation has it, on a round of the cloth."""
    large = size * FINER
    image = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((0, 0, large - 1, large - 1), fill=CLOTH)
    unit = large * 0.56 / 24  # the signs are drawn on a ground of 24 x 24
    margin = large * 0.22
    width = round(1.9 * unit)

    def spots(*numbers: float) -> list[Point]:
        return [(margin + x * unit, margin + y * unit) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]

    for line in LINES[place]:
        pen.line(spots(*line), fill=PAPER, width=width, joint="curve")
    for x, y, radius in ROUNDS[place]:
        # The ring's middle lies on its radius, as a line's does.
        ring = [*spots(x - radius, y - radius), *spots(x + radius, y + radius)]
        pen.ellipse(
            [(ring[0][0] - width / 2, ring[0][1] - width / 2), (ring[1][0] + width / 2, ring[1][1] + width / 2)],
            outline=PAPER,
            width=width,
        )
    if place == "on-this-phone":
        box = spots(6.5, 3, 17.5, 21)
        pen.rounded_rectangle([box[0], box[1]], radius=2 * unit, outline=PAPER, width=width)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write all icons."""
    OUT.mkdir(parents=True, exist_ok=True)
    for size in (192, 512):
        draw(size, share=0.66, corner=0.22).save(OUT / f"icon-{size}.png", optimize=True)
        # A phone may cut a circle of 80 % out of it: the mark stays well inside.
        draw(size, share=0.5, corner=0).convert("RGB").save(OUT / f"maskable-{size}.png", optimize=True)
    draw(180, share=0.6, corner=0).convert("RGB").save(OUT / "apple-touch-icon.png", optimize=True)
    for place in PLACES:
        draw_place(place).quantize(32).save(OUT / f"shortcut-{place}.png", optimize=True)
    (OUT / "favicon.svg").write_text(SVG.format(cloth=CLOTH, paper=PAPER, lamp=LAMP))


if __name__ == "__main__":
    main()
