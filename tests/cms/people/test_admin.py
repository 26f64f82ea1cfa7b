"""Authors, reviewers and topics through the admin's own forms, and pictures that pages show."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from api.library.models import Entry
from cms.articles.models import Topic
from cms.people.models import Person
from cms.pictures.models import Picture
from tests import factories
from tests.cms.snippet_desk import SnippetDesk, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> SnippetDesk:
    return SnippetDesk(Person, factories.writer())


@pytest.fixture
def moderator() -> SnippetDesk:
    return SnippetDesk(Person, factories.publisher())


def person(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Ana Writer",
        "slug": "ana-writer",
        "credentials": "PhD, psychologist",
        "biography": rich_text("<p>Writes.</p>"),
        **fields,
    }


def test_draft_without_credentials__is_kept(editor: SnippetDesk) -> None:
    editor.send("add", **person(credentials=""))
    assert not editor.only().live


def test_editor__cannot_publish(editor: SnippetDesk) -> None:
    editor.send("add", action="publish", **person())
    assert not editor.only().live


def test_moderator__publishes_with_a_regular_orcid(moderator: SnippetDesk) -> None:
    moderator.send("add", action="publish", **person(orcid="https://orcid.org/0000000218250097"))
    data = Entry.objects.get(id=moderator.only().public_id).data
    assert (data["path"], data["orcid"]) == ("/people/ana-writer/", "0000-0002-1825-0097")


def test_publishing_without_credentials__asks_for_them(moderator: SnippetDesk) -> None:
    response = moderator.send("add", action="publish", **person(credentials=""))
    assert "This field is required." in told(response)
    assert not Person.objects.filter(live=True).exists()


def test_wrong_orcid__is_refused(editor: SnippetDesk) -> None:
    response = editor.send("add", **person(orcid="0000-0002-1825-0098"))
    assert "This is not an ORCID iD" in told(response)
    assert not Person.objects.exists()


def test_slug_of_somebody_else__is_refused(editor: SnippetDesk) -> None:
    factories.person("Ana Writer")
    response = editor.send("add", **person())
    assert "already exists" in told(response)


def test_older_revision__is_restored_and_published(moderator: SnippetDesk) -> None:
    made = factories.person("Ana Writer")
    older = made.latest_revision
    moderator.send("edit", made.pk, action="publish", name="Ana Reader")
    assert moderator.only().name == "Ana Reader"
    moderator.send("revisions_revert", made.pk, older.pk, action="publish")
    assert moderator.only().name == "Ana Writer"


@pytest.mark.parametrize("mode", ["reader", "offline", "json"])
def test_preview__answers_in_every_mode(editor: SnippetDesk, mode: str) -> None:
    made = factories.person("Ana Writer")
    address = editor.address("preview_on_edit", made.pk)
    form = editor.form("edit", made.pk)
    form["name"] = "Ana Reader"
    assert editor.client.post(address, form).json()["is_valid"]
    assert "Ana Reader" in told(editor.client.get(address, {"mode": mode}))


def test_reviewer_of_an_article__is_not_deleted(moderator: SnippetDesk) -> None:
    reviewer = factories.person("Ana Writer")
    factories.article("On rest", reviewer=reviewer)
    response = moderator.client.post(moderator.address("delete", reviewer.pk), follow=True)
    assert "“Ana Writer” cannot be deleted: it is used by “On rest”." in told(response)
    assert Person.objects.filter(pk=reviewer.pk).exists()


def test_list_and_form__say_what_somebody_wrote(editor: SnippetDesk) -> None:
    author = factories.person("Ana Writer")
    factories.article("On rest", authors=[author])
    assert "1 article:" in editor.read("list")
    assert "On rest</a>" in editor.read("edit", author.pk)


def test_topic__is_published_by_a_moderator_and_kept_while_it_is_used() -> None:
    desk = SnippetDesk(Topic, factories.publisher())
    desk.send("add", action="publish", title="Rest", slug="rest", tone="moss")
    made = desk.only()
    assert Entry.objects.get(id=made.public_id).data["path"] == "/topics/rest/"
    factories.article("On rest", topics=[made])
    response = desk.client.post(desk.address("delete", made.pk), follow=True)
    assert "“Rest” cannot be deleted: it is used by “On rest”." in told(response)
    assert Topic.objects.exists()


def test_topic_without_a_title__is_kept_as_a_draft_but_not_published() -> None:
    desk = SnippetDesk(Topic, factories.publisher())
    response = desk.send("add", action="publish", slug="rest", tone="moss")
    assert "This field is required." in told(response)
    desk.send("add", slug="rest", tone="moss")
    assert not desk.only().live


@pytest.mark.parametrize("way", ["one", "several"])
def test_picture_that_a_page_shows__is_not_deleted(client: Client, way: str) -> None:
    shown = factories.picture("A band")
    factories.article("On rest", image=shown)
    client.force_login(factories.administrator())
    address = {
        "one": reverse("wagtailimages:delete", args=[shown.pk]),
        "several": reverse("wagtail_bulk_action", args=["pictures", "picture", "delete"]) + f"?id={shown.pk}",
    }[way]
    response = client.post(address, follow=True)
    assert "“A band” cannot be deleted: it is used by “On rest”." in told(response)
    assert Picture.objects.filter(pk=shown.pk).exists()


def test_picture_that_nothing_shows__is_deleted(client: Client) -> None:
    free = factories.picture()
    client.force_login(factories.administrator())
    client.post(reverse("wagtailimages:delete", args=[free.pk]), follow=True)
    assert not Picture.objects.exists()
