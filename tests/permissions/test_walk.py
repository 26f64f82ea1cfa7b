"""Every address outside the admin, with every method, by everybody who might ask: all and only who may get through."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from pytest_django import DjangoDbBlocker

from tests import factories
from tests.permissions.routes import routes
from tests.permissions.stage import ROLES, Stage, build, nowhere
from tests.permissions.table import ALSO_OF_ALLAUTH, NOTHING, OF_ALLAUTH, TABLE, Row
from tests.pwa.conftest import publish_one_of_each
from tests.standing import undone_at_the_end

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WALKED = sorted(route for route, row in TABLE.items() if not row.not_walked)
THING = re.compile(r"\{(\w+)\}")
# A form's token and a request's own time are new for each.
ANEW = re.compile(rb'(name="csrfmiddlewaretoken" value="|"csrf_token":")\w+')

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Set the stage once; what is done on it is undone each time."""
    with undone_at_the_end(django_db_blocker):
        site = publish_one_of_each()
        made = build()
        reference = factories.reference()
        made.things["reference"] = str(reference.public_id)
        made.things["article"] = site.article.slug
        yield made


def test_every_address__has_its_row() -> None:
    known = TABLE.keys() | NOTHING | ALSO_OF_ALLAUTH
    found = {route for route in routes() if not route.startswith(OF_ALLAUTH)}
    assert found - known == set(), "say in tests/permissions/table.py who may do what there"
    assert TABLE.keys() - found == set(), "these addresses are no more"


@pytest.mark.parametrize("route", WALKED)
def test_address__lets_through_whom_it_should_and_nobody_else(stage: Stage, route: str) -> None:
    row = TABLE[route]
    path = "/" + (row.path or route).format(**stage.things)
    wrong = [
        f"{method} {path} as {ROLES[role]}: {found}, not {wanted}"
        for method in METHODS
        for role in ROLES
        if (found := outcome(stage, row, method, path, role)) != (wanted := expected(row, method, role))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("route", [route for route in WALKED if TABLE[route].same])
def test_public_address__is_the_same_for_everybody(stage: Stage, route: str) -> None:
    row = TABLE[route]
    path = "/" + (row.path or route).format(**stage.things)
    (method,) = row.may
    assert len({ask(stage, method, path, role).content for role in ROLES}) == 1


def expected(row: Row, method: str, role: str) -> str:
    """Say how an address is to answer somebody."""
    if method not in row.may:
        # Who is asked for before what: nobody may hear of the gate first.
        return "no such method"
    if role in row.may[method]:
        return "through"
    return "gate" if role == "N" else "nothing there"


def outcome(stage: Stage, row: Row, method: str, path: str, role: str) -> str:
    """Ask as somebody, and say how one was answered."""
    answer = ask(stage, method, path, role)
    if answer.status_code == 405 or (method not in row.may and is_gate(answer)):
        return "no such method"
    if is_gate(answer):
        return "gate"
    if answer.status_code == 404:
        same = ask(stage, method, without_things(stage, row), role).content if THING.search(row.path) else None
        return "nothing there" if same in (None, answer.content) else "not there, and it can be told from nothing"
    if answer.status_code == 403:
        return "nothing there" if row.may.get(method) is None else "forbidden"
    return "through" if answer.status_code < 500 else f"status {answer.status_code}"


def ask(stage: Stage, method: str, path: str, role: str) -> Any:
    """Send one request; what it does is undone."""
    with transaction.atomic():
        client = stage.client(role)
        headers = {"Idempotency-Key": str(nowhere())}
        content: Any = {} if path.startswith("/api/") else None
        kind = {"content_type": "application/json"} if content is not None and method != "GET" else {}
        answer = getattr(client, method.lower())(path, content if method != "GET" else None, headers=headers, **kind)
        answer.content = ANEW.sub(rb"\1", b"".join(answer) if answer.streaming else answer.content)
        transaction.set_rollback(True)
    return answer


def is_gate(answer: HttpResponse) -> bool:
    """Say whether somebody is asked to log in first."""
    location = answer.headers.get("Location", "")
    is_page = (
        b'class="panel lined stack gate"' in answer.content and b'<main id="main" class="narrow own">' in answer.content
    )
    return answer.status_code == 401 or location.startswith("/accounts/login/") or is_page


def without_things(stage: Stage, row: Row) -> str:
    """Give the same address about nothing that there is."""
    return "/" + THING.sub(str(nowhere()), row.path)
