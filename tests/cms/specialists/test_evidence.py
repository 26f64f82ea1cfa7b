"""What is handed in: believed by its content, drawn anew, sealed, opened by few, and bombs refused in no time."""

import io
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.people.models import User
from cms.people.services import reseal_all
from cms.specialists import evidence, files
from cms.specialists.models import Evidence, Specialist, Step
from cms.specialists.turns import Refused
from tests import factories
from tests.cms.specialists.conftest import pdf_file

pytestmark = pytest.mark.django_db

WHERE = "48 deg 12 min north"


def looked_at(content: bytes, name: str = "file.bin") -> files.Looked:
    return files.look_at(SimpleUploadedFile(name, content))


@contextmanager
def at_once(seconds: float = 2.0) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def jpeg_with_exif() -> bytes:
    picture = Image.new("RGB", (400, 300), "#884422")
    exif = Image.Exif()
    exif[0x010F] = "Camera of Mara"
    exif[0x9286] = WHERE
    exif[0x0112] = 6  # lies on its side
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"planted comment")
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"", *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


# ---- What may be kept --------------------------------------------------------------------------


def test_picture__loses_where_and_with_what_it_was_taken_and_stands_upright() -> None:
    content = looked_at(jpeg_with_exif()).content
    assert b"Camera of Mara" not in content and WHERE.encode() not in content and b"planted" not in content
    with Image.open(io.BytesIO(content)) as kept:
        assert kept.format == "JPEG" and not kept.getexif()
        assert kept.size == (300, 400)


def test_png__becomes_a_jpeg_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    kept = looked_at(out.getvalue())
    assert kept.content_type == "image/jpeg"
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_picture__is_made_no_larger_than_a_document_needs() -> None:
    kept = looked_at(factories.png("wide.png", 5000, 100).read())
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.width == files.WIDEST


def test_pdf__is_kept_as_it_is() -> None:
    content = b"%PDF-1.7\nlicence\n%%EOF\n"
    assert looked_at(content) == files.Looked(content, "application/pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Just some words",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\0" * 50,
        b"PK\x03\x04 a docx",
        b"MZ\x90\0 a program",
        b"\n%PDF-1.4 not at its beginning %%EOF",
        b"%PDF-1.4 cut off in the midd",
        b"%PDF-1.4 /OpenAction << /S /JavaScript /JS (app.alert(1)) >> %%EOF",
        b"%PDF-1.4 /Launch (cmd.exe) %%EOF",
        b"%PDF-1.4 /EmbeddedFile %%EOF",
        b"\xff\xd8\xff\xe0 not really a picture",
        b"\x89PNG\r\n\x1a\n and nothing else",
    ],
)
def test_anything_else__is_refused_whatever_it_is_called(content: bytes) -> None:
    for name in ("licence.pdf", "licence.png", "licence.jpg"):
        with pytest.raises(ValidationError):
            looked_at(content, name)


def test_file_that_is_too_large__is_refused_before_it_is_read() -> None:
    class Endless(SimpleUploadedFile):
        def read(self, *arguments: Any) -> bytes:
            raise AssertionError("it was read")

    large = Endless("licence.pdf", b"%PDF-")
    large.size = files.LARGEST + 1
    with pytest.raises(ValidationError, match="8 MB"):
        files.look_at(large)


def test_html_behind_a_picture__is_gone() -> None:
    kept = looked_at(factories.png("a.png", 50, 50).read() + b"<script>alert(1)</script>")
    assert b"<script>" not in kept.content


# ---- Bombs ------------------------------------------------------------------------------------

NOTHING = zlib.compress(b"\0" * 50_000_000, 9)
BOMBS = {
    "many pixels, nothing in it": png(60_000, 60_000, NOTHING),
    "just over what is allowed": png(5_001, 5_000, NOTHING),
    "more pixels than fit in 32 bits": png(2_000_000_000, 2_000_000_000),
    "no height": png(100_000_000, 0),
    "a text that unpacks to fifty megabytes": png(10, 10, NOTHING, chunk(b"zTXt", b"k\0\0" + NOTHING)),
    "a profile that unpacks to fifty megabytes": png(10, 10, NOTHING, chunk(b"iCCP", b"k\0\0" + NOTHING)),
    "fifty megabytes of pixels for a hundred": png(10, 10, NOTHING),
    "a thousand frames": png(10, 10, b"", chunk(b"acTL", struct.pack(">II", 1000, 0))),
    "a JPEG that says it is huge": b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01",
    "a PDF of a thousand brackets": b"%PDF-1.4" + b"[" * 1_000_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb__is_refused_or_harmless_within_two_seconds(bomb: str) -> None:
    with at_once():
        try:
            kept = looked_at(BOMBS[bomb])
        except ValidationError:
            return
    assert len(kept.content) < 100_000


def test_bombs__that_say_that_they_are_huge_are_refused() -> None:
    for name in ("many pixels, nothing in it", "just over what is allowed", "more pixels than fit in 32 bits"):
        with pytest.raises(ValidationError):
            looked_at(BOMBS[name])


def test_largest_picture_that_is_allowed__is_drawn_anew_in_time() -> None:
    out = io.BytesIO()
    Image.effect_noise((1000, 1000), 60).resize((5000, 5000)).save(out, "JPEG", quality=60)
    with at_once(4.0):
        looked_at(out.getvalue())


# ---- Where it lies and who may open it ---------------------------------------------------------


def test_file__lies_sealed_outside_of_what_is_served(complete: Specialist) -> None:
    found = complete.evidence.get()
    place = Path(files.storage().path(files.name_of(found.pk)))
    assert not place.is_relative_to(settings.MEDIA_ROOT) and not place.is_relative_to(settings.STATIC_ROOT)
    assert b"licence" not in place.read_bytes()
    assert place.stat().st_mode & 0o777 == 0o600
    assert files.read(found) == b"%PDF-1.4\nlicence\n%%EOF\n"
    with pytest.raises(ValueError, match="not accessible via a URL"):
        files.storage().url(files.name_of(found.pk))


def test_file__cannot_be_asked_for_by_any_address(complete: Specialist, client: Client) -> None:
    name = files.name_of(complete.evidence.get().pk)
    client.force_login(factories.safety_moderator())
    for address in (f"/media/{name}", f"/media/../evidence/{name}", f"/evidence/{name}", f"/static/{name}"):
        assert client.get(address).status_code == 404


def test_open__gives_it_to_moderators_and_writes_down_who_looked(complete: Specialist, moderator: User) -> None:
    found = complete.evidence.get()
    assert evidence.open_evidence(moderator, found).startswith(b"%PDF")
    assert complete.steps.get(action=Step.Action.EVIDENCE_SEEN).by == moderator


@pytest.mark.parametrize("who", ["reader", "writer", "clinical_reviewer", "publisher"])
def test_open__is_refused_to_everybody_else(complete: Specialist, who: str) -> None:
    with pytest.raises(PermissionDenied):
        evidence.open_evidence(getattr(factories, who)(), complete.evidence.get())
    assert not complete.steps.filter(action=Step.Action.EVIDENCE_SEEN).exists()


def test_download__is_a_file_to_be_saved_and_kept_by_nobody(
    complete: Specialist, moderator: User, client: Client
) -> None:
    found = complete.evidence.get()
    client.force_login(moderator)
    answer = client.get(f"/admin/specialists/{complete.pk}/evidence/{found.pk}/")
    assert answer.content == b"%PDF-1.4\nlicence\n%%EOF\n"
    assert answer["Content-Disposition"] == 'attachment; filename="licence.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ['a"; x=y.pdf', "a\r\nSet-Cookie: x=y.pdf", "../../etc/passwd.pdf", "ä.pdf", ".pdf"])
def test_name_of_a_file__does_no_harm_in_a_header(user: User, complete: Specialist, client: Client, name: str) -> None:
    found = evidence.hand_in(user, "other", pdf_file(name))
    client.force_login(user)
    answer = client.get(f"/own/specialist/evidence/{found.pk}/")
    told = answer["Content-Disposition"]
    assert answer.status_code == 200 and told.startswith("attachment; filename")
    assert "Set-Cookie" not in answer and "/" not in told


def test_evidence_of_somebody_else__is_not_there(complete: Specialist, client: Client) -> None:
    found = complete.evidence.get()
    other = factories.reader()
    factories.specialist(user=other)
    client.force_login(other)
    assert client.get(f"/own/specialist/evidence/{found.pk}/").status_code == 404
    assert client.post(f"/own/specialist/evidence/{found.pk}/delete/").status_code == 404
    assert complete.evidence.exists()


def test_no_more_than_eight_files__are_taken(user: User, complete: Specialist) -> None:
    for number in range(7):
        evidence.hand_in(user, "other", pdf_file(f"{number}.pdf"))
    with pytest.raises(Refused):
        evidence.hand_in(user, "other", pdf_file())
    assert complete.evidence.count() == 8


def test_deleted_evidence__takes_its_file_with_it(
    user: User, complete: Specialist, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    found = complete.evidence.get()
    with django_capture_on_commit_callbacks(execute=True):
        evidence.delete_evidence(user, found.pk)
    assert not files.storage().exists(files.name_of(found.pk))
    assert not Evidence.objects.exists()


def test_account_that_goes__takes_its_files_and_photos_with_it(
    user: User, complete: Specialist, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    from cms.people.services import erase
    from cms.specialists import services
    from cms.specialists.photos import photos_of

    photo = files.as_jpeg(factories.png("face.png", 300, 300).read())
    services.save_draft(user, {}, photo=photo)
    picture = photos_of(user).get()
    place, found = Path(picture.file.path), complete.evidence.get()
    with django_capture_on_commit_callbacks(execute=True):
        erase(user)
    assert not place.exists()
    assert not files.storage().exists(files.name_of(found.pk))


def test_reseal__makes_old_keys_superfluous(complete: Specialist) -> None:
    found = complete.evidence.get()
    with override_settings(SEALING_KEYS=["a new phrase", settings.SECRET_KEY]):
        reseal_all()
    with override_settings(SEALING_KEYS=["a new phrase"]):
        assert files.read(found).startswith(b"%PDF")


# ---- Photos ------------------------------------------------------------------------------------


def test_photo_that_is_replaced__is_deleted_once_nothing_shows_it(
    user: User, complete: Specialist, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    from cms.specialists import services
    from cms.specialists.photos import photos_of

    for colour in ("#111111", "#222222"):
        services.save_draft(user, {}, photo=files.as_jpeg(factories.png("face.png", 300, 300, colour).read()))
    assert photos_of(user).count() == 1
    services.save_draft(user, {}, remove_photo=True)
    assert photos_of(user).count() == 0


def test_photo__is_no_picture_for_editors_to_choose(user: User, complete: Specialist, client: Client) -> None:
    from cms.specialists import services
    from cms.specialists.photos import photos_of

    services.save_draft(user, {}, photo=files.as_jpeg(factories.png("face.png", 300, 300).read()))
    picture = photos_of(user).get()
    client.force_login(factories.publisher())
    assert client.get(f"/admin/images/{picture.pk}/").status_code in (302, 403, 404)
    assert client.get(f"/admin/images/chooser/{picture.pk}/").status_code in (302, 403, 404)
