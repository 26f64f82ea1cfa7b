"""Pictures in the sizes that phones ask for, made before anything shows them."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.images.models import Filter, SourceImageIOError

from cms.pictures.models import Picture, Rendition

logger = logging.getLogger(__name__)

WIDTHS = (400, 800, 1200)
USUAL_WIDTH = 800


@dataclass(frozen=True)
class Sized:
    """A picture's renditions, narrowest first."""

    renditions: tuple[Rendition, ...]

    def told(self, alt: str) -> dict[str, Any]:
        """Give the picture as the JSON tells it, with the words of the place it stands in."""
        usual = next((one for one in self.renditions if one.width >= USUAL_WIDTH), self.renditions[-1])
        return {
            "src": usual.url,
            "width": usual.width,
            "height": usual.height,
            "alt": alt,
            "sources": [{"src": one.url, "width": one.width} for one in self.renditions],
        }


def specs_for(width: int) -> list[str]:
    """Name the renditions of a picture of some width: each of ours that is narrower, and the first that is not.

    A rendition is never wider than its original, so that last one has the original's own width.
    """
    narrower = [one for one in WIDTHS if one < width]
    widths = narrower + [one for one in WIDTHS if one >= width][:1]
    return [f"width-{one}|format-webp" for one in widths]


def sized(keys: Iterable[int]) -> dict[int, Sized]:
    """Give pictures by key in their sizes; what is missing is made. A picture whose file is lost is left out."""
    every = [f"width-{one}|format-webp" for one in WIDTHS]
    found = {}
    for picture in Picture.objects.filter(pk__in=list(keys)).prefetch_renditions(*every):
        renditions = make_renditions(picture, {one.filter_spec: one for one in picture.prefetched_renditions})
        if renditions:
            found[picture.pk] = Sized(renditions)
    return found


def make_renditions(picture: Picture, existing: dict[str, Rendition] | None = None) -> tuple[Rendition, ...]:
    """Make the renditions a picture lacks and give them all, narrowest first; none where its file cannot be read."""
    existing = {one.filter_spec: one for one in picture.renditions.all()} if existing is None else existing
    specs = specs_for(picture.width)
    try:
        picture.get_file_hash()  # stands in the path of every rendition
        made = [existing.get(spec) or picture.create_rendition(Filter(spec=spec)) for spec in specs]
    except (SourceImageIOError, OSError):
        logger.warning("picture %s cannot be read; what shows it stands without it", picture.pk)
        return ()
    return tuple(sorted(made, key=lambda one: one.width))


def drop_outdated_renditions(picture: Picture) -> None:
    """Bring the picture's hash up to date with its file, and drop the renditions of a file it had before."""
    before = picture.file_hash
    try:
        picture._set_file_hash()
    except (SourceImageIOError, OSError):
        return
    if picture.file_hash != before:
        Picture.objects.filter(pk=picture.pk).update(file_hash=picture.file_hash)
    folder = f"images/{picture.file_hash[:16]}/"
    for rendition in picture.renditions.all():
        if not rendition.file.name.startswith(folder) and rendition.filter_spec.endswith("|format-webp"):
            rendition.delete()
