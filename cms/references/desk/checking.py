"""What an editor fills in about each cited work, checked before it becomes a citation."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.references.citations import CitedItem
from cms.references.locators import CHOICES
from cms.references.models import Reference

MOST = 20  # works in one citation; more than that nobody can read


class CitedItemForm(forms.Form):
    """One cited work: where in it, the words around it, and whether its author stands already in the sentence."""

    id = forms.IntegerField(min_value=1)
    label = forms.ChoiceField(choices=CHOICES, required=False)
    locator = forms.CharField(max_length=60, required=False)
    # A form's own `prefix` is set on the instance, where a field is never looked for.
    prefix = forms.CharField(max_length=100, required=False)  # type: ignore[assignment]
    suffix = forms.CharField(max_length=100, required=False)
    suppress_author = forms.BooleanField(required=False)

    def clean_label(self) -> str:
        return self.cleaned_data["label"] or "page"

    def clean_locator(self) -> str:
        return _one_line(self.cleaned_data["locator"])

    def clean_prefix(self) -> str:
        return _one_line(self.cleaned_data["prefix"])

    def clean_suffix(self) -> str:
        return _one_line(self.cleaned_data["suffix"])

    def item(self) -> CitedItem:
        """Give the cited work; only after the form was found valid."""
        values = self.cleaned_data
        return CitedItem(**{**values, "label": values["label"] if values["locator"] else ""})


TOO_MANY = _("A citation may have up to %(most)d references. Make two of it.")


def check_items(raw: Any) -> tuple[list[CitedItem], dict[str, dict[str, str]], str]:
    """Give the cited works, what is wrong by the place in the list and the field, and what is wrong with the whole."""
    entries = [entry for entry in raw if isinstance(entry, dict)] if isinstance(raw, list) else []
    if not entries:
        return [], {}, gettext("Choose at least one reference.")
    if len(entries) > MOST:
        return [], {}, TOO_MANY % {"most": MOST}
    citing = [CitedItemForm(entry) for entry in entries]
    wrong = {
        str(number): {field: str(messages[0]) for field, messages in form.errors.items()}
        for number, form in enumerate(citing)
        if not form.is_valid()
    }
    if wrong:
        return [], wrong, gettext("Something has to be put right before the citation can be inserted.")
    items = [form.item() for form in citing]
    known = set(Reference.objects.filter(pk__in=[item.id for item in items]).values_list("pk", flat=True))
    gone = gettext("This reference has been deleted. Remove it from the citation.")
    wrong = {str(number): {"id": gone} for number, item in enumerate(items) if item.id not in known}
    return (items, wrong, gettext("A reference of this citation is not there any more.")) if wrong else (items, {}, "")


def _one_line(text: str) -> str:
    return " ".join(text.split())
