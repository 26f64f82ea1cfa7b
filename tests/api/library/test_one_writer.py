"""Eight writers at once and a client that polls: everything succeeds, nothing is missed, nothing breaks."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from api.library.check import check
from api.library.models import Entry
from cms.articles.models import Article
from cms.publishing.services import fresh, ledger, move, one_writer, publish, save_and_publish, unpublish
from tests import factories
from tests.api.library.copy import Copy, library_as_it_is

WRITERS = 8
OPERATIONS = 500
DEADLINE = 240  # seconds

pytestmark = pytest.mark.django_db(transaction=True)


class Writer(threading.Thread):
    """Publishes, unpublishes, edits and moves things of everybody's, and counts what succeeded."""

    def __init__(
        self, number: int, operations: int, articles: list[int], indexes: list[Page], things: list[Any]
    ) -> None:
        super().__init__(name=f"writer {number}", daemon=True)
        self.chance = random.Random(number)
        self.operations, self.articles, self.indexes, self.things = operations, articles, indexes, things
        self.done: Counter[str] = Counter()
        self.errors: list[BaseException] = []

    def run(self) -> None:
        doing = [self.publish, self.unpublish, self.edit, self.move, self.edit_snippet]
        try:
            for number in range(self.operations):
                operation = doing[number % len(doing)]
                try:
                    operation(number)
                    self.done[operation.__name__] += 1
                except BaseException as error:  # every failure is counted, whatever it is
                    self.errors.append(error)
        finally:
            connection.close()

    def article(self) -> Article:
        return Article.objects.get(pk=self.chance.choice(self.articles))

    def publish(self, number: int) -> None:
        publish(self.article())

    def unpublish(self, number: int) -> None:
        unpublish(self.article())

    def edit(self, number: int) -> None:
        with one_writer():
            article = fresh(self.article())
            article.title = f"{self.name}, edit {number}"
            article.slug = f"{article.pk}-{self.chance.randrange(3)}"
            save_and_publish(article)

    def move(self, number: int) -> None:
        move(self.article(), self.chance.choice(self.indexes))

    def edit_snippet(self, number: int) -> None:
        with one_writer():
            thing = fresh(self.chance.choice(self.things))
            setattr(thing, "annotation" if hasattr(thing, "annotation") else "summary", f"{self.name}, edit {number}")
            save_and_publish(thing)


def wait_for(threads: list[threading.Thread], meanwhile: Callable[[], Any]) -> None:
    deadline = time.monotonic() + DEADLINE
    while any(thread.is_alive() for thread in threads):
        assert time.monotonic() < deadline, "the writers did not come to an end"
        meanwhile()
        threads[0].join(0.1)


def test_eight_writers_at_once__all_succeed_and_a_polling_client_has_everything() -> None:
    indexes: list[Page] = [factories.article_index(), factories.article_index(title="More", slug="more")]
    things: list[Any] = [factories.topic(), factories.reference(), factories.reference()]
    articles: list[int] = []
    author = factories.person()
    for number in range(8):
        related = [Article.objects.get(pk=articles[-1])] if articles else []
        one = factories.article(
            slug=f"{number}-start",
            authors=[author],
            reviewer=author,
            topics=things[:1],
            references=things[1:],
            related=related,
        )
        articles.append(one.pk)

    share = [OPERATIONS // WRITERS + (number < OPERATIONS % WRITERS) for number in range(WRITERS)]
    writers = [Writer(number, share[number], articles, indexes, things) for number in range(WRITERS)]
    copy = Copy()
    for writer in writers:
        writer.start()
    wait_for(list(writers), copy.poll)

    assert [error for writer in writers for error in writer.errors] == []
    assert [sum(writer.done.values()) for writer in writers] == share
    assert sum(share) == OPERATIONS
    copy.poll()
    assert copy.things == library_as_it_is()
    assert copy.revisions == sorted(copy.revisions)
    assert len(set(copy.revisions)) == len(copy.revisions)
    assert len(copy.revisions) > len(copy.things)
    assert [problem for problems in Page.find_problems() for problem in problems] == []
    assert list(check()) == []
    assert not Entry.objects.exclude(stale_since=None).exists()


def test_revisions_given_to_writers_at_once__are_without_gap() -> None:
    topics = [factories.topic() for _ in range(WRITERS)]
    before = ledger().revision

    def edit(topic: Any) -> None:
        try:
            for number in range(3):
                with one_writer():
                    topic.summary = f"Edit {number}"
                    save_and_publish(topic)
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=[topic], daemon=True) for topic in topics]
    for thread in threads:
        thread.start()
    wait_for(threads, lambda: None)
    assert ledger().revision == before + 3 * WRITERS
    assert sorted(Entry.objects.filter(kind="topic").values_list("revision", flat=True))[-1] == ledger().revision


def test_writer_that_fails__leaves_neither_source_nor_entry_nor_revision() -> None:
    topic = factories.topic("Before")
    before = ledger().revision
    topic.title = "After"

    def publish_and_fail() -> None:
        with one_writer():
            save_and_publish(topic)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        publish_and_fail()
    topic.refresh_from_db()
    assert topic.title == "Before"
    assert ledger().revision == before
    assert Entry.objects.get(pk=topic.public_id).title == "Before"
