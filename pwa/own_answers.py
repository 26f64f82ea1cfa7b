"""Where verified specialists answer questions."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from api.library.models import Entry, EntryQuerySet, Kind
from cms.notifications.services import seen
from cms.people.gates import Gate
from cms.people.models import User
from cms.people.writing import KeyReused
from cms.questions import services
from cms.questions.forms import AnswerForm
from cms.questions.models import Answer, Question, State
from cms.questions.telling import ANSWERED, told_to_specialist
from cms.specialists.models import Specialist
from pwa.own import Copy, Keyed, copies, copy, draw, own_page, sent

ON_A_PAGE = 20
LIST, FORM = "own/specialist_questions.html", "own/answer.html"


class KeyedAnswerForm(Keyed, AnswerForm):
    """An answer, from a page."""


@dataclass(frozen=True)
class Desk:
    """What somebody has in front of them who answers: the question, its public face, and what they answered."""

    question: Question
    told: dict[str, Any]
    answer: Answer | None

    @property
    def open_answer(self) -> Answer | None:
        """What they answered, where it can still be written anew."""
        return self.answer if self.answer and self.answer.is_open else None

    @property
    def initial(self) -> dict[str, Any] | None:
        """What stands in the form at first."""
        return {"text": self.open_answer.text} if self.open_answer else None

    def shown(self, form: AnswerForm) -> dict[str, Any]:
        """Give what the page of the form needs."""
        earlier = self.open_answer
        return {"form": form, "asked": self.told, "answer": earlier and told_to_specialist(earlier)}


@require_http_methods(["GET", "HEAD"])
@own_page(Gate.SPECIALIST)
def listed(request: HttpRequest, user: User) -> HttpResponse:
    """List the questions that wait for an answer, and what this specialist has answered."""
    seen(user, request.path)
    return draw(request, LIST, shown(user, request.GET.get("page", "1")))


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.SPECIALIST)
def answer(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Answer a question, or write one's answer anew."""
    desk = desk_of(user, slug)
    form = KeyedAnswerForm(request.POST or None, initial=desk.initial)
    if request.method == "POST" and form.is_valid():
        try:
            _send(desk.question, desk.open_answer, user, form.cleaned_data)
        except (KeyReused, services.AnsweredAlready):
            form.add_error(None, _("You have answered this question. Load the page again to change your answer."))
        except services.TooMany:
            form.add_error(None, _("You have answered as much today as one can. Come back tomorrow."))
        else:
            words = f"{sent()}. {_('A moderator reads it before anybody else does.')}"
            messages.success(request, words, extra_tags="sent")
            return redirect("own_specialist_questions")
    return draw(request, FORM, desk.shown(form), 422 if form.errors else 200)


@require_POST
@own_page(Gate.SPECIALIST)
def withdraw(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Take an answer back; whoever is no longer verified may do so too."""
    found = get_object_or_404(ANSWERED.filter(author=user), question__slug=slug)
    try:
        services.withdraw_answer(found, user)
    except services.NotOpen:
        raise Http404 from None
    messages.success(request, _("Your answer is withdrawn, and what it said is deleted."))
    return redirect("own_specialist_questions")


def _send(question: Question, earlier: Answer | None, user: User, given: dict[str, Any]) -> None:
    if earlier is not None:
        services.change_answer(earlier, user, given["text"])
    else:
        services.answer(question, user, given["text"], given["key"])


def specialist_of(user: User) -> Specialist:
    """Give the profile of somebody who may answer. Raises ``Http404`` for everybody else."""
    try:
        return services.verified(user)
    except PermissionDenied:
        raise Http404 from None


def desk_of(user: User, slug: str) -> Desk:
    """Give a public question to somebody who may answer it. Raises ``Http404``."""
    specialist_of(user)
    desk = next(desks_of(user, [slug]), None)
    if desk is None:
        raise Http404
    return desk


def desks_of(user: User, slugs: Collection[str]) -> Iterator[Desk]:
    """Give those of some questions that are public, and that this specialist may answer."""
    asked = {one.public_id: one for one in services.answerable_by(user).filter(slug__in=slugs)}
    answers = {one.question_id: one for one in ANSWERED.filter(question__in=asked.values(), author=user)}
    for entry in Entry.objects.existing().filter(pk__in=asked):
        question = asked[entry.pk]
        yield Desk(question, entry.data or {}, answers.get(question.pk))


def shown(user: User, number: str = "1") -> dict[str, Any]:
    """Give what the list shows. Raises ``Http404`` for whoever has never been verified."""
    mine = ANSWERED.filter(author=user).exclude(state=State.WITHDRAWN).order_by("-written_at")
    try:
        specialist: Specialist | None = services.verified(user)
    except PermissionDenied:
        specialist = None
        if not mine.exists():
            raise Http404 from None
    page = Paginator(to_answer(specialist, user), ON_A_PAGE).get_page(number) if specialist else None
    asked = [row.data for row in page] if page else []
    return {"asked": asked, "page": page, "answers": [told_to_specialist(one) for one in mine], "may": specialist}


def to_answer(specialist: Specialist, user: User) -> EntryQuerySet:
    """Give the public questions in this specialist's languages that they have not answered: without an answer first."""
    own = Question.objects.filter(author=user).values("public_id")
    answered = Answer.objects.filter(specialist=specialist).exclude(state__in=[State.WITHDRAWN, State.REJECTED])
    waiting = Entry.objects.existing().filter(kind=Kind.QUESTION, language__in=specialist.languages)
    waiting = waiting.exclude(pk__in=own).exclude(pk__in=answered.values("question__public_id"))
    return waiting.filter(facets__name="answered").order_by("facets__value", "published_at", "id")


@copies
def kept(user: User) -> Iterable[Copy]:
    """Give the list for a specialist's phone, and the page of each question on it; nothing for everybody else."""
    try:
        context = shown(user)
    except Http404:
        return
    yield copy(reverse("own_specialist_questions"), _("Questions to answer"), LIST, context)
    if not context["may"]:
        return
    slugs = [one["slug"] for one in context["asked"]] + [one["question"]["slug"] for one in context["answers"]]
    for desk in desks_of(user, slugs):
        path = reverse("own_answer", args=[desk.question.slug])
        yield copy(path, desk.told["title"], FORM, desk.shown(AnswerForm(initial=desk.initial)))
