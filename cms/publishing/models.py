"""What every published thing shares: an identity of its own, and the one row all writers take in turn."""

import uuid

from django.db import models
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.publishing.preview import PublicPreview


class Ledger(models.Model):
    """The one row that every writer takes first, so that revisions rise in commit order.

    ``epoch`` names this history of revisions: a restored database gets a new one, and clients of
    the old history are told to start again.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"revision {self.revision} of {self.epoch}"


class Identified(models.Model):
    """A thing with a public id of its own, which survives moves, renames and re-publication."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class PublishedSnippet(
    PublicPreview,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    Identified,
    index.Indexed,
    models.Model,
):
    """A snippet that is drafted, reviewed, scheduled, published and restored like a page."""

    class Meta:
        abstract = True
