"""What every test may ask for."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from config.machine.steps import migration_sources
from tests.installation import Installation, install
from tests.kept import kept


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests with real transactions the content of the migrations back, which the one before flushed."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(**{"serialized_rollback": True, **marker.kwargs}), append=False)


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


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Throttles and cached answers of one test are none of the next one's business."""
    cache.clear()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Give an installation of the test's own with the demo content, which nobody serves yet."""
    own = install(tmp_path / "installation")
    yield own
    own.remove()
