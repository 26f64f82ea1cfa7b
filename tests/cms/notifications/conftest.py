"""Somebody to tell, and where what they are told arrives."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from cms.notifications.push.delivery import deliver_due
from cms.notifications.push.vapid import new_key
from cms.people.models import User
from tests import factories
from tests.push_service import PushService


@pytest.fixture
def reader(db: None) -> User:
    return factories.reader()


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Any:
    """Give a context at whose end what waits for the commit is done, and devices are told."""

    @contextmanager
    def commit() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield
        deliver_due()

    return commit


@pytest.fixture
def push_service(settings: Settings) -> Iterator[PushService]:
    """Put a service on this machine in place of those of browsers."""
    service = PushService()
    settings.PUSH_STAND_IN = service.origin
    settings.VAPID_PRIVATE_KEY = new_key()
    yield service
    service.close()
