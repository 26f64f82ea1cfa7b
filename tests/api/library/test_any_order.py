"""Whatever is done in whatever order: the check is clean, and the feed played back is the library."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase
from wagtail.models import Page, PageViewRestriction

from api.library.check import check
from api.library.dependents import drain
from api.library.models import Entry
from api.library.sweep import publish_scheduled, sweep
from cms.articles.models import Article
from cms.publishing.services import fresh, move, publish, save_and_publish, unpublish
from tests import factories
from tests.api.library.copy import Copy, library_as_it_is

OPERATIONS = ["publish", "unpublish", "rename", "reslug", "expire", "move", "restrict", "open", "edit", "hide", "poll"]


class Stage:
    """Three articles that show one another, in one of two lists, made of a topic and a reference."""

    def __init__(self) -> None:
        self.indexes: list[Page] = [factories.article_index(), factories.article_index(title="More", slug="more")]
        self.topic, self.reference, author = factories.topic("Sleep"), factories.reference(), factories.person()
        self.articles: list[Article] = []
        for number in range(3):
            linked = "".join(f'<p><a linktype="page" id="{one.pk}">x</a></p>' for one in self.articles)
            self.articles.append(
                factories.article(
                    f"Article {number}",
                    authors=[author],
                    reviewer=author,
                    topics=[self.topic],
                    references=[self.reference],
                    related=self.articles[-1:],
                    body=[("text", linked or "<p>First</p>")],
                )
            )
        self.copy = Copy(limit=3)

    def do(self, operation: str, which: int, value: int) -> None:
        article: Any = fresh(self.articles[which])
        index = fresh(self.indexes[value % 2])
        if operation == "publish":
            publish(article)
        elif operation == "unpublish":
            unpublish(article)
        elif operation == "rename":
            article.title = f"Name {value}"
            save_and_publish(article)
        elif operation == "reslug":
            article.slug = f"slug-{which}-{value}"
            save_and_publish(article)
        elif operation == "expire":
            article.expire_at = timezone.now() + timedelta(hours=value - 1)
            save_and_publish(article)
            publish_scheduled()
            sweep()
        elif operation == "move":
            move(article, index)
        elif operation == "restrict":
            PageViewRestriction.objects.get_or_create(page=index, restriction_type="login")
        elif operation == "open":
            for restriction in PageViewRestriction.objects.all():
                restriction.delete()
        elif operation == "edit":
            reference = fresh(self.reference)
            reference.annotation = f"Annotation {value}"
            save_and_publish(reference)
        elif operation == "hide":
            topic = fresh(self.topic)
            unpublish(topic) if topic.live else publish(topic)
        else:
            self.copy.poll()


class AnyOrder(TestCase):
    """Each example has a library of its own."""

    @settings(max_examples=8, deadline=None, derandomize=True)
    @given(
        some.lists(
            some.tuples(some.sampled_from(OPERATIONS), some.integers(0, 2), some.integers(0, 3)),
            min_size=3,
            max_size=12,
        )
    )
    def test_any_sequence_of_changes__leaves_library_sources_and_copies_agreeing(
        self, sequence: list[tuple[str, int, int]]
    ) -> None:
        stage = Stage()
        for operation, which, value in sequence:
            stage.do(operation, which, value)
            pending_only = [difference for difference in check() if not difference.pending]
            assert pending_only == []
        # What building marks anew is built on commit, and there is none within a test's transaction.
        while drain():
            pass
        assert list(check()) == []
        assert not Entry.objects.exclude(stale_since=None).exists()
        stage.copy.poll()
        assert stage.copy.things == library_as_it_is()
