"""Free first consultations by the API: asked for once, answered by the two alone, and a specialist's times."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from cms.consultations import services
from cms.consultations.meetings import Consultation
from cms.consultations.practices import Practice
from cms.specialists.models import Specialist
from tests import factories
from tests.api.v1.contract import ContractClient
from tests.cms.consultations import stage
from tests.cms.consultations.conftest import clock  # noqa: F401  # the day on which it is
from tests.cms.consultations.stage import at, consultation, practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ADDRESS = "/api/v1/consultations/"
TIME, LATER = "2026-12-02T09:00:00+00:00", "2026-12-02T10:00:00+00:00"


def request_to(whom: Any, /, **fields: Any) -> dict[str, Any]:
    return {
        "specialist": whom.slug,
        "times": [TIME],
        "way": "video",
        "name": "Robin",
        "note": "planted words",
        "time_zone": "Europe/Berlin",
        **fields,
    }


def send(client: ContractClient, content: Any, path: str = ADDRESS, key: str = "", **named: Any) -> Any:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return client.post(path, content, content_type="application/json", headers=headers, **named)


def act(client: ContractClient, one: Consultation, name: str, content: Any = None) -> Any:
    return client.post(f"{ADDRESS}{one.pk}/{name}/", content or {}, content_type="application/json")


def logged_in(client: ContractClient, user: Any) -> ContractClient:
    client.force_login(user)
    return client


def test_request__is_made_and_told_to_both__each_in_their_own_way(client: ContractClient) -> None:
    found, reader = practice(), factories.reader()
    answer = send(logged_in(client, reader), request_to(found.specialist, times=[LATER, TIME]))
    assert answer.status_code == 201
    told = answer.json()
    assert (told["i_am"], told["state"], told["times"]) == ("reader", "requested", [TIME, LATER])
    assert told["with"] == {"name": found.specialist.name, "path": f"/specialists/{found.specialist.slug}/"}
    assert told["may"] == ["cancel", "propose"]
    assert told["fees"]["amount"] == "70.00"
    logged_in(client, found.specialist.user)
    theirs = client.get(f"{ADDRESS}{told['id']}/").json()
    assert (theirs["i_am"], theirs["with"], theirs["note"]) == (
        "specialist",
        {"name": "Robin", "path": None},
        "planted words",
    )
    assert theirs["may"] == ["accept", "cancel", "decline", "propose"]
    assert reader.email not in str(theirs)
    assert client.get(ADDRESS).json()["results"] == [theirs]


def test_request__sent_again_with_its_key__is_the_same(client: ContractClient) -> None:
    content, key = request_to(practice().specialist), str(uuid4())
    logged_in(client, factories.reader())
    first, again = (send(client, content, key=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201) and first.json() == again.json()
    assert Consultation.objects.count() == 1


def test_request__its_key_for_something_else__is_refused(client: ContractClient) -> None:
    content, key = request_to(practice().specialist), str(uuid4())
    logged_in(client, factories.reader())
    send(client, content, key=key)
    answer = send(client, {**content, "note": "other"}, key=key)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:respite:problem:key-reused")


def test_request__without_a_key__is_not_made(client: ContractClient) -> None:
    logged_in(client, factories.reader())
    answer = client.post(ADDRESS, request_to(practice().specialist), content_type="application/json")
    assert answer.status_code == 400 and not Consultation.objects.exists()


def test_request__signed_out__hears_the_gate(client: ContractClient) -> None:
    answer = send(client, request_to(practice().specialist))
    assert answer.status_code == 401
    assert answer.json()["detail"] == "You need to be logged in to send messages"


def test_request__of_another_account_than_the_session__is_not_taken(client: ContractClient) -> None:
    logged_in(client, factories.reader())
    headers = {"Idempotency-Key": str(uuid4()), "Respite-Account": str(factories.reader().public_id)}
    answer = client.post(ADDRESS, request_to(practice().specialist), content_type="application/json", headers=headers)
    assert answer.status_code == 403 and answer.json()["type"].endswith("other-account")
    assert not Consultation.objects.exists()


def test_request__without_the_token__is_not_taken() -> None:
    client = ContractClient(enforce_csrf_checks=True)
    logged_in(client, factories.reader())
    answer = send(client, request_to(practice().specialist))
    assert answer.status_code == 403 and answer.json()["type"].endswith("csrf")


def test_taken__is_told_with_others_that_are_free(client: ContractClient) -> None:
    found = practice()
    consultation(of=found)
    answer = send(logged_in(client, factories.reader()), request_to(found.specialist, times=[TIME, LATER]))
    assert answer.status_code == 409
    told = answer.json()
    assert told["type"] == "urn:respite:problem:taken"
    assert told["detail"] == "One of these times is no longer free. Choose another."
    assert told["taken"] == [TIME] and LATER in told["others"] and TIME not in told["others"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"times": []}, "times"),
        ({"times": "2026-12-02T09:00:00+00:00"}, "times"),
        ({"times": ["2026-12-02T09:00:00"]}, "times"),
        ({"times": ["tomorrow"]}, "times"),
        ({"times": ["2026-12-02T09:07:00+00:00"]}, "times"),
        ({"times": [None]}, "times"),
        ({"times": [f"2026-12-02T{hour:02}:00:00+00:00" for hour in (9, 10, 11, 12)]}, "times"),
        ({"way": "in_person"}, "way"),
        ({"way": ""}, "way"),
        ({"name": ""}, "name"),
        ({"name": "n" * 61}, "name"),
        ({"note": "n" * 1001}, "note"),
        ({"time_zone": "Middle/Earth"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"specialist": ""}, "specialist"),
        ({"specialist": 7}, "specialist"),
    ],
)
def test_request__what_cannot_be_taken_is_named(client: ContractClient, fields: dict[str, Any], named: str) -> None:
    found = practice()
    answer = send(logged_in(client, factories.reader()), request_to(found.specialist, **fields))
    assert answer.status_code == 422 and list(answer.json()["errors"]) == [named]
    assert not Consultation.objects.exists()


def test_times__may_come_with_any_distance_from_utc(client: ContractClient) -> None:
    answer = send(
        logged_in(client, factories.reader()), request_to(practice().specialist, times=["2026-12-02T14:30:00+05:30"])
    )
    assert answer.json()["times"] == [TIME]


def test_request__of_nobody__and_of_somebody_who_is_not_public__are_the_same(client: ContractClient) -> None:
    hidden = practice().specialist
    Specialist.objects.filter(pk=hidden.pk).update(state="draft")
    logged_in(client, factories.reader())
    answers = [send(client, request_to(hidden)), send(client, request_to(hidden, specialist="nobody"))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("change", "kind"),
    [({"is_open": False}, "not-offered"), ({"is_paused": True}, "not-offered")],
)
def test_request__where_nothing_is_offered(client: ContractClient, change: dict[str, Any], kind: str) -> None:
    answer = send(logged_in(client, factories.reader()), request_to(practice(**change).specialist))
    assert (answer.status_code, answer.json()["type"]) == (409, f"urn:respite:problem:{kind}")


def test_request__a_second_one(client: ContractClient) -> None:
    one = consultation()
    answer = send(logged_in(client, one.author), request_to(one.specialist, times=[LATER]))
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:respite:problem:asked-before")


ACTS = {
    "accept": {"starts_at": TIME},
    "decline": {},
    "propose": {"times": [LATER]},
    "cancel": {},
    "held": {},
    "missed": {},
}


@pytest.mark.parametrize("name", ACTS)
def test_act__of_anybody_else__is_the_same_as_on_nothing(client: ContractClient, name: str) -> None:
    one = consultation()
    logged_in(client, factories.reader())
    theirs = act(client, one, name, ACTS[name])
    nothing = client.post(f"{ADDRESS}{uuid4()}/{name}/", ACTS[name], content_type="application/json")
    assert (theirs.status_code, theirs.content) == (404, nothing.content)
    assert client.get(f"{ADDRESS}{one.pk}/").content == nothing.content


@pytest.mark.parametrize("name", ACTS)
def test_act__signed_out__hears_the_gate(client: ContractClient, name: str) -> None:
    assert act(client, consultation(), name, ACTS[name]).status_code == 401


def test_from_a_request_to_a_meeting(client: ContractClient, clock: time_machine.Traveller) -> None:  # noqa: F811
    found = practice()
    one = consultation(of=found)
    logged_in(client, found.specialist.user)
    assert act(client, one, "propose", {"times": [LATER]}).json()["state"] == "proposed"
    assert act(client, one, "held").status_code == 409
    logged_in(client, one.author)
    assert act(client, one, "accept", {"starts_at": TIME}).json()["type"].endswith("changed")
    told = act(client, one, "accept", {"starts_at": LATER}).json()
    assert (told["state"], told["starts_at"], told["where"]) == ("accepted", LATER, "https://calls.example/room")
    assert act(client, one, "missed").status_code == 409
    clock.move_to(at("2026-12-02 10:30"))
    assert act(client, one, "held").json()["type"] == "urn:respite:problem:specialist-only"
    logged_in(client, found.specialist.user)
    assert act(client, one, "held").json()["state"] == "held"
    assert act(client, one, "missed").status_code == 409


def test_specialist__names_times_as_their_own_clock_shows_them(client: ContractClient) -> None:
    found = practice()
    one = consultation(of=found)
    Specialist.objects.filter(pk=found.specialist.pk).update(time_zone="Asia/Kolkata")
    logged_in(client, found.specialist.user)
    told = act(client, one, "propose", {"when": ["2026-12-02T15:30", "", ""]}).json()
    assert told["times"] == [LATER]
    for wrong in (["2026-12-02T15:31"], ["tomorrow"], "2026-12-02T15:30", [1], ["", "", ""]):
        refused = act(client, one, "propose", {"when": wrong})
        assert (refused.status_code, [*refused.json()["errors"]]) == (422, ["when"]), wrong
    # Whoever asks chooses moments, which are the same on every clock.
    logged_in(client, one.author)
    assert act(client, one, "propose", {"when": ["2026-12-02T15:30"]}).status_code == 422
    assert act(client, one, "propose", {}).json()["errors"] == {"times": ["Choose a time."]}


def test_calendar_file__is_there_once_a_time_is_agreed__for_the_two_alone(client: ContractClient) -> None:
    one = consultation()
    address = f"{ADDRESS}{one.pk}/calendar.ics"
    assert logged_in(client, one.author).get(address).status_code == 404
    services.accept(one, one.specialist.user, at("2026-12-02 09:00"))
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and "no-store" in answer["Cache-Control"]
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event.decoded("dtstart") == at("2026-12-02 09:00")
    assert logged_in(client, factories.reader()).get(address).status_code == 404


def test_list__takes_as_many_queries_for_many_as_for_one(client: ContractClient) -> None:
    found = practice()
    logged_in(client, found.specialist.user)
    counted = []
    for number in range(3):
        consultation(f"2026-12-0{number + 1} 09:00", of=found)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(ADDRESS).json()["results"]) == number + 1
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2]


# ---- A specialist's own times ----------------------------------------------------------------

MINE = "/api/v1/specialists/mine/times/"


def said(**fields: Any) -> dict[str, Any]:
    return {
        "is_open": True,
        "is_paused": False,
        "paused_until": None,
        "time_zone": "Australia/Lord_Howe",
        "weekly": [
            {"weekday": 2, "begins": "14:00", "ends": "16:30"},
            {"weekday": 0, "begins": "22:00", "ends": "24:00"},
        ],
        "away": [{"first": "2026-12-24", "last": "2026-12-27"}],
        "extra": [{"day": "2026-12-26", "begins": "09:15", "ends": "10:15"}],
        "minutes_before": 0,
        "minutes_after": 15,
        "notice_hours": 12,
        "horizon_days": 28,
        "capacity": 4,
        "ways": ["video"],
        "connection": "https://calls.example/room",
        "place": "",
        "more_than_once": False,
        **fields,
    }


def put(client: ContractClient, content: Any) -> Any:
    return client.put(MINE, content, content_type="application/json")


def test_times__said_are_told_again__and_reach_readers(client: ContractClient) -> None:
    mine = stage.specialist()
    logged_in(client, mine.user)
    assert client.get(MINE).json()["is_open"] is False
    answer = put(client, said())
    assert answer.status_code == 200
    in_order = said(weekly=list(reversed(said()["weekly"])))
    assert answer.json() == in_order == client.get(MINE).json()
    told = client.get(f"/api/v1/specialists/{mine.slug}/").json()
    assert told["offers_consultation"] is True
    # Monday, 22:00 on Lord Howe Island (eleven hours ahead in summer).
    assert told["consultation"]["times"][0] == "2026-12-02T03:00:00+00:00"
    assert told["consultation"]["time_zone"] == "Australia/Lord_Howe"
    assert "calls.example" not in str(told)


@pytest.mark.parametrize("change", [{"is_paused": True}, {"is_open": False}])
def test_times__paused_or_given_up__are_told_to_readers_at_once(client: ContractClient, change: dict[str, Any]) -> None:
    mine = stage.specialist()
    logged_in(client, mine.user)
    put(client, said())
    put(client, said(**change))
    told = client.get(f"/api/v1/specialists/{mine.slug}/").json()
    assert (told["offers_consultation"], told["consultation"]) == (False, None)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"time_zone": "Middle/Earth"}, "time_zone"),
        ({"weekly": [{"weekday": 7, "begins": "09:00", "ends": "10:00"}]}, "weekly"),
        ({"weekly": [{"weekday": True, "begins": "09:00", "ends": "10:00"}]}, "weekly"),
        ({"weekly": [{"weekday": 1, "begins": "09:10", "ends": "10:00"}]}, "weekly"),
        ({"weekly": [{"weekday": 1, "begins": "09:00", "ends": "09:15"}]}, "weekly"),
        ({"weekly": [{"weekday": 1, "begins": "10:00", "ends": "09:00"}]}, "weekly"),
        ({"weekly": [{"weekday": 1, "begins": "9:00", "ends": "10:00"}]}, "weekly"),
        ({"weekly": [{"weekday": 1, "begins": "23:00", "ends": "24:15"}]}, "weekly"),
        ({"weekly": [{"weekday": 1, "begins": "09:00"}]}, "weekly"),
        ({"weekly": [{"weekday": 1, "begins": "09:00", "ends": "10:00", "more": 1}]}, "weekly"),
        (
            {
                "weekly": [
                    {"weekday": 1, "begins": "09:00", "ends": "10:00"},
                    {"weekday": 1, "begins": "09:30", "ends": "11:00"},
                ]
            },
            "weekly",
        ),
        ({"weekly": {"0": "all day"}}, "weekly"),
        ({"weekly": [], "extra": []}, "weekly"),
        ({"away": [{"first": "2026-12-24", "last": "2026-12-23"}]}, "away"),
        ({"away": [{"first": "Christmas"}]}, "away"),
        ({"extra": [{"day": "2026-12-26", "begins": "09:00", "ends": "25:00"}]}, "extra"),
        ({"minutes_after": 7}, "minutes_after"),
        ({"notice_hours": 0}, "notice_hours"),
        ({"horizon_days": 400}, "horizon_days"),
        ({"capacity": 0}, "capacity"),
        ({"ways": []}, "ways"),
        ({"ways": ["writing"]}, "ways"),
        ({"ways": ["in_person"]}, "place"),
        ({"connection": ""}, "connection"),
    ],
)
def test_times__what_cannot_be_taken_is_named(client: ContractClient, change: dict[str, Any], named: str) -> None:
    mine = stage.specialist()
    answer = put(logged_in(client, mine.user), said(**change))
    assert answer.status_code == 422 and list(answer.json()["errors"]) == [named]
    assert not Practice.objects.exists()


def test_times__of_somebody_without_a_profile__are_not_there(client: ContractClient) -> None:
    logged_in(client, factories.reader())
    assert client.get(MINE).status_code == put(client, said()).status_code == 404


def test_times__signed_out__hears_the_gate_for_specialists(client: ContractClient) -> None:
    answer = client.get(MINE)
    assert answer.json()["detail"] == "To create your specialist profile, please log in to your account."


def test_times__that_are_past_are_let_go(client: ContractClient) -> None:
    mine = stage.specialist()
    past = (stage.NOW - timedelta(days=2)).date().isoformat()
    answer = put(
        logged_in(client, mine.user),
        said(away=[{"first": past, "last": past}], extra=[{"day": past, "begins": "09:00", "ends": "10:00"}]),
    )
    assert (answer.json()["away"], answer.json()["extra"]) == ([], [])


def test_what_was_agreed__stays_when_the_times_are_others(client: ContractClient) -> None:
    found = practice()
    one = consultation(of=found)
    services.accept(one, found.specialist.user, at("2026-12-02 09:00"))
    put(logged_in(client, found.specialist.user), said(is_open=False))
    one.refresh_from_db()
    assert one.state == "accepted" and one.starts_at == at("2026-12-02 09:00")
