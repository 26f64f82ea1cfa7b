"""The OpenAPI document: exactly our addresses, kept as a snapshot, and true of whatever is asked."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import include, path
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.v1.openapi import document
from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient, plain_content

SNAPSHOT = Path(__file__).parent / "schema.json"


def test_the_document__is_the_one_we_agreed_on() -> None:
    """Renew it with ``python -m tests.api.v1.renew`` and look at what changed."""
    assert document() == json.loads(SNAPSHOT.read_text())


def test_the_document__is_of_openapi_3_1_and_of_our_addresses_alone() -> None:
    assert document()["openapi"] == "3.1.0"
    assert all(template.startswith("/api/v1/") for template in document()["paths"])


def test_the_document__is_made_without_a_warning() -> None:
    GENERATOR_STATS.reset()
    SchemaGenerator(patterns=[path("api/v1/", include("api.v1.urls"))]).get_schema(public=True)
    assert not GENERATOR_STATS


def test_the_document__is_served(client: ContractClient) -> None:
    answer = client.get("/api/v1/schema/", headers={"accept-encoding": "gzip"})
    assert json.loads(plain_content(answer)) == document()


def test_its_page__has_no_script_or_style_inside(client: ContractClient) -> None:
    answer = client.get("/api/v1/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=")
    assert "://" not in page
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert client.get("/api/v1/docs/?script=").headers["Content-Type"].startswith("application/javascript")


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the test's connection, with its transaction, open from request to request, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(
    ("address", "method"),
    [(address, method) for address, methods in sorted(document()["paths"].items()) for method in methods],
)
def test_whatever_is_asked__is_answered_as_documented(address: str, method: str) -> None:
    entries.article("One", slug="one")
    entries.bury(entries.article("Two", slug="two"), "Withdrawn.")
    entries.topic()
    entries.banner()
    operation = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())[address][method.upper()]

    @given(case=operation.as_strategy() | as_wrong_strategy(operation))
    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        # Which texts are cursors no schema can say: those it allows may well be refused.
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance])

    ask()


def as_wrong_strategy(operation: APIOperation) -> SearchStrategy[schemathesis.Case]:
    """Give what this address should refuse."""
    return operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
