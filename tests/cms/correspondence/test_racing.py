"""Many at once: of a reader and a specialist there is one thread, whoever was first."""

import threading

import pytest
from django.db import connection

from cms.correspondence import services
from cms.correspondence.models import Message, Place, Thread
from cms.people.models import User
from tests import factories

WRITERS = 20
DEADLINE = 60.0  # seconds

pytestmark = pytest.mark.django_db(transaction=True)


class Writer(threading.Thread):
    """Writes once, when all are ready."""

    def __init__(self, start: threading.Barrier, reader: User, slug: str, number: int) -> None:
        super().__init__(daemon=True)
        self.start_together, self.reader, self.slug, self.number = start, reader, slug, number
        self.errors: list[BaseException] = []

    def run(self) -> None:
        try:
            self.start_together.wait(DEADLINE)
            services.write_to_specialist(self.reader, self.slug, f"Letter {self.number}")
        except BaseException as error:
            self.errors.append(error)
        finally:
            connection.close()


def test_twenty_who_begin_the_same_conversation__are_in_one_thread_with_all_they_wrote() -> None:
    reader, specialist = factories.reader(), factories.specialist()
    together = threading.Barrier(WRITERS)
    writers = [Writer(together, reader, specialist.slug, number) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(DEADLINE)
        assert not writer.is_alive()
    assert [error for writer in writers for error in writer.errors] == []
    thread = Thread.objects.get()
    assert Place.objects.filter(thread=thread).count() == 2
    assert {message.text for message in thread.messages.all()} == {f"Letter {number}" for number in range(WRITERS)}
    moments = list(Message.objects.order_by("pk").values_list("sent_at", flat=True))
    assert len(set(moments)) == WRITERS, "each is later than the one before"
