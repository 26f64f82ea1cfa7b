"""The photos of profiles: drawn anew, kept where nobody else finds them, and deleted when nothing shows them."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection, Revision

from cms.people.models import User
from cms.pictures.models import Picture
from cms.specialists.models import PHOTOS, Specialist
from cms.specialists.turns import latest


def picture_of(specialist: Specialist, content: bytes) -> Picture:
    """Keep a photo that was drawn anew, where nobody but moderators finds it before it is public."""
    root = Collection.get_first_root_node()
    place = Collection.objects.filter(name=PHOTOS).first() or root.add_child(name=PHOTOS)
    file = ContentFile(content, name=f"{specialist.public_id.hex[:12]}.jpg")
    return Picture.objects.create(title=PHOTOS, file=file, collection=place, uploaded_by_user=specialist.user)


def forget_photos(specialist: Specialist) -> None:
    """Delete the photos that neither the public version, the last good one nor the newest shows."""
    versions = [specialist.pk and Specialist.objects.get(pk=specialist.pk), specialist.approved, latest(specialist)]
    shown = {
        version.content.get("photo") if isinstance(version, Revision) else version.photo_id
        for version in versions
        if version
    }
    for picture in photos_of(specialist.user).exclude(pk__in=[key for key in shown if key]):
        picture.delete()


def photos_of(user: User) -> Any:
    """Give every photo that somebody has put into a profile."""
    return Picture.objects.filter(collection__name=PHOTOS, uploaded_by_user=user)
