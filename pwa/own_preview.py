"""A profile before readers see it: drawn as theirs is, with a photo that only those who may look can load."""

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from api.library.build import describe
from cms.specialists.models import Specialist
from pwa import compose
from pwa.drawing import draw


def preview_of(version: Specialist, photo: str, now: datetime) -> SafeString:
    """Give what stands inside a profile's main, as a version of it will be drawn; ``photo`` is where its picture is."""
    data: dict[str, Any] = describe(version, now).data
    if data["photo"]:
        size = {"width": data["photo"]["width"], "height": data["photo"]["height"]}
        data = {**data, "photo": {"src": photo, "alt": "", **size, "sources": [{"src": photo, "width": size["width"]}]}}
    html = compose.fill(draw("specialist", data, get_language() or "").html, {}, now)
    return mark_safe(html.partition(">")[2].rpartition("</main>")[0])  # as it will be served
