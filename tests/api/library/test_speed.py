"""What publishing costs."""

import time
from collections.abc import Callable

import pytest

from api.library.models import Entry
from api.library.services import publish_entry
from cms.publishing.services import save_and_publish
from tests import factories

BUDGET = 300  # milliseconds of this process's time

pytestmark = pytest.mark.django_db


def milliseconds(do: Callable[[], object]) -> float:
    """Give the least of twenty runs, in processor time: what else the machine does only ever adds to it."""
    spent = []
    for _ in range(20):
        begun = time.process_time()
        do()
        spent.append((time.process_time() - begun) * 1000)
    return min(spent)


def test_publishing_1200_words_with_10_references__stays_within_its_budget() -> None:
    section = [("heading", {"text": "A part", "level": "2"}), ("text", factories.rich_text(" ".join(["words"] * 200)))]
    article = factories.article(
        body=section * 6, references=[factories.reference() for _ in range(10)], image=factories.picture()
    )
    versions = iter(range(100))

    def publish() -> None:
        article.title = f"Version {next(versions)}"
        save_and_publish(article)

    whole = milliseconds(publish)
    print(f"publishing took {whole:.0f} ms")
    assert Entry.objects.get(pk=article.public_id).data["reading_minutes"] == 6
    assert whole <= BUDGET
    assert milliseconds(lambda: publish_entry(article)) <= BUDGET / 5
