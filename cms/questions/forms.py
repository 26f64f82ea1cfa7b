"""What may be asked and answered, by the same rules on a page and in the API."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from cms.articles.models import Topic
from cms.people.models import User
from cms.questions.models import Answer, Question
from cms.questions.pseudonyms import problem_with

# What a person does not see and a machine fills in; it says so to whoever meets it after all.
TRAP = "website"


class TextField(forms.CharField):
    """Some paragraphs, as they are kept: without white space at their ends, and one empty line between two at most."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class LineField(forms.CharField):
    """One line, its white space made single."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class TrappedForm(forms.Form):
    """A form with a field that only machines fill in."""

    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Refuse what fills in the trap, and say how a person gets out of it."""
        if self.cleaned_data[TRAP]:
            raise ValidationError(__("This field is for machines. Empty it, and send again."))
        return ""


class QuestionForm(TrappedForm):
    """A question, in the language that readers will see it in. ``author`` is whose it is, where that is known."""

    pseudonym = LineField(
        label=_("Name to stand over it"),
        max_length=Question.LONGEST["pseudonym"],
        help_text=_("Not your own, and another for each question, so that nobody can put them together."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "pseudonyms"}),
        error_messages={"required": _("Choose a name, or take one that is offered.")},
    )
    topic = forms.SlugField(label=_("Topic"), required=False, allow_unicode=True)
    title = LineField(
        label=_("Your question in one sentence"),
        max_length=Question.LONGEST["title"],
        min_length=10,
        error_messages={"required": _("Say in one sentence what you would like to know.")},
    )
    text = TextField(
        label=_("What is behind it"),
        max_length=Question.LONGEST["text"],
        min_length=20,
        help_text=_("Leave out names of persons and places, and whatever else somebody could be known by."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say a little more, so that somebody can answer.")},
    )
    field_order = ["title", "text", "topic", "pseudonym", TRAP]

    def __init__(self, *args: Any, author: User | None = None, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author = author
        self.language = language or settings.LANGUAGE_CODE

    def clean_pseudonym(self) -> str:
        """Refuse what somebody could be known by."""
        pseudonym: str = self.cleaned_data["pseudonym"]
        if problem := problem_with(pseudonym, self.author):
            raise ValidationError(problem)
        return pseudonym

    def clean_topic(self) -> Topic | None:
        """Find the public topic of a slug."""
        slug = self.cleaned_data["topic"]
        topic = topics(self.language).filter(slug=slug).first() if slug else None
        if slug and topic is None:
            raise ValidationError(__("Choose one of the topics, or none."))
        return topic

    @property
    def wording(self) -> dict[str, Any]:
        """What was written, as the services take it."""
        return {name: self.cleaned_data[name] for name in ("pseudonym", "topic", "title", "text")}


class AnswerForm(forms.Form):
    """An answer."""

    text = TextField(
        label=_("Your answer"),
        max_length=Answer.LONGEST["text"],
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write something first.")},
    )


def topics(language: str) -> Any:
    """Give the topics that readers see in a language, by title."""
    return Topic.objects.filter(live=True, locale__language_code=language).order_by("title", "pk")
