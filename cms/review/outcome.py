"""Tells whoever approved something, or sent it back, what has become of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.review.rows import title


class OutcomeMiddleware:
    """Adds to the answer of a step of review what came of it: Wagtail says nothing, or that something was updated."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        begun = timezone.now()
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400 and is_step(request):
            # What this request decided, which a refusal or a form with errors did not.
            decided = TaskState.objects.filter(finished_by=request.user, finished_at__gte=begun)
            for state in decided.select_related("workflow_state__requested_by").order_by("pk"):
                messages.success(request, outcome(state))
        return response


def is_step(request: Any) -> bool:
    """Say whether a request takes something further in review, from the dashboard or from its form."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    return request.path_info.startswith("/admin/") and (
        name == "workflow_action" or "action-workflow-action" in request.POST
    )


def outcome(state: TaskState) -> str:
    """Say what was decided, and where the thing is now."""
    review = state.workflow_state
    thing = review.content_object
    words = {"thing": title(thing), "who": review.requested_by or "–"}
    if state.status == TaskState.STATUS_REJECTED:
        return _("“%(thing)s” is sent back to %(who)s.") % words
    if review.status == WorkflowState.STATUS_IN_PROGRESS:
        words["task"] = review.current_task_state.task.name
        return _("“%(thing)s” is approved. The next step is: %(task)s.") % words
    due = thing.scheduled_revision
    if due is not None:
        words["moment"] = formats.date_format(timezone.localtime(due.approved_go_live_at), "j F Y, H:i")
        return _("“%(thing)s” is approved, and will be public on %(moment)s.") % words
    return _("“%(thing)s” is approved, and is public.") % words
