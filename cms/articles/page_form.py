"""The admin's form of an article."""

from typing import Any

from django.utils.translation import gettext as _

from cms.publishing.forms import PublishedPageForm, offer_in_language


class ArticleForm(PublishedPageForm):
    """Asks what changed only where readers have a version already, and about notices only where there are any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "change_kind" in self.fields:
            kinds: Any = self.fields["change_kind"]
            kinds.choices = [choice for choice in kinds.choices if choice[0]]
        if self.instance.pk is None or not self.instance.live:
            self._leave_out("change_kind", "change_note", "answers_notices")
        elif "answers_notices" in self.fields:
            self._name_notices()
        if "topics" in self.fields:
            offer_in_language(self.fields["topics"], self.instance, self.instance.topics.all())

    def _name_notices(self) -> None:
        from cms.articles.due import open_notices

        notices = open_notices([self.instance.pk])
        if not notices:
            self._leave_out("answers_notices")
            return
        self.fields["answers_notices"].help_text = _(
            "%(notices)s. Once this version is published, the article leaves the to-do list."
        ) % {"notices": "; ".join(f"{notice.label}: {notice.reference}" for notice in notices)}

    def _leave_out(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def clean_change_kind(self) -> str:
        return self.cleaned_data["change_kind"] or "update"
