"""What everything that is done with a profile shares: whose turn it is, and how it is written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.people.models import User
from cms.publishing.services import one_writer
from cms.specialists.models import MAY_VERIFY, SEE_EVIDENCE, Specialist, Step


class Refused(Exception):
    """What was asked for cannot be done now. ``problems`` says why, a sentence each."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


def may_verify(user: Any) -> bool:
    """Say whether somebody may look at profiles and decide about them."""
    return bool(user.is_active and user.has_perm(MAY_VERIFY))


def may_see_evidence(user: Any) -> bool:
    """Say whether somebody may open what specialists have handed in."""
    return bool(user.is_active and user.has_perm(SEE_EVIDENCE))


@contextmanager
def own_turn(user: User) -> Iterator[Specialist]:
    """Give somebody's own profile to change, as the one writer. Raises Specialist.DoesNotExist."""
    with one_writer():
        yield Specialist.objects.select_related("user", "latest_revision").get(user=user)


@contextmanager
def moderators_turn(key: int, by: Any) -> Iterator[Specialist]:
    """Give a profile to decide about, as the one writer. Raises PermissionDenied: also for one's own."""
    if not may_verify(by):
        raise PermissionDenied
    with one_writer(), transaction.atomic():
        specialist = Specialist.objects.select_related("user", "latest_revision").get(pk=key)
        if specialist.user_id == by.pk:
            raise PermissionDenied
        yield specialist


def reloaded(specialist: Specialist) -> Specialist:
    return Specialist.objects.select_related("user", "latest_revision").get(pk=specialist.pk)


def latest(specialist: Specialist) -> Revision | None:
    return Revision.objects.for_instance(specialist).order_by("-created_at", "-pk").first()


def note(
    specialist: Specialist,
    action: str,
    by: Any,
    reasons: str = "",
    checked: str = "",
    until: date | None = None,
    log_data: dict[str, Any] | None = None,
) -> Step:
    """Write a step into a profile's history, and that it was taken into the admin's log."""
    log(specialist, f"specialists.{action}", user=by, data=log_data)
    return Step.objects.create(
        specialist=specialist, action=action, by=by, reasons=reasons.strip(), checked=checked, until=until
    )
