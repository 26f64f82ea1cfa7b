"""The guide for editors, as the admin shows it."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

PNG = factories.png("form.png", 740, 200).read()
TEXT = """# For editors

Hello.

## Write

![A form](pictures/form.png)

| field | use |
|---|---|
| Title | to find it |

## Publish

Press the button.
"""


@pytest.fixture
def documentation(tmp_path: Path, settings: object) -> Path:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "form.png").write_bytes(PNG)
    (tmp_path / "editors.md").write_text(TEXT)
    settings.RESPITE_DOCS = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings take any name
    return tmp_path


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.writer())
    return client


def test_guide__is_the_documentations_text_with_contents_and_tables(editor: Client, documentation: Path) -> None:
    page = editor.get(reverse("guide")).content.decode()
    assert '<h2 id="write">Write</h2>' in page
    assert '<a href="#publish">Publish</a>' in page
    assert '<table tabindex="0">' in page  # wider than a phone, it is moved with the keyboard too
    assert re.search(r"<td>Title</td>\s*<td>to find it</td>", page)


def test_picture_of_the_guide__is_served_where_the_text_shows_it(editor: Client, documentation: Path) -> None:
    address = re.search(r'<img[^>]*src="([^"]+)"', editor.get(reverse("guide")).content.decode())[1]
    answer = editor.get(address)
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer) == PNG


def test_picture_of_the_guide__keeps_its_room_and_leads_to_itself(editor: Client, documentation: Path) -> None:
    page = editor.get(reverse("guide")).content.decode()
    link, image = re.search(r'<a class="guide-picture" href="([^"]+)">(<img[^>]*>)</a>', page).groups()
    assert f'src="{link}"' in image
    assert 'alt="A form"' in image
    assert 'width="740"' in image and 'height="200"' in image


def test_picture_that_cannot_be_read__leaves_the_guide_readable(editor: Client, documentation: Path) -> None:
    (documentation / "pictures" / "form.png").unlink()
    assert 'alt="A form"' in editor.get(reverse("guide")).content.decode()


def test_picture_that_is_not_there__is_not_found(editor: Client, documentation: Path) -> None:
    assert editor.get("/admin/guide/pictures/other.png").status_code == 404
    assert editor.get("/admin/guide/pictures/..%2Feditors.png", follow=True).status_code == 404


def test_guide_without_documentation__is_not_found(editor: Client, documentation: Path) -> None:
    (documentation / "editors.md").unlink()
    assert editor.get(reverse("guide")).status_code == 404


def test_guide__is_in_the_help_menu_of_whoever_may_open_the_admin(editor: Client) -> None:
    assert reverse("guide") in editor.get("/admin/").content.decode()


def test_guide__is_not_shown_to_readers(client: Client) -> None:
    assert client.get(reverse("guide")).status_code == 302


def test_guide_for_moderators__is_there_as_well(client: Client) -> None:
    client.force_login(factories.safety_moderator())
    page = client.get(reverse("guide_moderators")).content.decode()
    assert "What people were promised" in page
    assert reverse("guide_moderators") in client.get(reverse("wagtailadmin_home")).content.decode()
