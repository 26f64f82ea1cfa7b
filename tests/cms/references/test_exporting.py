"""References out of the admin: one, a selection, the list as it is filtered."""

import pytest
from django.urls import reverse

from cms.references.formats import FORMATS, read
from cms.references.models import Reference
from tests import factories
from tests.cms.snippet_desk import SnippetDesk, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> SnippetDesk:
    return SnippetDesk(Reference, factories.editor())


def titles(answer: object) -> list[str]:
    """Give the titles in a file."""
    records = read(answer.content.decode())[1]  # type: ignore[attr-defined]
    return [record.item["title"] for record in records]


@pytest.mark.parametrize("name", FORMATS)
def test_the_list__is_exported_as_it_is_filtered(editor: SnippetDesk, name: str) -> None:
    factories.reference("An article")
    factories.reference("A book", type="book", live=False)
    factories.reference("Another book", type="book")
    answer = editor.client.get(editor.address("list"), {"type": "book", "export": name})
    assert titles(answer) == ["A book", "Another book"]
    assert answer.headers["Content-Type"].startswith(FORMATS[name].content_type)
    page = editor.read("list")
    assert f"Export as {FORMATS[name].label}" in page and reverse("references_import:index") in page


def test_one__is_exported_from_its_own_page(editor: SnippetDesk) -> None:
    work = factories.reference("Care")
    address = reverse("reference_export", args=[work.pk, "ris"])
    assert address in editor.read("edit", work.pk)
    assert titles(editor.client.get(address)) == ["Care"]
    assert editor.client.get(reverse("reference_export", args=[work.pk, "word"])).status_code == 404


def test_a_selection__is_exported_in_the_format_that_is_chosen(editor: SnippetDesk) -> None:
    first, _second, third = (factories.reference(title) for title in ("One", "Two", "Three"))
    address = reverse("wagtail_bulk_action", args=["references", "reference", "export"])
    query = f"?id={first.pk}&id={third.pk}"
    assert "2 references are exported." in told(editor.client.get(address + query))
    answer = editor.client.post(address + query, {"format": "csl-json"})
    assert sorted(titles(answer)) == ["One", "Three"]


def test_who_may_not_see_references__exports_none() -> None:
    user = factories.editor()
    user.groups.clear()
    desk = SnippetDesk(Reference, user)
    work = factories.reference("Care")
    assert desk.client.get(reverse("reference_export", args=[work.pk, "ris"])).status_code in (302, 403)
