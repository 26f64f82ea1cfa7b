"""Somebody's questions: asked, listed with what has become of them, written anew, taken back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.helplines.risk_words import has_risk_words
from cms.notifications.services import seen
from cms.people.gates import Gate
from cms.people.models import User
from cms.people.writing import KeyReused
from cms.questions import services
from cms.questions.forms import QuestionForm, topics
from cms.questions.models import Question, State
from cms.questions.telling import ASKED, told_to_author
from pwa.own import Copy, Keyed, copies, copy, draw, own_page, sent

LIST, FORM = "own/questions.html", "own/ask.html"


class KeyedQuestionForm(Keyed, QuestionForm):
    """A question, from a page."""


@require_http_methods(["GET", "HEAD"])
@own_page(Gate.QUESTION)
def listed(request: HttpRequest, user: User) -> HttpResponse:
    """List somebody's questions, the latest first, and how far each is."""
    seen(user, request.path)
    return draw(request, LIST, shown(user))


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.QUESTION)
def ask(request: HttpRequest, user: User) -> HttpResponse:
    """Ask something."""
    language = get_language() or settings.LANGUAGE_CODE
    form = KeyedQuestionForm(request.POST or None, author=user, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(user, form.wording, language, form.cleaned_data["key"])
        except KeyReused:
            form.add_error(None, _("This was sent already. Load the page again to ask something new."))
        except services.TooMany:
            form.add_error(None, _("You have asked as much today as one can. Come back tomorrow."))
        else:
            words = f"{sent()}. {_('A moderator reads it before anybody else does.')}"
            messages.success(request, words, extra_tags="sent")
            return redirect("own_questions")
    return draw(request, FORM, asking(form, language), 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.QUESTION)
def change(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Write a question anew."""
    question = question_of(user, id)
    if not question.is_open:
        raise Http404
    form = form_of(question, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.change(question, user, form.wording)
        messages.success(request, f"{sent()}. {_('A moderator reads it again.')}", extra_tags="sent")
        return redirect("own_questions")
    return draw(request, FORM, changing(form, question), 422 if form.errors else 200)


@require_POST
@own_page(Gate.QUESTION)
def withdraw(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Take a question back."""
    question = question_of(user, id)
    try:
        services.withdraw(question, user)
    except services.NotOpen:
        raise Http404 from None
    messages.success(request, _("Your question is withdrawn, and what it said is deleted."))
    return redirect("own_questions")


def asking(form: QuestionForm, language: str) -> dict[str, Any]:
    """Give what the page with the form needs. Help is shown where what was sent has risk words in it."""
    said = [str(form.data.get(name, "")) for name in ("title", "text")] if form.is_bound else []
    return {
        "form": form,
        "language": language,
        "topics": list(topics(language).values("slug", "title")),
        "shows_help": has_risk_words(*said),
    }


def form_of(question: Question, user: User, sent: QueryDict | None = None) -> QuestionForm:
    """Give the form in which a question is written anew."""
    now = {**question.wording, "topic": question.topic and question.topic.slug}
    return QuestionForm(sent, initial=now, author=user, language=question.language)


def changing(form: QuestionForm, question: Question) -> dict[str, Any]:
    """Give what the page needs on which a question is written anew."""
    return {**asking(form, question.language), "question": told_to_author(question), "changing": True}


def shown(user: User) -> dict[str, Any]:
    """Give somebody's questions, and whether help is to be shown: where one that is not public has risk words in it."""
    asked = [question for question in ASKED.filter(author=user) if question.state != State.WITHDRAWN]
    return {
        "questions": [told_to_author(question) for question in asked],
        "shows_help": any(has_risk_words(one.title, one.text) for one in asked if not one.live),
    }


@copies
def kept(user: User) -> Iterable[Copy]:
    """Give the list of questions, the form for a new one and that for each old one, for somebody's phone."""
    yield copy(reverse("own_questions"), _("My questions"), LIST, shown(user))
    language = get_language() or settings.LANGUAGE_CODE
    empty = asking(QuestionForm(author=user, language=language), language)
    yield copy(reverse("own_ask"), _("Ask a question"), FORM, empty)
    for question in ASKED.filter(author=user):
        if question.is_open:
            context = changing(form_of(question, user), question)
            yield copy(reverse("own_question", args=[question.public_id]), _("Change your question"), FORM, context)


def question_of(user: User, id: UUID) -> Question:
    """Give one of somebody's questions. Raises ``Http404`` for what is not there or not theirs."""
    return get_object_or_404(ASKED.filter(author=user), public_id=id)
