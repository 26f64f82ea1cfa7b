"""What waits for whoever looks: what came back to them, what is theirs to review, and imports for them to publish."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from cms.imports.models import ImportRow, ReferenceImport
from cms.references.models import Reference
from cms.review.rows import SHOWN, Action, Listing, Row, edit_url, title

SENT_BACK = WorkflowState.STATUS_NEEDS_CHANGES


def waiting(user: Any) -> Listing:
    """Give what goes no further before this user has done something: their own first, then the longest waiting."""
    found = [_sent_back(user), _to_review(user), _imported(user)]
    rows = [row for listed, _count in found for row in listed][:SHOWN]
    count = sum(number for _listed, number in found)
    return Listing("waiting", _("Waiting for me"), rows, count, _("Nothing is waiting for you."))


def _sent_back(user: Any) -> tuple[list[Row], int]:
    """What this user handed in, and a reviewer sent back with a comment."""
    states = WorkflowState.objects.active().filter(status=SENT_BACK, requested_by=user)
    states = states.select_related("current_task_state__finished_by").order_by("-current_task_state__finished_at")
    rows = []
    for state in states.prefetch_related("content_object")[:SHOWN]:
        thing, task = state.content_object, state.current_task_state
        if thing is not None and task is not None:
            rows.append(Row(title(thing), edit_url(thing), sent_back(task), task.finished_at, pressing=True))
    return rows, states.count()


def sent_back(task: TaskState) -> str:
    """Say who sent something back, and what they said to it."""
    who = str(task.finished_by or task.task.name)
    if task.comment:
        return _("Sent back by %(who)s: “%(comment)s”") % {"who": who, "comment": task.comment}
    return _("Sent back by %(who)s, without a comment") % {"who": who}


def _to_review(user: Any) -> tuple[list[Row], int]:
    states = TaskState.objects.reviewable_by(user).select_related("task", "workflow_state__requested_by", "revision")
    rows = []
    for state in states.order_by("started_at").prefetch_related("workflow_state__content_object")[:SHOWN]:
        thing = state.workflow_state.content_object
        if thing is None:
            continue
        asked = state.workflow_state.requested_by
        note = _("%(task)s, from %(who)s") % {"task": state.task.name, "who": asked} if asked else state.task.name
        rows.append(Row(title(thing), edit_url(thing), note, state.started_at, actions=_actions(thing, state)))
    return rows, states.count()


def _actions(thing: Any, state: TaskState) -> tuple[Action, ...]:
    if isinstance(thing, Page):
        name = "wagtailadmin_pages:workflow_action"
    else:
        name = thing.snippet_viewset.get_url_name("workflow_action")
    return (
        Action(_("Approve"), reverse(name, args=[thing.pk, "approve", state.pk]), asks=False),
        Action(_("Send back…"), reverse(name, args=[thing.pk, "reject", state.pk]), asks=True),
    )


def _imported(user: Any) -> tuple[list[Row], int]:
    """Imports by those who may not publish, to whoever may: no article can be published that cites their drafts."""
    if not policy_registry.get_by_type(Reference).user_has_permission(user, "publish"):
        return [], 0
    drafts = Count("rows", filter=Q(rows__result=ImportRow.Result.MADE, rows__made__live=False))
    imports = ReferenceImport.objects.filter(state=ReferenceImport.State.DONE, publish=False).select_related("user")
    imports = imports.defer("text").annotate(drafts=drafts).filter(drafts__gt=0).order_by("created_at")
    rows = []
    for one in imports[:SHOWN]:
        note = ngettext(
            "%(count)s imported reference to publish, from %(who)s",
            "%(count)s imported references to publish, from %(who)s",
            one.drafts,
        )
        note %= {"count": one.drafts, "who": one.user or "–"}
        rows.append(Row(one.name, one.get_absolute_url(), note, one.moved_at))
    return rows, imports.count()


def in_review(user: Any) -> Listing:
    """What is on its way: to who publishes all of it, to everybody else what they handed in themselves."""
    states = WorkflowState.objects.active().select_related("current_task_state__task", "requested_by")
    states = states.exclude(status=SENT_BACK, requested_by=user)
    if not policy_registry.get_by_type(Page).sees_everything(user):
        states = states.filter(requested_by=user)
    rows = []
    for state in states.order_by("-created_at").prefetch_related("content_object")[:SHOWN]:
        if state.content_object is None:
            continue
        back = state.status == SENT_BACK
        task = state.current_task_state.task.name if state.current_task_state else ""
        note = _("%(task)s: sent back, needs changes") % {"task": task} if back else task
        thing = state.content_object
        rows.append(Row(title(thing), edit_url(thing), note, state.created_at, pressing=back))
    empty = _("Nothing is in moderation.")
    return Listing("moderation", _("In moderation"), rows, states.count(), empty)
