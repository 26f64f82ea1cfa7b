"""Who takes the writers' lock in the admin, and when."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from cms.people.models import User
from cms.publishing import middleware
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what happens, in order; the lock says when it is taken."""
    happened: list[str] = []

    @contextmanager
    def noted() -> Iterator[None]:
        happened.append("lock")
        yield

    monkeypatch.setattr(middleware, "one_writer", noted)
    return happened


class SlowBody(io.BytesIO):
    """A request's body that says when it is read."""

    def __init__(self, content: bytes, events: list[str]) -> None:
        super().__init__(content)
        self.events = events

    def read(self, size: int | None = -1) -> bytes:
        self.events.append("read")
        return super().read(size)


def test_visitor__never_takes_the_lock(client: Client, events: list[str]) -> None:
    client.post(reverse("wagtailadmin_pages:delete", args=[factories.article().pk]))
    assert events == []


def test_account_that_may_not_enter_the_admin__never_takes_the_lock(client: Client, events: list[str]) -> None:
    client.force_login(User.objects.create_user("reader@example.org", factories.PASSWORD))
    client.post(reverse("wagtailadmin_pages:delete", args=[factories.article().pk]))
    assert events == []


def test_editor_who_writes__takes_the_lock_once(client: Client, events: list[str]) -> None:
    client.force_login(factories.writer())
    client.post(reverse("wagtailadmin_pages:lock", args=[factories.article().pk]))
    assert events == ["lock"]


@pytest.mark.parametrize("content_type", [MULTIPART_CONTENT, "application/x-www-form-urlencoded", "application/json"])
def test_body__is_read_before_the_lock_is_taken(events: list[str], content_type: str) -> None:
    content = encode_multipart(BOUNDARY, {"title": "Rest"})
    environ: dict[str, Any] = {"wsgi.input": SlowBody(content, events)}
    request = RequestFactory().generic("POST", "/admin/reports/locked/", content, content_type, **environ)
    request.user = factories.writer()
    middleware.OneWriterMiddleware(lambda _: HttpResponse(request.POST.get("title", "")))(request)
    assert events[0] == "read"
    assert events[-1] == "lock"


def test_request_for_nothing__never_takes_the_lock(events: list[str]) -> None:
    request = RequestFactory().post("/admin/no/such/view/")
    request.user = AnonymousUser()
    middleware.OneWriterMiddleware(lambda _: HttpResponse())(request)
    assert events == []
