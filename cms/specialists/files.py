"""What somebody hands in: looked at before it is kept, drawn anew if it is a picture, sealed, and never public.

A file is believed by its content, not by its name or by what the browser calls it. Pictures are decoded and written
again, which takes away where and with what they were made (EXIF) and whatever else was hidden in them; one that says
it is larger than :data:`MOST_PIXELS` is refused before anything is decoded. A PDF is never opened here: it is known by
how it begins and ends, refused where it says that it does something by itself, and only ever handed out as a file.
"""

import io
import logging
import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from cms.people.sealed import also_reseals
from cms.people.sealing import seal_bytes, unseal_bytes
from cms.specialists.models import Evidence

LARGEST = 8 * 1024 * 1024  # bytes
MOST_PIXELS = 25_000_000
WIDEST = 2400  # pixels; a document photographed with a phone can still be read
PDF, JPEG = "application/pdf", "image/jpeg"
# What makes a PDF do something when it is opened, or carry other files along.
ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/OpenAction")

logger = logging.getLogger("respite.specialists")


@dataclass(frozen=True)
class Looked:
    """A file that may be kept: what it is, and what is left of it."""

    content: bytes
    content_type: str


def look_at(file: Any) -> Looked:
    """Give what of an uploaded file may be kept. Raises ValidationError with a sentence for whoever sent it."""
    if file.size > LARGEST:
        raise ValidationError(_("This file is larger than 8 MB. Make it smaller, or send it in parts."))
    content = file.read()
    if content.startswith(b"%PDF-"):
        return Looked(as_pdf(content), PDF)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return Looked(as_jpeg(content), JPEG)
    raise ValidationError(_("Send a PDF, or a picture as JPEG or PNG."))


def as_pdf(content: bytes) -> bytes:
    """Give a PDF as it is, if it is whole and does nothing by itself."""
    if b"%%EOF" not in content[-2048:]:
        raise ValidationError(_("This PDF is not complete. Send it again."))
    if any(name in content for name in ACTIVE):
        raise ValidationError(_("This PDF has scripts or other files in it. Print it to a new PDF, and send that."))
    return content


def as_jpeg(content: bytes, widest: int = WIDEST) -> bytes:
    """Give a picture drawn anew, upright, without anything but what is seen, no wider or higher than said."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("This picture has too many pixels. Make it smaller, and send it again."))
                # A JPEG is decoded no larger than needed.
                picture.draft("RGB", (widest, widest))
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((widest, widest))
                return written(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("This picture has too many pixels. Make it smaller, and send it again.")) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(_("This picture cannot be read. Send it again, or another one.")) from error


def written(picture: Image.Image) -> bytes:
    """Write a picture as JPEG on white, with no more than its pixels."""
    plain = Image.new("RGB", picture.size, "white")
    with_alpha = picture.convert("RGBA")
    plain.paste(with_alpha, mask=with_alpha.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def as_attachment(name: str) -> dict[str, str]:
    """Give the headers of a file that a browser is to save and not to show, run or keep."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return {
        "Content-Disposition": disposition,
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }


# ---- Where it lies ---------------------------------------------------------------------------


def storage() -> Storage:
    """Give the storage of evidence, which has no public address."""
    return storages["evidence"]


def keep(evidence: Evidence, content: bytes) -> None:
    """Seal a file under its own number."""
    storage().save(name_of(evidence.pk), ContentFile(seal_bytes(content)))


def read(evidence: Evidence) -> bytes:
    """Give a file as it was kept. Raises FileNotFoundError, and what :func:`unseal_bytes` raises."""
    with storage().open(name_of(evidence.pk)) as file:
        return unseal_bytes(file.read())


def throw_away(key: Any) -> None:
    """Delete a file; one that is not there is deleted already."""
    storage().delete(name_of(key))


def name_of(key: Any) -> str:
    return f"{key}.sealed"


def throw_orphans_away(moment: datetime) -> int:
    """Delete files that belong to nobody, such as after a server that was killed half-way; give how many.

    One that is younger than a day may belong to what is being committed just now.
    """
    try:
        _folders, names = storage().listdir("")
    except FileNotFoundError:
        return 0
    kept = {name_of(key) for key in Evidence.objects.values_list("pk", flat=True)}
    lost = [
        name for name in names if name not in kept and moment - storage().get_modified_time(name) > timedelta(days=1)
    ]
    for name in lost:
        storage().delete(name)
    return len(lost)


@also_reseals
def reseal_evidence() -> int:
    """Seal every file anew with the first key; give how many there were."""
    count = 0
    for evidence in Evidence.objects.iterator():
        try:
            content = read(evidence)
        except FileNotFoundError:
            logger.warning("the file of evidence %s is not there", evidence.pk)
            continue
        throw_away(evidence.pk)
        keep(evidence, content)
        count += 1
    return count
