"""The moderators' desk: what waits, urgent first; reading it; publishing, giving back, rejecting, taking down."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from cms.notifications.services import seen
from cms.people.models import User
from cms.questions import services
from cms.questions.forms import TextField, topics
from cms.questions.models import Answer, Handling, Question, State
from cms.questions.reasons import OF_ANSWERS, OF_QUESTIONS
from cms.questions.telling import path_of
from cms.questions.triage import is_urgent, queue

ON_A_PAGE = 30
# What is shown beside what waits, by its name in the address.
SHELVES: dict[str, tuple[Any, Any]] = {
    "public": (gettext_lazy("Public"), {"live": True}),
    "returned": (gettext_lazy("Returned"), {"state": State.RETURNED}),
    "rejected": (gettext_lazy("Rejected"), {"state": State.REJECTED}),
}


class DecisionForm(forms.Form):
    """What a moderator decides about the wording that they have read."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("publish", ""), ("return", ""), ("reject", "")])
    topic = forms.SlugField(label=gettext_lazy("Topic"), required=False, allow_unicode=True)
    reasons = forms.MultipleChoiceField(label=gettext_lazy("Why"), required=False, widget=forms.CheckboxSelectMultiple)
    words = TextField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Whoever wrote it reads this, and nobody else. It is sent in their language."),
    )

    def __init__(self, thing: Question | Answer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        self.known: Mapping[str, Any] = OF_QUESTIONS if isinstance(thing, Question) else OF_ANSWERS
        reasons: Any = self.fields["reasons"]
        reasons.choices = list(self.known.items())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        says_why = given.get("reasons") or given.get("words")
        if given.get("decision") in ("return", "reject") and not says_why:
            raise ValidationError(_("Say why: choose a reason, or write one. Whoever wrote it reads nothing else."))
        return given

    @property
    def note(self) -> str:
        """What is said to whoever wrote it, in their language."""
        with override(services.question_of(self.thing).language):
            chosen = [str(self.known[name]) for name in self.cleaned_data["reasons"]]
        return "\n\n".join([*chosen, *filter(None, [self.cleaned_data["words"]])])


def moderator_of(request: HttpRequest) -> User:
    """Give who moderates. Raises ``PermissionDenied`` for everybody else."""
    user = request.user
    if not isinstance(user, User) or not services.may_moderate(user):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "HEAD"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits, urgent first, then what has waited longest; ``?show=`` what was decided."""
    moderator = moderator_of(request)
    seen(moderator, request.path)
    found = queue(moderator)
    shown = request.GET.get("show", "")
    context: dict[str, Any] = {
        "waiting": found,
        "urgent": sum(one.is_urgent for one in found),
        "shown": shown if shown in SHELVES else "",
        "shelves": [(name, label) for name, (label, _which) in SHELVES.items()],
        **frame(_("Questions")),
    }
    if context["shown"]:
        decided = Question.objects.filter(**SHELVES[shown][1]).order_by("-decided_at", "-pk")
        context["page"] = Paginator(decided, ON_A_PAGE).get_page(request.GET.get("p"))
    return TemplateResponse(request, "questions/admin/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, key: int) -> HttpResponse:
    """Read a question and decide about it."""
    return desk(request, get_object_or_404(Question.objects.select_related("topic"), pk=key))


@require_http_methods(["GET", "HEAD", "POST"])
def read_answer(request: HttpRequest, key: int) -> HttpResponse:
    """Read an answer and decide about it."""
    return desk(request, get_object_or_404(Answer.objects.select_related("question", "specialist"), pk=key))


def desk(request: HttpRequest, thing: Question | Answer) -> HttpResponse:
    """Show something to a moderator, or do what they have decided; that they have read it is written down."""
    moderator = moderator_of(request)
    services.require(thing, moderator)
    form = DecisionForm(thing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return decide(request, thing, moderator, form)
    services.read(thing, moderator)
    question = services.question_of(thing)
    context = {
        "thing": thing,
        "question": question,
        "answer": thing if isinstance(thing, Answer) else None,
        "is_urgent": is_urgent(thing),
        "before": thing.public if thing.is_change else {},
        "public_title": question.public.get("title") or question.title,
        "public_text": question.public.get("text") or question.text,
        "address": path_of(question) if question.live else "",
        "topics": list(topics(question.language)),
        "answers": question.answers.select_related("specialist").exclude(state=State.WITHDRAWN),
        "handlings": Handling.objects.filter(question=question).select_related("by", "answer"),
        "form": form,
        **frame(_("Answer") if isinstance(thing, Answer) else _("Question"), inside=True),
    }
    return TemplateResponse(request, "questions/admin/read.html", context, status=400 if form.errors else 200)


def decide(request: HttpRequest, thing: Question | Answer, moderator: User, form: DecisionForm) -> HttpResponse:
    """Do what was decided, and go on to what waits next."""
    given = form.cleaned_data
    try:
        if given["decision"] == "publish":
            services.publish(thing, moderator, given["edition"], **corrections(thing, given))
            messages.success(request, _("It is published."))
        elif given["decision"] == "return":
            services.return_with(thing, moderator, given["edition"], form.note)
            messages.success(request, _("It went back to whoever wrote it, with your note."))
        else:
            services.reject(thing, moderator, given["edition"], form.note)
            messages.success(request, _("It is not public, and whoever wrote it is told why."))
    except services.Changed:
        messages.warning(request, _("It was changed, withdrawn or decided since you opened it. Nothing was done."))
    return redirect("questions_queue")


def corrections(thing: Question | Answer, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is published otherwise than it was written: the topic, where a moderator knows a better one."""
    if not isinstance(thing, Question):
        return {}
    return {"topic": topics(thing.language).filter(slug=given["topic"]).first() if given["topic"] else None}


def frame(title: str, inside: bool = False) -> dict[str, Any]:
    """Give what the admin's frame around a page wants to know."""
    trail = [{"url": reverse("questions_queue"), "label": _("Questions")}] if inside else []
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            *trail,
            {"url": "", "label": title},
        ],
    }
