"""Consultation banners through the admin's own forms."""

from typing import Any

import pytest
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from api.library.models import Entry
from cms.banners.models import Banner
from tests import factories
from tests.cms.snippet_desk import SnippetDesk, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> SnippetDesk:
    return SnippetDesk(Banner, factories.writer())


@pytest.fixture
def moderator() -> SnippetDesk:
    return SnippetDesk(Banner, factories.publisher())


def banner(**fields: Any) -> dict[str, Any]:
    """Give the fields of a banner for clients with a panel of each kind."""
    points = {"count": "1", "0": {"value": "You can ask anything.", "type": "", "order": "0", "deleted": ""}}
    panel = {"introduction": "", "items": points}
    return {
        "name": "For clients",
        "audience": "client",
        "heading": "A first conversation",
        "lead": "Thirty minutes, free.",
        "placements": ["home", "article_end"],
        **nested_form_data(
            {"panels_content": streamfield([(kind, panel) for kind in ("benefits", "suitable", "important")])}
        ),
        **fields,
    }


def test_empty_draft__is_kept(editor: SnippetDesk) -> None:
    editor.send("add")
    assert not editor.only().live


def test_editor__cannot_publish(editor: SnippetDesk) -> None:
    editor.send("add", action="publish", **banner())
    assert not editor.only().live


def test_moderator__publishes_it_with_its_places_and_panels(moderator: SnippetDesk) -> None:
    topic, page = factories.topic(), factories.consultation_page("Free consultation")
    moderator.send(
        "add",
        action="publish",
        **banner(call_to_action="How it works", call_to_action_page=page.pk, topics=[topic.pk]),
    )
    made = moderator.only()
    data = Entry.objects.get(id=made.public_id).data
    assert made.placements == ["home", "article_end"]
    assert [panel["kind"] for panel in data["panels"]] == ["benefits", "suitable", "important"]
    assert data["call_to_action"]["label"] == "How it works"
    assert data["topics"] == [topic.slug]


def test_form__has_a_box_for_each_place_ticked_as_it_was(editor: SnippetDesk) -> None:
    made = factories.banner(placements=["specialist_area"])
    page = editor.read("edit", made.pk)
    assert "End of an article" in page
    assert editor.form("edit", made.pk).getlist("placements") == ["specialist_area"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"placements": []}, "Choose at least one place for it to stand."),
        ({"call_to_action": "How it works"}, "Choose the page that the call to action leads to"),
    ],
)
def test_what_it_lacks__is_said_when_publishing_and_the_draft_is_kept(
    moderator: SnippetDesk, fields: dict[str, Any], problem: str
) -> None:
    response = moderator.send("add", action="publish", **banner(**fields))
    assert problem in told(response)
    assert not moderator.only().live


def test_page_without_words__is_not_published(moderator: SnippetDesk) -> None:
    page = factories.consultation_page()
    response = moderator.send("add", action="publish", **banner(call_to_action_page=page.pk))
    assert "Write what the call to action says" in told(response)


def test_call_to_action_to_a_draft__is_not_published(moderator: SnippetDesk) -> None:
    page = factories.consultation_page("Soon", live=False)
    response = moderator.send("add", action="publish", **banner(call_to_action="Read", call_to_action_page=page.pk))
    assert "Publish “Soon” first: the call to action leads there." in told(response)
    assert not moderator.only().live


@pytest.mark.parametrize("missing", ["heading", "lead"])
def test_required_field__is_asked_for_when_publishing(moderator: SnippetDesk, missing: str) -> None:
    response = moderator.send("add", action="publish", **banner(**{missing: ""}))
    assert "This field is required." in told(response)
    assert not Banner.objects.filter(live=True).exists()


def test_end_before_its_start__is_refused_in_a_draft_too(editor: SnippetDesk) -> None:
    response = editor.send("add", **banner(starts_at="2026-12-02 08:00", ends_at="2026-12-01 08:00"))
    assert "It has to end after it begins." in told(response)
    assert not Banner.objects.exists()


def test_place_that_does_not_exist__is_refused(editor: SnippetDesk) -> None:
    editor.send("add", **banner(placements=["moon"]))
    assert not Banner.objects.exists()


def test_older_revision__is_restored_and_published(moderator: SnippetDesk) -> None:
    made = factories.banner("A first conversation")
    older = made.latest_revision
    moderator.send("edit", made.pk, action="publish", **banner(heading="Another heading"))
    assert moderator.only().heading == "Another heading"
    moderator.send("revisions_revert", made.pk, older.pk, action="publish")
    assert moderator.only().heading == "A first conversation"


@pytest.mark.parametrize("mode", ["reader", "offline", "json"])
def test_preview__answers_in_every_mode(editor: SnippetDesk, mode: str) -> None:
    made = factories.banner("A first conversation")
    address = editor.address("preview_on_edit", made.pk)
    form = editor.form("edit", made.pk)
    form["heading"] = "Another heading"
    assert editor.client.post(address, form).json()["is_valid"]
    assert "Another heading" in told(editor.client.get(address, {"mode": mode}))


def test_what_is_to_be_looked_after__is_said_to_who_saves_and_waits_for_nobody_after_an_autosave(
    editor: SnippetDesk,
) -> None:
    made = factories.banner(placements=["specialist_area"])
    said = "To look after with this banner:"
    form = dict(editor.form("edit", made.pk).lists())
    saved = editor.client.post(editor.address("edit", made.pk), form, headers={"accept": "application/json"})
    assert saved.json()["success"]
    assert said not in editor.read("list")
    assert said in told(editor.send("edit", made.pk))


def test_list__shows_audience_and_times(editor: SnippetDesk) -> None:
    factories.banner("For everybody")
    page = editor.read("list")
    assert "For everybody" in page
    assert "Audience" in page


def test_topics__are_offered_in_the_language_of_the_banner(moderator: SnippetDesk) -> None:
    english, german = (
        factories.topic("Sleep"),
        factories.topic("Schlaf", locale=Locale.objects.get_or_create(language_code="de")[0]),
    )
    page = moderator.read("add")
    assert english.title in page and german.title not in page
