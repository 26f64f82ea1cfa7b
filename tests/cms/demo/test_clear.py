"""What is left after ``demo clear``."""

from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page

from cms.articles.models import Article, Topic
from cms.demo.accounts import ACCOUNTS
from cms.demo.clearing import clear
from cms.demo.models import DemoObject
from cms.demo.services import load, load_more
from cms.people.models import Person, User
from cms.pictures.models import Picture, Rendition
from cms.references.models import Reference
from cms.specialists.models import Specialist
from tests import factories
from tests.cms.demo.conftest import counts


def test_clear__takes_away_exactly_what_was_loaded(demo: Path, rows_before_loading: dict[str, int]) -> None:
    load_more(3, 200)
    assert Article.objects.count() > 10

    assert clear() == []

    assert counts() == rows_before_loading
    assert not any(Page.find_problems())
    assert not (demo / "demo-logins").exists()


@pytest.mark.alike
def test_clear__leaves_a_planted_article_as_it_was(demo: Path) -> None:
    own = factories.article("A letter to nobody")
    before = Article.objects.filter(pk=own.pk).values().get()

    clear()

    assert Article.objects.filter(pk=own.pk).values().get() == before
    assert list(Article.objects.values_list("slug", flat=True)) == [own.slug]
    assert not any(Page.find_problems())


@pytest.mark.alike
def test_clear__keeps_what_other_content_leans_on(demo: Path) -> None:
    work = Reference.objects.get(title__startswith="On death")
    author, theme, plate = Person.objects.first(), Topic.objects.first(), Picture.objects.first()
    assert author
    assert theme
    assert plate
    factories.article("On loans", references=[work], authors=[author], topics=[theme], image=plate)

    kept = clear()

    assert sorted(kept) == sorted(
        [
            "reference:kubler-ross-1969",
            f"person:{author.slug}",
            f"topic:{theme.slug}",
            DemoObject.objects.get(object_id=plate.pk, content_type=type_of(Picture)).key,
        ]
    )
    assert list(Reference.objects.filter(title=work.title)) == [work]


@pytest.mark.alike
def test_clear__takes_the_rest_once_nothing_leans_on_it(demo: Path) -> None:
    borrower = factories.article("On loans", references=[Reference.objects.get(title__startswith="On death")])
    clear()
    borrower.delete()

    assert clear() == []
    assert not Reference.objects.filter(title__startswith="On death").exists()


@pytest.mark.alike
def test_clear__keeps_a_picture_in_the_body_of_somebody_elses_article(demo: Path) -> None:
    plate = Picture.objects.first()
    assert plate
    factories.article("With a plate", body=[("image", {"image": plate, "alt": "Arches", "caption": ""})])

    clear()

    assert list(Picture.objects.all()) == [plate]


@pytest.mark.alike
def test_clear__finds_what_an_editor_changed(demo: Path) -> None:
    article = Article.objects.get(slug="grief")
    article.title, article.slug = "Mourning", "mourning"
    article.save_revision().publish()
    person = Person.objects.get(slug="benno-tarrow")
    person.name, person.slug = "Somebody", "somebody"
    person.save_revision().publish()

    clear()

    assert not Article.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.alike
def test_clear_twice__changes_nothing(demo: Path) -> None:
    clear()
    before = counts()

    assert clear() == []
    assert counts() == before


@pytest.mark.alike
def test_clear__takes_pictures_and_renditions_with_their_files(
    demo: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    plate = Picture.objects.first()
    assert plate
    plate.get_rendition("width-400")
    assert any((demo / "media").rglob("*.*"))

    with django_capture_on_commit_callbacks(execute=True):
        clear()

    assert not Picture.objects.exists()
    assert not Rendition.objects.exists()
    assert not [path for path in (demo / "media").rglob("*") if path.is_file()]


def test_load_after_clear__makes_everything_again_but_a_topic_that_is_there(demo: Path) -> None:
    keys = set(DemoObject.objects.values_list("key", flat=True))
    clear()
    own = factories.topic("Grief", slug="loss-and-grief")

    load()

    assert set(DemoObject.objects.values_list("key", flat=True)) == keys - {"topic:loss-and-grief"}
    assert list(Article.objects.get(slug="grief").topics.all()) == [own]
    # One of the specialists is among those who log in.
    assert User.objects.count() == len(ACCOUNTS) + Specialist.objects.count() - 1


def type_of(model: type[Picture]) -> ContentType:
    return ContentType.objects.get_for_model(model)
