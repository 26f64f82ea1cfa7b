"""Imports of references: what was pasted or uploaded, what was read in it, and what became of each entry."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.references.models import Reference


class ReferenceImport(models.Model):
    """One file or paste. Its text is kept with it, so that nothing is lost when a tab is closed."""

    class State(models.TextChoices):
        """How far it has come; the first and the third are work for a task."""

        READING = "reading", _("Being read")
        CHOOSING = "choosing", _("Waiting for your choices")
        MAKING = "making", _("Being carried out")
        DONE = "done", _("Done")
        FAILED = "failed", _("Could not be read")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)
    name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    format = models.CharField(max_length=20, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.READING)
    problem = models.TextField(blank=True)
    publish = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import of references")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the admin's page of it."""
        return reverse("references_import:show", args=[self.pk])

    @property
    def is_working(self) -> bool:
        """Whether a task has something to do for it."""
        return self.state in (self.State.READING, self.State.MAKING)


class ImportRow(models.Model):
    """One entry of a file: where it stands, what was read in it, what is to be done with it, and what was."""

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        DUPLICATE = "duplicate", _("Already here")
        REPEATED = "repeated", _("Twice in this file")
        UNREADABLE = "unreadable", _("Unreadable")

    class Choice(models.TextChoices):
        MAKE = "make", _("Make a new reference")
        MERGE = "merge", _("Merge into the one that is here")
        SKIP = "skip", _("Leave it out")

    class Result(models.TextChoices):
        WAITING = "", _("Waiting")
        MADE = "made", _("Made")
        MERGED = "merged", _("Merged")
        SKIPPED = "skipped", _("Left out")
        FAILED = "failed", _("Not possible")

    of = models.ForeignKey(ReferenceImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    source = models.TextField()
    csl = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    is_incomplete = models.BooleanField(default=False)
    match = models.ForeignKey(Reference, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    choice = models.CharField(max_length=10, choices=Choice.choices, default=Choice.SKIP)
    taken: Any = models.JSONField(default=list)  # names of the fields that a merge takes from the file
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.WAITING, blank=True)
    made = models.ForeignKey(Reference, null=True, on_delete=models.SET_NULL, related_name="+")
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_row_per_number")]
        indexes = [models.Index(fields=["of", "result", "number"], name="import_row_waiting")]

    def __str__(self) -> str:
        return str(self.csl.get("title") or self.problem)[:200]


class DoiLookup(models.Model):
    """A DOI that somebody asked Crossref about, and what it said. Not who asked; it goes after a day."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        FOUND = "found", _("Found")
        FAILED = "failed", _("Not found")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    doi = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    answer = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.doi
