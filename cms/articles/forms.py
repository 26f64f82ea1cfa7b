"""What an editor is asked before an article leaves the public."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from cms.articles.models import Article


class WithdrawalForm(forms.Form):
    """The public reason, and what to read instead."""

    reason = forms.CharField(
        label=_("Public reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers who come to the article's address read this, online and offline."),
    )
    replacement: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("What to read instead"),
        queryset=Article.objects.none(),
        required=False,
        widget=AdminPageChooser(target_models=[Article]),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["replacement"]
        choices.queryset = Article.objects.live().exclude(pk=article.pk)
