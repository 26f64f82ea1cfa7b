"""Helplines through the admin's own forms."""

from typing import Any

import pytest

from api.library.models import Entry
from cms.helplines.models import Helpline
from tests import factories
from tests.cms.snippet_desk import SnippetDesk, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> SnippetDesk:
    return SnippetDesk(Helpline, factories.writer())


@pytest.fixture
def moderator() -> SnippetDesk:
    return SnippetDesk(Helpline, factories.publisher())


def line(**fields: Any) -> dict[str, Any]:
    return {"country": "GB", "name": "Samaritans", "phone": "116 123", "verified_on": "2026-11-02", **fields}


def test_empty_draft__is_kept(editor: SnippetDesk) -> None:
    editor.send("add", country="")
    assert not editor.only().live


def test_editor__cannot_publish(editor: SnippetDesk) -> None:
    editor.send("add", action="publish", **line())
    assert not editor.only().live


def test_moderator__publishes_it_with_its_day_of_checking(moderator: SnippetDesk) -> None:
    moderator.send("add", action="publish", **line())
    data = Entry.objects.get(id=moderator.only().public_id).data
    assert (data["country_name"], data["phone"], data["verified_on"]) == ("United Kingdom", "116 123", "2026-11-02")


@pytest.mark.parametrize("way", [{"phone": "116 123"}, {"text_number": "85258"}, {"url": "https://example.org/"}])
def test_one_way_to_reach_it__is_enough(moderator: SnippetDesk, way: dict[str, str]) -> None:
    moderator.send("add", action="publish", **line(**{"phone": "", **way}))
    assert moderator.only().live


def test_line_that_cannot_be_reached__is_not_published(moderator: SnippetDesk) -> None:
    response = moderator.send("add", action="publish", **line(phone=""))
    assert "Give a telephone number, a number for text messages or a web address." in told(response)
    assert not moderator.only().live


@pytest.mark.parametrize("missing", ["country", "name"])
def test_required_field__is_asked_for_when_publishing(moderator: SnippetDesk, missing: str) -> None:
    response = moderator.send("add", action="publish", **line(**{missing: ""}))
    assert "This field is required." in told(response)
    assert not Helpline.objects.filter(live=True).exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("phone", "call us", "Write the number in digits"),
        ("verified_on", "2999-01-01", "The day it was checked cannot be in the future."),
        ("country", "XX", "XX is not one of the available choices"),
    ],
)
def test_what_cannot_be_right__is_refused_in_a_draft_too(
    editor: SnippetDesk, field: str, value: str, message: str
) -> None:
    response = editor.send("add", **line(**{field: value}))
    assert message in told(response)
    assert not Helpline.objects.exists()


def test_older_revision__is_restored_and_published(moderator: SnippetDesk) -> None:
    made = factories.helpline("A line")
    older = made.latest_revision
    moderator.send("edit", made.pk, action="publish", phone="1737")
    assert moderator.only().phone == "1737"
    moderator.send("revisions_revert", made.pk, older.pk, action="publish")
    assert moderator.only().phone == "116 123"


@pytest.mark.parametrize("mode", ["reader", "offline", "json"])
def test_preview__answers_in_every_mode(editor: SnippetDesk, mode: str) -> None:
    made = factories.helpline("A line")
    address = editor.address("preview_on_edit", made.pk)
    form = editor.form("edit", made.pk)
    form["name"] = "Another line"
    assert editor.client.post(address, form).json()["is_valid"]
    assert "Another line" in told(editor.client.get(address, {"mode": mode}))


def test_list__is_filtered_by_country(editor: SnippetDesk) -> None:
    factories.helpline("Over here", country="GB")
    factories.helpline("Over there", country="NZ")
    page = told(editor.client.get(editor.address("list_results"), {"country": "NZ"}))
    assert "Over there" in page
    assert "Over here" not in page
    assert "New Zealand" in page
