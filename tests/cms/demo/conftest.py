"""A demonstration that is loaded once for all tests of this folder; what a test does to it is undone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from cms.demo.services import load
from cms.pages.services import ensure_ground
from cms.publishing.services import one_writer
from tests import factories
from tests.standing import undone_at_the_end

# Tables in which a deletion leaves its own trace, or which are ground that nobody clears.
TRACES = {"library", "pwa", "publishing", "sessions", "contenttypes", "auth", "wagtailsearch"}
GROUND = {"wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry", "wagtailcore.Locale", "wagtailcore.Site"}
COUNTS_BEFORE: dict[str, int] = {}


def counts() -> dict[str, int]:
    """Count the rows of every table that is the demonstration's to fill."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in TRACES and model._meta.label not in GROUND and not model._meta.proxy
    }


@pytest.fixture
def rows_before_loading(loaded: Path) -> dict[str, int]:
    """Give the number of rows of every table as it was before the demonstration was loaded."""
    return dict(COUNTS_BEFORE)


@pytest.fixture
def folders(settings: Settings, tmp_path: Path) -> Path:
    """Give the log-ins and the pictures of a test a folder that goes with it."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture(scope="package")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Load the demonstration for the tests of this folder."""
    folder = tmp_path_factory.mktemp("demo")
    with undone_at_the_end(django_db_blocker):
        factories.take_ground_away()
        with one_writer():
            ensure_ground()
        COUNTS_BEFORE.update(counts())
        with override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media"):
            load()
        yield folder


@pytest.fixture
def demo(loaded: Path, db: None, folders: Path) -> Path:
    """Give the loaded demonstration, with a copy of its files in the test's own folder."""
    shutil.copytree(loaded, folders, dirs_exist_ok=True)
    return folders
