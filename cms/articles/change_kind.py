"""What sort of change a note on an article tells of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """Something was wrong, something is new, or it was checked again."""

    CORRECTION = "correction", _("Correction")
    UPDATE = "update", _("Update")
    REVIEW = "review", _("Review")
