"""Killed with -9 at each step of a publish: either all of it is there, or nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from api.library import queries
from api.library.check import check
from api.library.dependents import drain
from api.library.models import Entry, FormerPath
from cms.articles.models import Article
from cms.publishing.services import ledger, save_and_publish
from tests import factories
from tests.api.library.copy import entry_of
from tests.kept import ROOT

KILLS = 20

pytestmark = pytest.mark.django_db(transaction=True)


class Writers:
    """Starts processes that publish on this test's database, and are killed at it."""

    def __init__(self) -> None:
        self.parent = subprocess.Popen(
            [sys.executable, "-m", "tests.api.library.dying_writer"],
            cwd=ROOT,
            env={**os.environ, **database_of_this_test()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def publish(self, article: Article, fatal: int) -> tuple[int, int]:
        """Publish in a new process; give how it ended and how many writing statements it made."""
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.write(f"{article.pk} {fatal}\n")
        self.parent.stdin.flush()
        ended, count = self.parent.stdout.readline().split()
        return int(ended), int(count)

    def end(self) -> None:
        self.parent.communicate(timeout=10)


@pytest.fixture
def writers() -> Iterator[Writers]:
    started = Writers()
    yield started
    started.end()


def database_of_this_test() -> dict[str, str]:
    """Name this test's database to another process."""
    name = str(connection.settings_dict["NAME"])
    return {"DJANGO_SETTINGS_MODULE": "tests.api.library.dying_settings", "DYING_DATABASE": name}


def everything(article: Article) -> dict[str, Any]:
    """Give all that a publish writes, as it stands in the database."""
    entries = Entry.objects.order_by("pk").values("pk", "revision", "path", "etag", "title", "deleted", "stale_since")
    return {
        "pages": list(Page.objects.order_by("pk").values("pk", "title", "slug", "url_path", "live_revision_id")),
        "revisions": article.revisions.count(),
        "entries": list(entries),
        "former paths": sorted(FormerPath.objects.values_list("path", flat=True)),
        "revision": ledger().revision,
    }


def linked_article(title: str) -> Article:
    """Make an article that another one relates to and links to."""
    article = factories.article(title)
    factories.article(related=[article], body=[("text", f'<p><a linktype="page" id="{article.pk}">x</a></p>')])
    return article


def test_publish_killed_at_any_step__is_there_whole_or_not_at_all(writers: Writers) -> None:
    rehearsed, article = linked_article("Rehearsed"), linked_article("Before")
    ended, steps = writers.publish(rehearsed, 0)
    assert ended == 0
    assert steps > KILLS

    outcomes = []
    for number in range(KILLS):
        before = everything(article)
        step = 1 + (steps - 1) * number // (KILLS - 1)
        assert writers.publish(article, step) == (-signal.SIGKILL, 0), step
        whole = everything(article) != before
        outcomes.append(whole)
        if whole:
            assert_whole(article, step)
            drain()
            published_as(article, "Before")
        assert_sound()

    # Steps before the commit leave nothing; those after it, where dependents are built, leave the article whole.
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def published_as(article: Article, title: str) -> None:
    article.refresh_from_db()
    article.title, article.slug = title, title.lower()
    save_and_publish(article)


def assert_whole(article: Article, step: int) -> None:
    path = f"/articles/after-{article.pk}/"
    assert (entry_of(article).path, entry_of(article).title) == (path, "After"), step
    assert Article.objects.get(pk=article.pk).title == "After", step
    assert queries.find("/articles/before/") == queries.Found(moved_to=path), step
    assert not [difference for difference in check() if not difference.pending], step


def assert_sound() -> None:
    assert list(check()) == []
    assert [problem for problems in Page.find_problems() for problem in problems] == []
