"""The admin's own form of an article, filled in as an editor would."""

from typing import Any

from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.articles.models import Article
from cms.people.models import Person
from cms.references.models import Reference
from tests import factories


def article_form(
    *,
    authors: list[Person] | None = None,
    references: list[Reference] | None = None,
    topics: list[Any] | None = None,
    text: str = "<p>Something to read.</p>",
    **fields: Any,
) -> dict[str, Any]:
    """Give what the browser sends for an article; what is not named is empty."""
    values = {
        "title": "Rest",
        "slug": "rest",
        "summary": "",
        "image": "",
        "image_alt": "",
        "content_note": "",
        "body": streamfield([("text", rich_text(text))] if text else []),
        "reviewer": "",
        "reviewed_on": "",
        "next_review_on": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "authorships": inline_formset([{"person": author.pk} for author in authors or []]),
        "references": inline_formset(
            [
                {"reference": work.pk, "annotation": "Said here.", "locators": streamfield([])}
                for work in references or []
            ]
        ),
        "relations": inline_formset([]),
        "changes": inline_formset([]),
        "comments": inline_formset([]),
    }
    return {**nested_form_data({**values, **fields}), "topics": [topic.pk for topic in topics or []]}


def send(client: Client, address: str, form: dict[str, Any], action: str = "") -> Any:
    """Send a form of the admin, pressing one of its buttons."""
    return client.post(address, {**form, **({f"action-{action}": "1"} if action else {})}, follow=True)


def pass_review(article: Article) -> Any:
    """Approve the clinical review of what is submitted, and give the state of the task that comes then."""
    page: Any = Article.objects.get(pk=article.pk)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, factories.clinical_reviewer(), "approve")
    return Article.objects.get(pk=article.pk).current_workflow_task_state


def told(response: Any) -> str:
    """Give everything that the admin's messages and page say."""
    return str(response.content.decode())


def only_article() -> Article:
    """Give the one article there is."""
    return Article.objects.get()
