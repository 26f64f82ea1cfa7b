"""Specialists in the API: filters, the order of the day, pages across midnight, and who is not there."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from cms.publishing.services import unpublish
from cms.specialists.rule import order
from tests import factories
from tests.api.v1.contract import ContractClient

pytestmark = pytest.mark.django_db

LIST = "/api/v1/specialists/"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["name"] for one in answer.json()["results"]]


@pytest.fixture
def people(bare: None) -> dict[str, Any]:
    sleep, grief = factories.topic("Sleep"), factories.topic("Grief")
    return {
        "ada": factories.specialist("Ada", topics=[sleep], offers_consultation=True),
        "bo": factories.specialist(
            "Bo", topics=[grief], languages=["de"], ways=["phone"], country="DE", reduced_fee=30, modalities=["act"]
        ),
        "cy": factories.specialist("Cy", topics=[sleep, grief], fee_amount=200),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Ada", "Bo", "Cy"}),
        ("topic=sleep", {"Ada", "Cy"}),
        ("language=de", {"Bo"}),
        ("modality=act", {"Bo"}),
        ("way=phone", {"Bo"}),
        ("country=DE", {"Bo"}),
        ("fee=higher", {"Cy"}),
        ("reduced_fee=true", {"Bo"}),
        ("offers_consultation=true", {"Ada"}),
        ("topic=sleep&offers_consultation=true", {"Ada"}),
        ("topic=nothing", set()),
    ],
)
def test_list__is_filtered(client: ContractClient, people: dict[str, Any], query: str, found: set[str]) -> None:
    assert set(names(client.get(f"{LIST}?{query}"))) == found


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "language=xx",
        "way=pigeon",
        "country=Germany",
        "fee=1",
        "reduced_fee=no",
        "limit=0",
        "cursor=nonsense",
        "cursor=MjAyNi0xMy00NS8w",
        "topic=a&topic=b",
    ],
)
def test_wrong_filter__is_named(client: ContractClient, bare: None, query: str) -> None:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {query.partition("=")[0]}


def test_order__is_that_of_the_rule(client: ContractClient, bare: None) -> None:
    with time_machine.travel(NOON, tick=False):
        made = [factories.specialist(f"Number {number}", offers_consultation=number < 4) for number in range(10)]
        factories.campaign(cap=2)
        from api.library.dependents import drain

        drain()
        answer = client.get(LIST)
    people = [{"id": one["id"], "featured": one["featured"]} for one in answer.json()["results"]]
    assert len(people) == len(made)
    assert people == order(people, NOON)
    assert [bool(one["featured"]) for one in people][:2] == [True, True]


def test_pages__go_on_in_the_order_in_which_they_began_also_after_midnight(client: ContractClient, bare: None) -> None:
    for number in range(7):
        factories.specialist(f"Number {number}")
    with time_machine.travel(datetime(2026, 12, 1, 23, 59, 50, tzinfo=UTC), tick=False) as clock:
        whole = names(client.get(LIST))
        first = client.get(f"{LIST}?limit=3")
        assert first["Cache-Control"] == "public, max-age=10"
        clock.move_to(datetime(2026, 12, 2, 0, 0, 10, tzinfo=UTC))
        second = client.get(first.json()["next"])
        third = client.get(second.json()["next"])
        assert names(first) + names(second) + names(third) == whole
        assert third.json()["next"] is None
        assert names(client.get(third.json()["previous"])) == names(second)
        assert names(client.get(LIST)) != whole


def test_specialist__is_there_with_all_they_say(client: ContractClient, people: dict[str, Any]) -> None:
    data = client.get(f"{LIST}ada/").json()
    assert data["approach"] == "We begin with this week.\n\nThen we see."
    assert data["verification"]["checked"] == "Name and number compared with the register."
    assert data["fee"] == {"amount": "70.00", "currency": "EUR", "minutes": 50, "band": "middle"}


def test_specialist_who_is_no_longer_public__is_gone_and_a_draft_never_was(
    client: ContractClient, people: dict[str, Any]
) -> None:
    unpublish(people["ada"])
    factories.specialist("Dee", live=False)
    assert client.get(f"{LIST}ada/").status_code == 410
    assert client.get(f"{LIST}dee/").status_code == 404
    assert set(names(client.get(LIST))) == {"Bo", "Cy"}


def test_list__asks_a_fixed_number_of_queries(client: ContractClient, bare: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{LIST}?way=video")
        return len(asked)

    factories.specialist()
    few = queries()
    for _number in range(8):
        factories.specialist()
    assert queries() == few <= 4
