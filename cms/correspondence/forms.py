"""What may be written, by the same rules on a page and in the API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.correspondence.models import Message, Subject

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
