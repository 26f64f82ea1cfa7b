"""References through the admin's own forms: an editor writes, a moderator publishes."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from api.library.models import Entry
from cms.articles.models import ArticleReference
from cms.references.models import Reference
from tests import factories
from tests.cms.snippet_desk import SnippetDesk, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> SnippetDesk:
    return SnippetDesk(Reference, factories.writer())


@pytest.fixture
def moderator() -> SnippetDesk:
    return SnippetDesk(Reference, factories.publisher())


def work(**fields: Any) -> dict[str, Any]:
    """Give the fields of a journal article by a person and an organisation."""
    authors = [
        {"role": "author", "family": "Ames", "given": "Bea C.", "suffix": "", "organisation": ""},
        {"role": "author", "family": "", "given": "", "suffix": "", "organisation": "Care Union"},
    ]
    return {
        "type": "article-journal",
        "title": "Feeling seen",
        "container_title": "Journal of Care",
        "year": "1991",
        "volume": "vol. 61",
        "issue": "2",
        "pages": "pp. 226-244",
        "doi": "https://doi.org/10.5555/seen",
        "annotation": "It found that being seen helps.",
        **nested_form_data(
            {
                "authors": inline_formset(authors),
                "locators": streamfield([("locator", {"label": "page", "value": "226-230", "note": "the model"})]),
            }
        ),
        **fields,
    }


def test_empty_draft__is_kept(editor: SnippetDesk) -> None:
    editor.send("add", title="")
    assert not editor.only().live


def test_editor__finds_no_way_to_publish(editor: SnippetDesk) -> None:
    assert "action-publish" not in editor.read("add")
    editor.send("add", action="publish", **work())
    assert not editor.only().live
    assert not Entry.objects.filter(kind="reference").exists()


def test_moderator__publishes_what_was_written_and_it_is_made_regular(moderator: SnippetDesk) -> None:
    moderator.send("add", action="publish", **work())
    made = moderator.only()
    assert made.live
    assert (made.doi, made.pages, made.volume) == ("10.5555/seen", "226–244", "61")
    formatted = Entry.objects.get(id=made.public_id).data["formatted"]
    assert formatted.startswith(
        "Ames, B. C., &amp; Care Union. (1991). Feeling seen. <i>Journal of Care</i>, <i>61</i>(2)"
    )


def test_publishing_without_a_journal__says_what_to_do_and_keeps_the_draft(moderator: SnippetDesk) -> None:
    response = moderator.send("add", action="publish", **work(container_title=""))
    assert "Name the journal in which the article appeared." in told(response)
    made = moderator.only()
    assert (made.title, made.live) == ("Feeling seen", False)


def test_publishing_an_author_without_a_name__says_which_one(moderator: SnippetDesk) -> None:
    response = moderator.send("add", action="publish", **work(**{"authors-1-organisation": ""}))
    assert "Author 2 has no name" in told(response)
    assert not moderator.only().live


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("doi", "seen", "This is not a DOI."),
        ("isbn", "0-465-07598-4", "This is not an ISBN"),
        ("url", "ftp://example.org/", "The address has to begin with https:// or http://."),
        ("year", "3024", "The year has to be one of the past"),
        ("month", "13", "The month has to be a number from 1 to 12."),
        ("day", "3", "A day needs its month."),
        ("accessed", "2999-01-01", "The day it was read cannot be in the future."),
        ("authors-0-organisation", "Care Union", "Give either a person's names or an organisation, not both."),
    ],
)
def test_what_cannot_be_right__is_refused_in_a_draft_too(
    editor: SnippetDesk, field: str, value: str, message: str
) -> None:
    response = editor.send("add", **work(**{field: value}))
    assert message in told(response)
    assert not Reference.objects.exists()


def test_day_that_its_month_lacks__is_refused(editor: SnippetDesk) -> None:
    response = editor.send("add", **work(year="2023", month="2", day="29"))
    assert "This month has no such day." in told(response)


def test_edit_of_a_published_reference__stays_a_draft_until_it_is_published(
    editor: SnippetDesk, moderator: SnippetDesk
) -> None:
    made = factories.reference("Feeling seen")
    editor.send("edit", made.pk, title="Feeling heard")
    assert editor.only().title == "Feeling seen"
    moderator.send("edit", made.pk, action="publish")
    assert moderator.only().title == "Feeling heard"
    assert "Feeling heard" in Entry.objects.get(id=made.public_id).data["formatted"]


def test_older_revision__is_restored_and_published(moderator: SnippetDesk) -> None:
    made = factories.reference("Feeling seen")
    older = made.latest_revision
    moderator.send("edit", made.pk, action="publish", title="Feeling heard")
    moderator.send("revisions_revert", made.pk, older.pk, action="publish")
    assert moderator.only().title == "Feeling seen"


@pytest.mark.parametrize("mode", ["reader", "offline", "json"])
def test_preview__answers_in_every_mode(editor: SnippetDesk, mode: str) -> None:
    made = factories.reference("Feeling seen")
    address = editor.address("preview_on_edit", made.pk)
    form = editor.form("edit", made.pk)
    form["title"] = "Feeling heard"
    assert editor.client.post(address, form).json()["is_valid"]
    response = editor.client.get(address, {"mode": mode})
    assert response.status_code == 200
    assert "Feeling heard" in told(response)


def test_list__says_where_each_is_used(editor: SnippetDesk) -> None:
    used, _free = factories.reference("Feeling seen"), factories.reference("Feeling heard")
    article = factories.article("On rest", references=[used])
    draft = factories.article("On care", references=[])
    draft.references = [ArticleReference(reference=used)]
    draft.save_revision()
    page = editor.read("list")
    assert "2 articles:" in page
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in page
    assert ">On care</a> (draft)" in page
    assert "Not used" in page


def test_list__is_searched_and_filtered(editor: SnippetDesk) -> None:
    factories.reference("Feeling seen")
    factories.reference("Being alone", type="book")
    address = editor.address("list_results")
    assert "Being alone" not in told(editor.client.get(address, {"q": "seen"}))
    assert "Feeling seen" not in told(editor.client.get(address, {"type": "book"}))


def test_edit_form__says_where_it_is_used(editor: SnippetDesk) -> None:
    used = factories.reference()
    factories.article("On rest", references=[used])
    page = editor.read("edit", used.pk)
    assert "Used on 1 article." in page
    assert "On rest</a>" in page
    assert "No article uses it." in editor.read("edit", factories.reference().pk)


def test_deleting_one_in_use__is_refused_naming_the_article(moderator: SnippetDesk) -> None:
    used = factories.reference("Feeling seen")
    factories.article("On rest", references=[used])
    response = moderator.client.post(moderator.address("delete", used.pk), follow=True)
    assert "“Feeling seen (1991)” cannot be deleted: it is used by “On rest”." in told(response)
    assert Reference.objects.filter(pk=used.pk).exists()


def test_deleting_several_of_which_one_is_in_a_draft__is_refused_for_all(moderator: SnippetDesk) -> None:
    used, free = factories.reference("Feeling seen"), factories.reference("Being alone")
    draft = factories.article("On rest", references=[])
    draft.references = [ArticleReference(reference=used)]
    draft.save_revision()
    address = reverse("wagtail_bulk_action", args=["references", "reference", "delete"])
    response = moderator.client.post(f"{address}?id={used.pk}&id={free.pk}", follow=True)
    assert "it is used by “On rest” (draft)" in told(response)
    assert Reference.objects.filter(pk__in=[used.pk, free.pk]).count() == 2


def test_deleting_what_nothing_uses__leaves_a_tombstone(moderator: SnippetDesk) -> None:
    free = factories.reference()
    moderator.client.post(moderator.address("delete", free.pk), follow=True)
    assert not Reference.objects.exists()
    assert Entry.objects.get(id=free.public_id).deleted
