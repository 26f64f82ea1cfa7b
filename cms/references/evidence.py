"""What kind of study a work is, and how far somebody here relies on what it found.

The strength is never reckoned from anything: a person reads the work, chooses a level and puts their name and the
day to it. The levels are those of GRADE: Balshem, H., Helfand, M., Schünemann, H. J., et al. (2011). GRADE guidelines:
3. Rating the quality of evidence. Journal of Clinical Epidemiology, 64(4), 401–406.
https://doi.org/10.1016/j.jclinepi.2010.07.015

GRADE rates a whole body of evidence on one outcome. We say of one work how sure we are of what we cite it for, which
is less; readers are told so where the levels are explained (``pwa/templates/pwa/pieces/strength.html``).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyType(models.TextChoices):
    """How a work came to say what it says."""

    SYSTEMATIC_REVIEW = "systematic_review", _("Systematic review or meta-analysis")
    NARRATIVE_REVIEW = "narrative_review", _("Narrative review")
    RANDOMISED_TRIAL = "randomised_trial", _("Randomised controlled trial")
    NON_RANDOMISED = "non_randomised", _("Non-randomised or quasi-experimental study")
    COHORT = "cohort", _("Cohort study")
    CASE_CONTROL = "case_control", _("Case–control study")
    CROSS_SECTIONAL = "cross_sectional", _("Cross-sectional study")
    QUALITATIVE = "qualitative", _("Qualitative study")
    CASE_REPORT = "case_report", _("Case report or case series")
    MEASUREMENT = "measurement", _("Measurement or validation study")
    THEORY = "theory", _("Theoretical work")
    MANUAL = "manual", _("Treatment manual or clinical handbook")
    GUIDELINE = "guideline", _("Guideline")
    INFORMATION = "information", _("Information for the public")
    OTHER = "other", _("Another kind of work")


class Strength(models.TextChoices):
    """How sure we are of what we cite a work for: GRADE's four levels."""

    HIGH = "high", _("High")
    MODERATE = "moderate", _("Moderate")
    LOW = "low", _("Low")
    VERY_LOW = "very_low", _("Very low")


class ReferenceStatus(models.TextChoices):
    """What became of the work after it was published."""

    NONE = "none", _("No notice")
    CORRECTED = "corrected", _("Corrected")
    RETRACTED = "retracted", _("Retracted")
