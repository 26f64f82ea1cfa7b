"""What a moderator says with a decision."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.specialists.moderation import LONGEST

# What is said once it is done.
DECISIONS = {
    "verify": _("The profile is verified and public."),
    "approve": _("The changes are public."),
    "return": _("It went back with your reasons."),
    "suspend": _("The profile is suspended. Readers do not see it any more."),
    "reinstate": _("The profile is no longer suspended."),
}


class VerifyForm(forms.Form):
    """What was compared with what, and until when that holds."""

    checked = forms.CharField(
        label=_("What you have checked"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see this. Such as “Name and number compared with the public register”."),
    )
    until = forms.DateField(
        label=_("Valid until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("From the next day on readers do not see the profile. A year is usual, two are the most."),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = timezone.now().date()
        if not today < until <= today + LONGEST:
            raise ValidationError(_("Choose a day from tomorrow on, within the next two years."))
        return until


class ReasonsForm(forms.Form):
    """Why, in words for whose profile it is."""

    reasons = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whose profile it is reads this, in an email and on their page."),
    )
