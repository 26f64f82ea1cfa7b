"""Whatever arrives however often and in whatever order: each thing is made once, as it was first sent, by whoever sent it."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

import pytest
from django.conf import settings as site
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from cms.correspondence import services
from cms.correspondence.models import Message, Thread
from cms.people.models import User
from cms.people.writing import KeyReused
from tests import factories

# As many as were asked for where it takes a minute; a database behind a socket takes ten times as long for the same.
EXAMPLES = 10_000 if "sqlite3" in site.DATABASES["default"]["ENGINE"] else 500

people, keys, texts = some.integers(0, 1), some.integers(1, 2), some.sampled_from("ab")
Step = tuple[str, int, int, str]
steps: some.SearchStrategy[list[Step]] = some.lists(
    some.tuples(some.sampled_from(["write", "write", "answer", "delete"]), people, keys, texts), min_size=2, max_size=4
)


class Desk:
    """What is done, and a plain account of what must come of it."""

    def __init__(self, users: list[User]) -> None:
        self.users = users
        self.made: dict[tuple[int, UUID], tuple[str, str]] = {}
        self.threads: dict[int, Thread] = {}

    def do(self, what: str, person: int, number: int, text: str) -> None:
        user, key = self.users[person], UUID(int=number)
        if what == "write":
            self.written(person, key, ("team", text), lambda: services.write_to_team(user, "other", text, key))
        elif what == "answer" and (thread := self.threads.get(0)):
            self.answered(person, key, thread, text)
        elif what == "delete" and (thread := self.threads.get(person)):
            services.delete_for(user, thread)

    def answered(self, person: int, key: UUID, thread: Thread, text: str) -> None:
        """Answer in the thread of the first of the two, which the other takes no part in."""
        user = self.users[person]
        if person != 0:
            with pytest.raises(PermissionDenied):
                services.answer(thread, user, text, key)
            return
        content = (str(thread.public_id), text)
        self.written(person, key, content, lambda: services.answer(thread, user, text, key))

    def written(self, person: int, key: UUID, content: tuple[str, str], send: object) -> None:
        assert callable(send)
        known = self.made.get((person, key))
        if known is not None and known != content:
            with pytest.raises(KeyReused):
                send()
            return
        message, is_new = send()
        assert is_new == (known is None)
        assert (message.text, message.author) == (content[1], self.users[person])
        self.made[person, key] = content
        if content[0] == "team":
            self.threads.setdefault(person, message.thread)

    def hold(self) -> None:
        stored = {(self.users.index(one.author), one.idempotency_key): one.text for one in all_messages()}
        assert stored == {which: text for which, (_to, text) in self.made.items()}
        assert Thread.objects.count() == sum(to == "team" for to, _text in self.made.values())


def all_messages() -> Iterable[Message]:
    return Message.objects.select_related("author")


class AnyOrder(TestCase):
    users: ClassVar[list[User]]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.users = [factories.reader(), factories.reader()]

    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(steps)
    def test_whatever_is_sent_in_whatever_order__is_made_once(self, done: list[Step]) -> None:
        desk = Desk(self.users)
        for step in done:
            desk.do(*step)
        desk.hold()
