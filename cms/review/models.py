"""Clinical review: the task of a workflow in which a clinician answers for an article."""

from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from cms.articles.models import Article
from cms.people.models import Person


class ClinicalReview(AbstractGroupApprovalTask):
    """Whoever approves an article here stands in it as its reviewer, with the day, if readers know them."""

    class Meta:
        verbose_name = _("clinical review")
        verbose_name_plural = _("clinical reviews")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups review an article, and are named in it as its reviewer")

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Note the review in the draft before the next task begins with that draft."""
        if action_name == "approve":
            note_review(task_state.workflow_state.content_object, user)
        super().on_action(task_state, user, action_name, **kwargs)


def note_review(thing: Any, user: Any) -> None:
    """Enter a user as the reviewer of an article's draft, as of today, if they are a person whom readers know."""
    person = Person.objects.filter(user=user, live=True).first()
    article = thing.specific if isinstance(thing, Page) else thing
    if person is None or not isinstance(article, Article):
        return
    draft = article.get_latest_revision_as_object()
    draft.reviewer, draft.reviewed_on = person, localdate()
    if draft.next_review_on and draft.next_review_on <= draft.reviewed_on:
        draft.next_review_on = None  # the review that was due is this one
    draft.save_revision(user=user)
    thing.refresh_from_db(
        fields=["latest_revision"]
    )  # a review knows its page as a plain one: the next task begins here
