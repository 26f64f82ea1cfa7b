"""Pictures from our own origin: renditions of what is public, under names that never change their content."""

import mimetypes
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from api.library.models import Ingredient
from cms.people.second_factor import may_work
from cms.pictures.models import Picture, Rendition
from pwa.pages import missing

SERVED = {"image/webp", "image/png", "image/jpeg", "image/avif"}
# A reader who has seen it may keep it; what stands between us asks again, since it may be withdrawn.
FOR_EVER = "public, max-age=31536000, s-maxage=60, immutable"


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a rendition to everybody if its picture stands in something public, else to editors alone.

    The name is the one in the database: nothing else of the storage is reached, originals least of all.
    """
    drawn = Rendition.objects.filter(file=name).first() if "\x00" not in name else None
    content_type = mimetypes.guess_type(name)[0]
    if drawn is None or content_type not in SERVED:
        return not_found(request)
    public = is_public(drawn)
    if not public and not (may_work(request) and may_choose(request.user, drawn)):
        return not_found(request)
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return not_found(request)
    cache = FOR_EVER if public else "private, no-store"
    headers = {"Cache-Control": cache, "X-Content-Type-Options": "nosniff", "Content-Length": str(file.size)}
    return FileResponse(file, content_type=content_type, headers=headers)


def is_public(drawn: Rendition) -> bool:
    """Say whether a rendition's picture is part of something that everybody may read."""
    type_ = ContentType.objects.get_for_model(Picture)
    used = Ingredient.objects.filter(content_type=type_, object_id=drawn.image_id, entry__deleted=False)
    return used.exists()


def may_choose(user: Any, drawn: Rendition) -> bool:
    """Say whether somebody of the team may use a rendition's picture, and so see it before readers do."""
    enters = user.has_perm("wagtailadmin.access_admin")
    return enters and policy_registry.get(drawn.image).user_has_permission_for_instance(user, "choose", drawn.image)


def not_found(request: HttpRequest) -> HttpResponse:
    """Answer as for anything that is not there, and let nobody keep it: the picture may be published next."""
    response = missing(request)
    response["Cache-Control"] = "no-store"
    return response
