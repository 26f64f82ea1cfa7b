"""A server killed with -9 under load, again and again: what it acknowledged is there, and nothing is there twice."""

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from cms.correspondence.models import Message, Thread
from cms.people.models import User
from tests import factories
from tests.kept import ROOT
from tests.server import eventually

KILLS = 100
WRITERS = 4
LONGEST = 120.0  # seconds until everything must be acknowledged
TOKEN = "t" * 32

pytestmark = pytest.mark.django_db(transaction=True)


class DyingServer:
    """Starts the server, and kills what serves."""

    def __init__(self) -> None:
        names = {
            "DJANGO_SETTINGS_MODULE": "tests.api.v1.dying_server_settings",
            "DYING_DATABASE": str(connection.settings_dict["NAME"]),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.api.v1.dying_server"],
            cwd=ROOT,
            env={**os.environ, **names},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def kill(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "again\n"

    def end(self) -> None:
        self.process.communicate(timeout=10)


@pytest.fixture
def dying() -> Iterator[DyingServer]:
    started = DyingServer()
    yield started
    started.end()


class Writer(threading.Thread):
    """Sends one message after another, each again until it is acknowledged, as a phone does."""

    def __init__(self, port: int, user: User) -> None:
        super().__init__(daemon=True)
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}"
        self.port = port
        self.acknowledged: list[str] = []
        self.attempts = 0
        self.refused: list[str] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            self.send(str(uuid4()))

    def send(self, key: str) -> None:
        """Send one message until it is acknowledged, whatever becomes of the server meanwhile."""
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            self.attempts += 1
            status = self.attempt(key)
            if status == 201:
                self.acknowledged.append(key)
                return
            if status:
                self.refused.append(f"{key}: {status}")
                return
        self.refused.append(f"{key}: never answered")

    def attempt(self, key: str) -> int:
        """Give the status of the answer; 0 where none came."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        body = json.dumps({"subject": "other", "text": f"Letter {key}"})
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, "Cookie": self.cookie}
        try:
            wire.request("POST", "/api/v1/contact/", body, headers | {"X-CSRFToken": TOKEN})
            answer = wire.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            wire.close()
        return answer.status


def test_server_killed_under_load__loses_nothing_it_acknowledged_and_doubles_nothing(dying: DyingServer) -> None:
    writers = [Writer(dying.port, factories.reader()) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    rhythm = random.Random(20_261_129)
    for number in range(KILLS):
        # Some lives end before the first answer, some in the middle of one; every third lasts until there is one more.
        if number % 3 == 0:
            one_more(writers)
        writers[0].is_over.wait(rhythm.uniform(0.02, 0.12))
        dying.kill()
    for writer in writers:
        writer.is_over.set()
        writer.join(LONGEST)
        assert not writer.is_alive()

    assert [writer.refused for writer in writers] == [[]] * WRITERS
    acknowledged = [key for writer in writers for key in writer.acknowledged]
    made = [str(key) for key in Message.objects.values_list("idempotency_key", flat=True)]
    assert sorted(made) == sorted(acknowledged)
    assert {message.text for message in Message.objects.all()} == {f"Letter {key}" for key in acknowledged}
    assert Thread.objects.count() == len(made), "no half of a message is there"
    assert sum(writer.attempts for writer in writers) > len(acknowledged), "nobody was hit: this proves nothing"
    assert len(acknowledged) >= KILLS / 3


def one_more(writers: list[Writer]) -> None:
    """Wait until one more message is acknowledged."""
    before = acknowledged_by(writers)
    eventually(lambda: acknowledged_by(writers) > before, LONGEST, "a message is acknowledged")


def acknowledged_by(writers: list[Writer]) -> int:
    return sum(len(writer.acknowledged) for writer in writers)
