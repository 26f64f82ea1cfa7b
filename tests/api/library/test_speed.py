"""What the library adds to the cost of publishing; the whole cost is a budget of `make bench`."""

import time
from collections.abc import Callable
from statistics import median

import pytest

from api.library import handlers
from cms.publishing.services import save_and_publish
from tests import factories

pytestmark = pytest.mark.django_db


PAIRS = 9


def spent_on(do: Callable[[], object]) -> float:
    """Give the seconds of processor time that something takes."""
    begun = time.process_time()
    do()
    return time.process_time() - begun


def test_entry_of_1200_words_with_10_references__costs_less_than_what_wagtail_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    section = [("heading", {"text": "A part", "level": "2"}), ("text", factories.rich_text(" ".join(["words"] * 200)))]
    article = factories.article(
        body=section * 6, references=[factories.reference() for _ in range(10)], image=factories.picture()
    )
    versions = iter(range(100))

    def publish() -> None:
        article.title = f"Version {next(versions)}"
        save_and_publish(article)

    def publish_without_the_library() -> None:
        with monkeypatch.context() as without:
            without.setattr(handlers, "publish_entry", lambda source: None)
            publish()

    publish()
    # In turn, each beside the other: what else the machine does falls on both.
    ratios = [spent_on(publish) / spent_on(publish_without_the_library) for _ in range(PAIRS)]
    print("publishing, by what it takes without the library:", *(f"{ratio:.2f}" for ratio in ratios))
    assert median(ratios) < 2
