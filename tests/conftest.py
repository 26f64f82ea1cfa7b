"""What every test may ask for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as examples

from config.machine.steps import migration_sources
from tests.installation import Installation, install
from tests.kept import kept

# How long an example takes says more of the machine than of the code; what is to be fast is measured.
examples.register_profile("respite", deadline=None)
examples.load_profile("respite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to leave nothing out."""
    parser.addoption("--whole", action="store_true", help="on PostgreSQL, run also what would be the same as on SQLite")


# What a test asks for that stands on the database, and what one asks for that looks at it in a browser.
DATABASE = {"db", "transactional_db", "installation"}
BROWSER = {"server", "page", "context", "browser"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give tests with real transactions the content of the migrations back, which the one before flushed.

    On PostgreSQL leave out what stands on no database, what is about the phone alone, and the many cells of tables
    whose questions other tests ask it, too: it would be the same again.
    """
    if os.environ.get("DATABASE_URL") and not config.getoption("--whole"):
        config.hook.pytest_deselected(items=[item for item in items if not depends_on_profile(item)])
        items[:] = filter(depends_on_profile, items)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(**{"serialized_rollback": True, **marker.kwargs}), append=False)


def depends_on_profile(item: pytest.Item) -> bool:
    """Say whether a test could end otherwise on another database, cache or queue."""
    asked = set(getattr(item, "fixturenames", ()))
    if asked & BROWSER:
        return item.get_closest_marker("server_side") is not None
    if item.get_closest_marker("alike"):
        return False
    about_settings = Path(__file__).parent / "config" in item.path.parents
    return about_settings or bool(asked & DATABASE) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Start from a migrated copy on SQLite: its folder goes with the process, so nothing is kept after it."""
    return "sqlite3" in settings.DATABASES["default"]["ENGINE"] or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Put a migrated database where the tests' own will be, so that migrating it takes no time."""
    if connection.vendor != "sqlite":
        return

    def migrate(folder: Path) -> None:
        Installation(folder).manage("migrate", "-v0")

    migrated = kept("migrated", migration_sources(), migrate) / "respite.sqlite3"
    shutil.copyfile(migrated, settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Lay the ground of every site once: its roles, a published home page, and a list of articles below it."""
    from cms.pages.roles import ensure_roles
    from tests import factories

    with django_db_blocker.unblock():
        ensure_roles()
        factories.article_index()
        # What tests with real transactions begin with, too.
        GROUND.append(connection.creation.serialize_db_to_string())


# The ground of every site, as text.
GROUND: list[str] = []


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Have a test with real transactions find the ground, whatever has become of this process's connection before."""
    if GROUND and item.get_closest_marker("django_db"):
        connection._test_serialized_contents = GROUND[0]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Throttles, cached answers and pages that this process remembers of one test are none of the next one's business."""
    from api.library import vocabulary
    from pwa import frame, pages

    cache.clear()
    pages.memory.clear()
    for remembered in (vocabulary._read, frame.release, frame.worker):
        remembered.cache_clear()


@pytest.fixture
def bare(db: None) -> None:
    """Take the ground away again: nothing is published yet, and nothing ever was."""
    from tests import factories

    factories.take_ground_away()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Give an installation of the test's own with the demo content, which nobody serves yet."""
    own = install(tmp_path / "installation")
    yield own
    own.remove()
