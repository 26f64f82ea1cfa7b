"""What somebody hands in to show who they are: kept, opened by those who may, deleted."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext

from cms.people.models import User
from cms.publishing.services import one_writer
from cms.specialists import files
from cms.specialists.models import Evidence, Step
from cms.specialists.turns import Refused, may_see_evidence, note, own_turn

MOST_EVIDENCE = 8


def hand_in(user: User, kind: str, file: Any) -> Evidence:
    """Keep a file that shows who somebody is. Raises ValidationError and :class:`Refused`."""
    looked = files.look_at(file)  # which takes its time, and nobody else's
    with own_turn(user) as specialist:
        if specialist.evidence.count() >= MOST_EVIDENCE:
            raise Refused(gettext("Eight files are the most. Delete one that is not needed."))
        stem = file.name.rpartition("/")[2].rpartition(".")[0] or "document"
        name = f"{stem[:100]}.{'pdf' if looked.content_type == files.PDF else 'jpg'}"
        evidence = Evidence.objects.create(
            specialist=specialist, kind=kind, name=name, content_type=looked.content_type, size=len(looked.content)
        )
        files.keep(evidence, looked.content)
        note(specialist, Step.Action.EVIDENCE_ADDED, user)
        return evidence


def delete_evidence(user: User, key: Any) -> None:
    """Delete a file that somebody has handed in. Raises Evidence.DoesNotExist."""
    with own_turn(user) as specialist:
        remove_evidence(specialist.evidence.get(pk=key), user)


def remove_evidence(evidence: Evidence, by: User | None) -> None:
    """Delete a file once it is committed that it is gone. Only as the one writer."""
    note(evidence.specialist, Step.Action.EVIDENCE_DELETED, by)
    transaction.on_commit(partial(files.throw_away, evidence.pk))
    evidence.delete()


def open_evidence(by: Any, evidence: Evidence) -> bytes:
    """Give a file to somebody who may see it, and write down that they did. Raises PermissionDenied."""
    if not may_see_evidence(by):
        raise PermissionDenied
    content = files.read(evidence)
    with one_writer():
        note(evidence.specialist, Step.Action.EVIDENCE_SEEN, by, log_data={"evidence": str(evidence.pk)})
    return content
