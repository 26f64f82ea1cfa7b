"""What is searched for on the server leaves no trace there, and goes nowhere else."""

import logging

import pytest
from django.test import Client

from config.serving import server_command

pytestmark = pytest.mark.django_db

SECRET = "xylophonesecret"
ADDRESSES = [
    f"/search/?q={SECRET}",
    f"/de/search/?q={SECRET}&kind=article&page=3",
    f"/api/v1/search/?q={SECRET}",
    f"/api/v1/search/?q={SECRET}&nonsense=1",
    f"/api/v1/search/suggestions/?q={SECRET}",
    f"/nowhere/?q={SECRET}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_search__leaves_nothing_in_the_log(client: Client, caplog: pytest.LogCaptureFixture, address: str) -> None:
    with caplog.at_level(logging.DEBUG, "django"):
        client.get(address)
        client.post(address)
    # What is refused is logged, so this looks at something.
    assert any("Not Allowed" in record.getMessage() or "Not Found" in record.getMessage() for record in caplog.records)
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert [line for line in told if SECRET in line] == []


def test_server__writes_no_log_of_addresses() -> None:
    assert not [word for word in server_command(8000) if word.startswith("--access-log")]


def test_search_page__tells_nobody_where_a_reader_comes_from(client: Client) -> None:
    answer = client.get(ADDRESSES[0])
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"
