"""Tasks without a queue: at once, and the indexes once a turn."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django_tasks.base import TaskResult
from django_tasks.signals import task_started
from wagtail.models import Page, ReferenceIndex

from cms.publishing.services import at_end_of_turn, one_writer, save_and_publish
from tests import factories

pytestmark = pytest.mark.django_db

INDEXING = {"insert_or_update_object_task", "update_reference_index_task"}


@pytest.fixture
def started() -> Iterator[Counter[str]]:
    """Count the tasks that are started, by name and arguments."""
    counted: Counter[str] = Counter()

    def note(sender: Any, task_result: TaskResult[Any], **kwargs: Any) -> None:
        name = task_result.task.module_path.rsplit(".", 1)[-1]
        if name in INDEXING:
            counted[f"{name} {task_result.args} {task_result.kwargs}"] += 1

    task_started.connect(note)
    yield counted
    task_started.disconnect(note)


def test_publishing__writes_each_index_once_and_before_it_commits(started: Counter[str]) -> None:
    article = factories.article()
    started.clear()
    with one_writer():
        article.title = "Between two seas"
        save_and_publish(article)
        assert not started
    assert {f"{name} ['articles', 'article', '{article.pk}'] {{}}" for name in INDEXING} <= set(started)
    assert set(started.values()) == {1}
    assert [page.pk for page in Page.objects.search("seas")] == [article.pk]
    assert ReferenceIndex.get_references_to(article.references.get().reference).exists()


def test_saving_outside_a_turn__writes_the_indexes_at_once(started: Counter[str]) -> None:
    article = factories.article()
    started.clear()
    article.save()
    assert len(started) == 2


def test_turn_that_is_rolled_back__writes_no_index(started: Counter[str]) -> None:
    article = factories.article()
    started.clear()
    with transaction.atomic(), one_writer():
        article.save()
        transaction.set_rollback(True)
    assert not started


def test_what_is_left_for_the_end_of_a_turn__is_done_once_and_may_leave_more() -> None:
    done: list[str] = []

    def first() -> None:
        done.append("first")
        at_end_of_turn("second", lambda: done.append("second"))

    with one_writer():
        assert at_end_of_turn("first", first)
        assert at_end_of_turn("first", first)
        assert done == []
    assert done == ["first", "second"]


def test_end_of_a_turn__is_not_waited_for_where_there_is_none() -> None:
    assert not at_end_of_turn("first", pytest.fail)
