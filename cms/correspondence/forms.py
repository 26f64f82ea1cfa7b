"""What may be written, by the same rules on a page and in the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.correspondence.models import Decision, Message, Place, Reason, Report, Subject

EMPTY = _("Write something first.")


class MessageForm(forms.Form):
    """One message."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=Message.LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": EMPTY},
    )


class ContactForm(MessageForm):
    """A message to the team."""

    subject = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("", _("Choose one")), *Subject.choices],
        error_messages={"required": _("Choose what it is about."), "invalid_choice": _("Choose one of the list.")},
    )
    field_order = ["subject", "text"]


class FirstMessageForm(MessageForm):
    """A message to a specialist, with which a conversation begins."""

    name = forms.CharField(
        label=_("What should they call you?"),
        help_text=_("Any name that you like. It need not be your own; leave it empty to be “A reader”."),
        max_length=Place.LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["name", "text"]

    def clean_name(self) -> str:
        """Keep an address out of it, by which somebody could be found."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if "@" in name:
            raise forms.ValidationError(_("Use a name, not an address."))
        return name


class ReportForm(forms.Form):
    """What is wrong with a message."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=[("", _("Choose one")), *Reason.choices],
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose one of the list.")},
    )
    details = forms.CharField(
        label=_("Is there something we should know?"),
        help_text=_("You need not write anything."),
        max_length=Report.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(forms.Form):
    """What a moderator decides about a report."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What you tell whoever wrote it"),
        help_text=_("They get it as a message of the team. It has to be said wherever something is done."),
        max_length=Message.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    note = forms.CharField(
        label=_("Note for the team"),
        help_text=_("Why you decide so. Neither of the two sees it."),
        max_length=Report.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Let nobody be warned, suspended or shut out without being told."""
        given = super().clean() or self.cleaned_data
        if given.get("decision") not in (None, Decision.NOTHING) and not given.get("words"):
            self.add_error("words", _("Tell them what happens and why."))
        return given
