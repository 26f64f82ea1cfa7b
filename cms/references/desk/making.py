"""Making a reference in the middle of writing: the same form and rules as the reference's own page."""

from typing import Any

from django.http import QueryDict
from wagtail.admin.panels import Panel
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from cms.publishing.rules import problems_of
from cms.publishing.services import one_writer
from cms.references.models import Reference
from cms.references.panels import REFERENCE

PREFIX = "new-reference"


def may(user: Any, *actions: str) -> bool:
    """Say whether somebody may do any of these to references: add, change, view, publish, delete."""
    return bool(policy_registry.get_by_type(Reference).user_has_any_permission(user, actions))


def work_panel() -> Panel:
    """Give the first tab of a reference's own form, by itself."""
    return REFERENCE.children[0].bind_to_model(Reference)


def work_form(user: Any, data: QueryDict | None = None, draft: bool = True) -> Any:
    """Give the form of a new reference; a draft may be as unfinished as on its own page."""
    form = work_panel().get_form_class()(data, instance=Reference(), for_user=user, prefix=PREFIX)
    if draft:
        form.defer_required_fields()
    return form


def make_reference(form: Any, user: Any, publish: bool) -> tuple[Reference | None, list[str]]:
    """Save a valid form as a draft, or publish it. Gives the reference, or what keeps it from being published."""
    with one_writer():
        work: Reference = form.save(commit=False)
        work.live = False
        if publish and (problems := problems_of(work)):
            return None, problems
        work.save()
        revision = work.save_revision(user=user, log_action=False)
        log(instance=work, action="wagtail.create", user=user, revision=revision, content_changed=True)
        if publish:
            revision.publish(user=user)
            work.refresh_from_db()
        return work, []
