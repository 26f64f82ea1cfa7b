"""Citing in the editor: the stored form and its token, and what the dialog asks of the server."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.articles.blocks import RICH_TEXT
from cms.people.models import User
from cms.references.citations import CitedItem, citation_markup, parse_items
from cms.references.desk.making import PREFIX
from cms.references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> Client:
    return desk_of(factories.editor())


def ask(client: Client, view: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = client.post(reverse(view), json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def found(client: Client, query: str) -> list[str]:
    """Give the titles that a search finds, in order."""
    return [work["title"] for work in client.get(reverse("citation_search"), {"q": query}).context["works"]]


def new_reference(authors: list[dict[str, str]] | None = None, **fields: str) -> dict[str, str]:
    """Give what the form of a new reference sends."""
    names = [{"role": "author", "suffix": "", "organisation": "", **author} for author in authors or []]
    values = {"type": "book", "title": "On quills", "year": "2011", **fields, "authors": inline_formset(names)}
    return {f"{PREFIX}-{name}": value for name, value in nested_form_data(values).items()}


def test_citation__comes_back_from_the_editor_as_it_was_stored() -> None:
    items = [
        CitedItem(3, "page", "4–9", "see", "and what <follows> & “that”"),
        CitedItem(5, suppress_author=True),
    ]
    stored = f'<p data-block-key="a1b2c">Said {citation_markup(items, "(see Bowlby, 1988, pp. 4–9; 2001)")} before.</p>'
    converter = ContentstateConverter(RICH_TEXT)
    state = converter.from_database_format(stored)
    entity = json.loads(state)["entityMap"]["0"]
    assert (entity["type"], entity["mutability"]) == ("CITATION", "IMMUTABLE")
    again = converter.to_database_format(state)
    assert converter.from_database_format(again) == state
    assert parse_items(entity["data"]["items"]) == tuple(items)
    assert "(see Bowlby, 1988, pp. 4–9; 2001)</a>" in again


def test_damaged_items__are_kept_letter_by_letter() -> None:
    converter = ContentstateConverter(RICH_TEXT)
    stored = '<p data-block-key="a1b2c"><a linktype="citation" items="[{]">(Somebody)</a></p>'
    assert converter.to_database_format(converter.from_database_format(stored)) == stored


def test_search__finds_every_word_in_any_order_without_accents_drafts_too(editor: Client) -> None:
    factories.reference("Über das Trösten", authors=[{"family": "Müller-Łoś", "given": "Ana"}], year=2004, live=False)
    factories.reference("On consoling", authors=[{"family": "Miller", "given": "Bo"}], year=2004)
    assert found(editor, "2004 trosten muller-los") == ["Über das Trösten"]
    assert found(editor, "2004") == ["On consoling", "Über das Trösten"]
    assert found(editor, "consoling nowhere") == []


def test_search__takes_a_doi_as_it_was_copied(editor: Client) -> None:
    work = factories.reference("On consoling")
    factories.reference("On waiting")
    assert found(editor, f"https://doi.org/{work.doi}") == ["On consoling"]


def test_search__asks_the_same_number_of_queries_however_much_it_finds(
    editor: Client, django_assert_num_queries: Any
) -> None:
    factories.reference("Walking one")
    found(editor, "walking")
    with CaptureQueriesContext(connection) as one:
        found(editor, "walking")
    for number in range(3):
        factories.reference(f"Walking {number}")
    with django_assert_num_queries(len(one)):
        assert len(found(editor, "walking")) == 4


def test_compose__gives_the_stored_form_and_its_words(editor: Client) -> None:
    work = factories.reference(authors=[{"family": "Bowlby", "given": "John"}], year=1988)
    item = {"id": work.pk, "label": "page", "locator": " 4 ", "prefix": "see", "suffix": "", "suppress_author": False}
    status, answer = ask(editor, "citation_compose", {"items": [item]})
    assert status == 200
    assert answer["text"] == "(see Bowlby, 1988, p. 4)"
    assert parse_items(answer["items"]) == (CitedItem(work.pk, "page", "4", "see"),)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"locator": "9" * 61}, "locator"), ({"label": "shelf"}, "label"), ({"prefix": "x" * 101}, "prefix")],
)
def test_compose__names_the_place_of_what_is_wrong(editor: Client, wrong: dict[str, str], field: str) -> None:
    work = factories.reference()
    status, answer = ask(editor, "citation_compose", {"items": [{"id": work.pk}, {"id": work.pk, **wrong}]})
    assert status == 422
    assert list(answer["errors"]["1"]) == [field]


def test_compose__refuses_nothing_and_what_was_deleted(editor: Client) -> None:
    assert ask(editor, "citation_compose", {"items": []})[0] == 422
    status, answer = ask(editor, "citation_compose", {"items": [{"id": 999_999}]})
    assert status == 422 and "deleted" in answer["errors"]["0"]["id"]


def test_describe__tells_drafts_retractions_and_what_was_deleted(editor: Client) -> None:
    draft = factories.reference(live=False)
    retracted = factories.reference(status="retracted")
    stored = [json.dumps([{"id": draft.pk}, {"id": retracted.pk}]), json.dumps([{"id": 999_999}]), "nonsense"]
    status, answer = ask(editor, "citation_describe", {"citations": stored})
    states = [[state["name"] for work in one["works"] for state in work["states"]] for one in answer["citations"]]
    assert (status, states) == (200, [["draft", "retracted"], ["deleted"], []])


def test_editor__makes_a_draft_in_place_and_cannot_publish_it(editor: Client) -> None:
    page = editor.get(reverse("citation_new_reference")).content.decode()
    assert 'name="draft"' in page and 'name="publish"' not in page
    sent = new_reference([{"family": "Quill", "given": "Ada"}])
    assert editor.post(reverse("citation_new_reference"), {**sent, "publish": "1"}).status_code == 302
    answer = editor.post(reverse("citation_new_reference"), {**sent, "draft": "1"})
    work = Reference.objects.get()
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["work"]["id"] == work.pk
    assert not work.live and work.latest_revision is not None
    assert str(work.authors.get()) == "Quill, Ada"


def test_moderator__publishes_in_place_unless_something_is_missing() -> None:
    moderator = desk_of(factories.moderator())
    sent = {**new_reference([{"family": "Quill", "given": "Ada"}], type="chapter"), "publish": "1"}
    answer = moderator.post(reverse("citation_new_reference"), sent)
    assert answer.status_code == 422 and "Name the book" in answer.content.decode()
    assert not Reference.objects.exists()
    sent[f"{PREFIX}-container_title"] = "A book of quills"
    assert moderator.post(reverse("citation_new_reference"), sent).status_code == 201
    assert Reference.objects.get().live


def test_new_reference__is_checked_as_on_its_own_page(editor: Client) -> None:
    sent = {**new_reference([{"family": "Quill", "given": "Ada"}], year="3000"), "draft": "1"}
    answer = editor.post(reverse("citation_new_reference"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "The year has to be one of the past" in page and 'value="Quill"' in page
    assert not Reference.objects.exists()


def with_permissions(*codenames: str) -> User:
    user = User.objects.create_user("somebody@example.org", factories.PASSWORD)
    group = Group.objects.create(name="Some")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user.groups.add(group)
    return user


def test_who_may_not_add__finds_no_step_to_make_one() -> None:
    client = desk_of(with_permissions("view_reference"))
    dialog = client.get(reverse("citation_dialog")).json()["html"]
    assert "Cited here" in dialog and "New reference" not in dialog
    assert client.get(reverse("citation_new_reference")).status_code == 302


@pytest.mark.parametrize("view", ["citation_dialog", "citation_search", "citation_describe", "citation_compose"])
def test_citing__is_closed_to_who_may_not_see_references_or_enter_the_admin(view: str) -> None:
    post = view in ("citation_describe", "citation_compose")

    def status(client: Client) -> int:
        return (client.post if post else client.get)(reverse(view)).status_code

    assert status(Client()) == 302
    assert status(desk_of(User.objects.create_user("reader@example.org", factories.PASSWORD))) in (302, 403)
    assert status(desk_of(with_permissions())) in (302, 403)
