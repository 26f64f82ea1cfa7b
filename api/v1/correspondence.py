"""Messages: written to the team, read, answered and deleted by whose they are."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.request import Request

from api.v1 import representation, shapes
from api.v1.documentation import documented_own
from api.v1.problems import RefusedContent
from api.v1.writing import OwnView, WriteView, answer_made, cleaned, content_of, key_of
from cms.correspondence import services
from cms.correspondence.forms import ContactForm, MessageForm
from cms.correspondence.models import Message, Thread, unread_by
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
        return answer_made(told(self.owner, message))


class MessagesView(OwnView):
    """Somebody's threads."""

    gate = Gate.MESSAGES
    http_method_names = ("get", "head", "post", "options")

    @documented_own("list_threads", "My threads, the latest first.", shapes.ThreadList)
    def get(self, request: Request) -> HttpResponse:
        threads = Thread.objects.visible_to(self.owner).newest_first()
        return representation.answer_private({"results": [summary(self.owner, thread) for thread in threads]})

    @documented_own("send_message", "Write on in a thread.", shapes.Message, shapes.SentMessage, makes=True, status=201)
    def post(self, request: Request) -> HttpResponse:
        key, content = key_of(request._request), content_of(request._request)
        given = cleaned(MessageForm(content))
        message, _made = services.answer(thread_of(self.owner, content.get("thread")), self.owner, given["text"], key)
        return answer_made(told(self.owner, message))


class ThreadView(OwnView):
    """One thread."""

    gate = Gate.MESSAGES
    http_method_names = ("get", "head", "delete", "options")

    @documented_own("get_thread", "A thread with its messages, the oldest first.", shapes.Thread)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        return representation.answer_private(whole(self.owner, thread_of(self.owner, id)))

    @documented_own("delete_thread", "Delete a thread for me.", None, makes=False, sends={}, status=204)
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        services.delete_for(self.owner, thread_of(self.owner, id))
        response = HttpResponse(status=204)
        del response["Content-Type"]
        return response


class ReadMarkView(WriteView):
    """That a thread was read."""

    gate = Gate.MESSAGES

    @documented_own("mark_thread_read", "I have read a thread up to now.", None, sends={}, status=204)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        services.mark_read(self.owner, thread_of(self.owner, id))
        response = HttpResponse(status=204)
        del response["Content-Type"]
        return response


def thread_of(user: User, id: Any) -> Thread:
    """Give one of somebody's threads. Raises ``Http404`` for what is not there or not theirs."""
    try:
        key = id if isinstance(id, UUID) else UUID(str(id))
    except ValueError:
        raise RefusedContent({"thread": ["Use the id of a thread."]}) from None
    return get_object_or_404(Thread.objects.visible_to(user), public_id=key)


def summary(user: User, thread: Thread) -> dict[str, Any]:
    """Give a thread as one of the two sees it in a list."""
    return {
        "id": str(thread.public_id),
        "with": other(user, thread),
        "subject": thread.get_subject_display() if thread.subject else "",
        "began_at": thread.began_at.isoformat(),
        "last_at": thread.last_at.isoformat(),
        "unread": thread.messages.filter(unread_by(user)).count(),
    }


def whole(user: User, thread: Thread) -> dict[str, Any]:
    """Give a thread with those of its messages that one of the two sees."""
    messages = services.messages_for(user, thread)
    return {**summary(user, thread), "messages": [told(user, message) for message in messages]}


def told(user: User, message: Message) -> dict[str, Any]:
    """Give a message as one of the two sees it."""
    mine = message.author_id == user.pk and not message.from_team
    return {
        "id": str(message.public_id),
        "thread": str(message.thread.public_id),
        "mine": mine,
        "from": "" if mine else other(user, message.thread),
        "text": message.text,
        "sent_at": message.sent_at.isoformat(),
    }


def other(user: User, thread: Thread) -> str:
    """Name whom somebody writes with."""
    return _("The team of Respite")
