"""What is pasted or uploaded to be imported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.references.formats import FORMATS, Unreadable
from cms.references.formats.decoding import text_of
from cms.references.formats.registry import LARGEST, checked_size

CHOICES = [("", _("Find out by itself")), *((one.name, one.label) for one in FORMATS.values())]


class ImportForm(forms.Form):
    """A text or a file, and its format where it is known. Valid data have ``text``, ``encoding`` and ``name``."""

    pasted = forms.CharField(
        label=_("Paste"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "references-import-paste"}),
        help_text=_("One entry or thousands."),
    )
    upload = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".bib,.bibtex,.ris,.json,.txt,.enw"}),
        help_text=_("Up to 5 MB, as Zotero, Mendeley, EndNote, PubMed and others export them."),
    )
    format = forms.ChoiceField(label=_("Format"), choices=CHOICES, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        upload, pasted = cleaned.get("upload"), cleaned.get("pasted") or ""
        if upload and pasted.strip():
            raise forms.ValidationError(
                _("Paste something or choose a file, not both: nobody could say which is meant.")
            )
        try:
            if upload:
                checked_size(upload.size)
                cleaned["text"], cleaned["encoding"] = text_of(upload.read(LARGEST + 1))
                cleaned["name"] = upload.name[:200]
            elif pasted.strip():
                checked_size(len(pasted))
                cleaned |= {"text": pasted, "encoding": "", "name": str(_("Pasted text"))}
            else:
                self.add_error("pasted", _("Paste references here, or choose a file."))
        except Unreadable as problem:
            self.add_error("upload" if upload else "pasted", str(problem))
        return cleaned
