"""Messages: written to the team and to specialists, read, answered, blocked, reported and deleted by whose they are."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from api.v1 import representation, shapes
from api.v1.documentation import documented_own
from api.v1.problems import RefusedContent
from api.v1.threads import Seat
from api.v1.writing import OwnView, WriteView, answer_made, cleaned, content_of, key_of, uuid_in
from cms.correspondence import reporting, services
from cms.correspondence.forms import ContactForm, FirstMessageForm, MessageForm, ReportForm
from cms.correspondence.models import Message, Thread
from cms.people.gates import Gate
from cms.people.models import User


class ContactView(WriteView):
    """Writing to the team."""

    gate = Gate.CONTACT

    @documented_own("write_to_team", "Write to the team.", shapes.Message, shapes.SentToTeam, makes=True, status=201)
    def post(self, request: Request) -> HttpResponse:
        key, content = self.sent(request)
        given = cleaned(ContactForm(content))
        message, _made = services.write_to_team(self.owner, given["subject"], given["text"], key)
        return answer_made(Seat(self.owner).told(message, message.thread))


class MessagesView(OwnView):
    """Somebody's threads."""

    gate = Gate.MESSAGES
    http_method_names = ("get", "head", "post", "options")

    @documented_own("list_threads", "My threads, the latest first.", shapes.ThreadList)
    def get(self, request: Request) -> HttpResponse:
        return representation.answer_private({"results": Seat(self.owner).listed()})

    @documented_own(
        "send_message",
        "Write to a specialist, or write on in a thread.",
        shapes.Message,
        shapes.SentMessage,
        makes=True,
        status=201,
    )
    def post(self, request: Request) -> HttpResponse:
        key, content = key_of(request._request), content_of(request._request)
        if ("to" in content) == ("thread" in content):
            raise RefusedContent({"": ["Send either `thread`, or `to`."]})
        message = self.begun(content, key) if "to" in content else self.answered(content, key)
        return answer_made(Seat(self.owner).told(message, message.thread))

    def begun(self, content: dict[str, Any], key: UUID) -> Message:
        """Write to a specialist."""
        to = content["to"]
        if not isinstance(to, str):
            raise RefusedContent({"to": ["Send the slug of a specialist."]})
        given = cleaned(FirstMessageForm(content))
        return services.write_to_specialist(self.owner, to, given["text"], given["name"], key)[0]

    def answered(self, content: dict[str, Any], key: UUID) -> Message:
        """Write on in a thread, also in one that was deleted here while it was written there."""
        found = get_object_or_404(Thread.objects.of(self.owner), public_id=uuid_in(content, "thread"))
        return services.answer(found, self.owner, cleaned(MessageForm(content))["text"], key)[0]


class ThreadView(OwnView):
    """One thread."""

    gate = Gate.MESSAGES
    http_method_names = ("get", "head", "delete", "options")

    @documented_own("get_thread", "A thread with its messages, the oldest first.", shapes.Thread)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        thread = get_object_or_404(Thread.objects.visible_to(self.owner).with_numbers(self.owner), public_id=id)
        return representation.answer_private(Seat(self.owner).whole(thread))

    @documented_own("delete_thread", "Delete a thread for me.", None, makes=False, sends={}, status=204)
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        services.delete_for(self.owner, visible(self.owner, id))
        return representation.answer_nothing()


class ReadMarkView(WriteView):
    """That a thread was read."""

    gate = Gate.MESSAGES

    @documented_own("mark_thread_read", "I have read a thread.", None, sends=shapes.SentReadMark, status=204)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        thread, content = visible(self.owner, id), content_of(request._request)
        up_to = None
        if content.get("message") is not None:
            up_to = get_object_or_404(thread.messages, public_id=uuid_in(content, "message")).sent_at
        services.mark_read(self.owner, thread, up_to)
        return representation.answer_nothing()


class BlockView(OwnView):
    """That somebody wants to hear nothing from the other one."""

    gate = Gate.MESSAGES
    http_method_names = ("post", "delete", "options")

    @documented_own("block_thread", "Let neither of us write in a thread.", None, sends={}, status=204)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        services.block(self.owner, taken_part_in(self.owner, id))
        return representation.answer_nothing()

    @documented_own("unblock_thread", "Take back that I have blocked a thread.", None, sends={}, status=204)
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        services.unblock(self.owner, taken_part_in(self.owner, id))
        return representation.answer_nothing()


class ReportsView(WriteView):
    """That something is wrong with a message."""

    gate = Gate.MESSAGES

    @documented_own(
        "report_message",
        "Report a message of the other one: moderators then see it, and the few around it.",
        shapes.Report,
        shapes.SentReport,
        makes=True,
        status=201,
    )
    def post(self, request: Request) -> HttpResponse:
        key, content = self.sent(request)
        id, given = uuid_in(content, "message"), cleaned(ReportForm(content))
        report, _made = reporting.report(self.owner, id, given["reason"], given["details"], key)
        told = {
            "id": str(report.public_id),
            "message": str(id),
            "reason": report.reason,
            "details": report.details,
            "made_at": report.made_at.isoformat(),
            "outcome": reporting.outcome(report),
        }
        return answer_made(told)


def visible(user: User, id: UUID) -> Thread:
    """Give one of the threads that somebody has. Raises ``Http404`` for what is not there or not theirs."""
    return get_object_or_404(Thread.objects.visible_to(user), public_id=id)


def taken_part_in(user: User, id: UUID) -> Thread:
    """Give a thread in which somebody takes part, also where they have deleted it. Raises ``Http404``."""
    return get_object_or_404(Thread.objects.of(user), public_id=id)
