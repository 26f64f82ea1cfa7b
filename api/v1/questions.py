"""Questions: read by everybody, asked, changed and withdrawn by whose they are, answered by verified specialists."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.views import APIView

from api.library.models import Kind
from api.v1 import parameters, reading, representation, shapes
from api.v1.documentation import NOT_HERE, documented, documented_own
from api.v1.problems import Conflict, RefusedContent
from api.v1.views import LANGUAGE, NEWEST, OLDEST, TOPIC, SlugView, chosen, ordering
from api.v1.writing import OwnView, WriteView, answer_made, cleaned, content_of, key_of
from cms.people.gates import Gate
from cms.people.models import User
from cms.questions import services
from cms.questions.forms import AnswerForm, QuestionForm
from cms.questions.models import Answer, Question, State
from cms.questions.telling import ANSWERED, ASKED, told_to_author, told_to_specialist

IS_ANSWERED = parameters.choice("answered", ["yes", "no"], "Only those with an answer, or without one.")
SAFE = ("GET", "HEAD", "OPTIONS")
FIELDS = ("pseudonym", "topic", "title", "text")


class QuestionsView(OwnView, reading.ListView):
    """Questions as cards, the same for everybody; and the way to ask one, which alone looks at the session."""

    kind, form = Kind.QUESTION, "card"
    gate = Gate.QUESTION
    orders = (NEWEST, OLDEST)
    parameters = (TOPIC, LANGUAGE, IS_ANSWERED, ordering(*orders), reading.LIMIT, reading.CURSOR)
    http_method_names = ("get", "head", "post", "options")  # type: ignore[misc]  # ReadView says the same

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method in SAFE:
            APIView.initial(self, request, *args, **kwargs)
        else:
            super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method in SAFE:
            return APIView.finalize_response(self, request, response, *args, **kwargs)
        return super().finalize_response(request, response, *args, **kwargs)

    def get_throttles(self) -> list[Any]:
        return [] if self.request.method in SAFE else super().get_throttles()

    @documented("list_questions", "Public questions, newest first, as cards.", shapes.QuestionList, parameters)
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        facets = [(name, given[name]) for name in ("topic", "answered") if given[name]]
        order = chosen(self.orders, given["ordering"])
        return self.answer_page(request, order, given, facets=facets, language=given["language"])

    @documented_own(
        "ask_question",
        "Ask something under a pseudonym. A moderator reads it before anybody else.",
        shapes.OwnQuestion,
        shapes.SentQuestion,
        makes=True,
        status=201,
    )
    def post(self, request: Request) -> HttpResponse:
        key, content = key_of(request._request), content_of(request._request)
        language = language_of(content)
        form = QuestionForm(content, author=self.owner, language=language)
        cleaned(form)
        with told_as_problems():
            question, _made = services.ask(self.owner, form.wording, language, key)
        return answer_made(told_to_author(question))


class QuestionView(SlugView):
    """One question."""

    kind = Kind.QUESTION

    @documented(
        "get_question", "One question with its answers.", shapes.Question, SlugView.parameters, NOT_HERE, moves=True
    )
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.answer_slug(request, slug)


class MyQuestionsView(OwnView):
    """Somebody's questions, public or not."""

    gate = Gate.QUESTION

    @documented_own("list_my_questions", "My questions, the latest first.", shapes.OwnQuestionList)
    def get(self, request: Request) -> HttpResponse:
        mine = ASKED.filter(author=self.owner)
        return representation.answer_private({"results": [told_to_author(question) for question in mine]})


class MyQuestionView(OwnView):
    """One of somebody's questions."""

    gate = Gate.QUESTION
    http_method_names = ("patch", "delete", "options")  # type: ignore[misc]  # ReadView says the same

    @documented_own(
        "change_question",
        "Write a question anew, or a part of it. A moderator reads it again; until then it stays public as it is.",
        shapes.OwnQuestion,
        shapes.ChangedQuestion,
    )
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        question = mine(self.owner, id)
        content = content_of(request._request)
        before = {**question.wording, "topic": question.topic.slug if question.topic else ""}
        now = {**before, **{name: content[name] for name in FIELDS if name in content}}
        form = QuestionForm(now, author=self.owner, language=question.language)
        cleaned(form)
        with told_as_problems():
            changed = services.change(question, self.owner, form.wording)
        return representation.answer_private(told_to_author(changed))

    @documented_own(
        "withdraw_question",
        "Take a question back: it is gone from public, and its words are deleted.",
        shapes.OwnQuestion,
        {},
    )
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        question = mine(self.owner, id)
        # Said twice it is done all the same.
        if question.state != State.WITHDRAWN:
            with told_as_problems():
                question = services.withdraw(question, self.owner)
        return representation.answer_private(told_to_author(question))


class AnswersView(WriteView):
    """Answering a question, once; what was answered is changed and taken back here, too."""

    gate = Gate.SPECIALIST
    http_method_names = ("post", "put", "delete", "options")  # type: ignore[misc]  # ReadView says the same

    @documented_own(
        "answer_question",
        "Answer a public question as a verified specialist. A moderator reads the answer before anybody else.",
        shapes.OwnAnswer,
        shapes.SentAnswer,
        makes=True,
        status=201,
    )
    def post(self, request: Request, slug: str) -> HttpResponse:
        if not services.may_answer(self.owner):
            raise Http404
        key, content = self.sent(request)
        question = get_object_or_404(services.answerable_by(self.owner), slug=slug)
        given = cleaned(AnswerForm(content))
        with told_as_problems():
            answer, _made = services.answer(question, self.owner, given["text"], key)
        return answer_made(told_to_specialist(answer))

    @documented_own(
        "change_answer",
        "Write my answer to a question anew. A moderator reads it again; until then it stays public as it is.",
        shapes.OwnAnswer,
        shapes.SentAnswer,
    )
    def put(self, request: Request, slug: str) -> HttpResponse:
        if not services.may_answer(self.owner):
            raise Http404
        answer = my_answer(self.owner, slug)
        given = cleaned(AnswerForm(content_of(request._request)))
        with told_as_problems():
            answer = services.change_answer(answer, self.owner, given["text"])
        return representation.answer_private(told_to_specialist(answer))

    @documented_own(
        "withdraw_answer",
        "Take my answer back: it is gone from public, and its words are deleted. No verified profile is needed.",
        shapes.OwnAnswer,
        {},
    )
    def delete(self, request: Request, slug: str) -> HttpResponse:
        answer = my_answer(self.owner, slug)
        # Said twice it is done all the same.
        if answer.state != State.WITHDRAWN:
            with told_as_problems():
                answer = services.withdraw_answer(answer, self.owner)
        return representation.answer_private(told_to_specialist(answer))


def mine(user: User, id: UUID) -> Question:
    """Give one of somebody's questions. Raises ``Http404`` for what is not there or not theirs."""
    return get_object_or_404(ASKED.filter(author=user), public_id=id)


def my_answer(user: User, slug: str) -> Answer:
    """Give somebody's answer to a question. Raises ``Http404`` where they have given none."""
    return get_object_or_404(ANSWERED.filter(author=user, question__slug=slug))


def language_of(content: dict[str, Any]) -> str:
    """Give the language that a question is asked in; the site's first where none is named."""
    language = content.get("language", settings.LANGUAGE_CODE)
    if language not in dict(settings.LANGUAGES):
        raise RefusedContent({"language": [_("Use one of the languages of this site.")]})
    return str(language)


@contextmanager
def told_as_problems() -> Iterator[None]:
    """Turn what the services raise into what a client is told."""
    try:
        yield
    except services.TooMany as error:
        raise exceptions.Throttled(wait=error.wait.total_seconds()) from error
    except services.NotOpen as error:
        detail = _("This was withdrawn, or is not to be published. It cannot be changed any more.")
        raise Conflict("not-open", detail) from error
    except services.AnsweredAlready as error:
        detail = _("You have answered this question already. Change that answer instead.")
        raise Conflict("answered-already", detail) from error
