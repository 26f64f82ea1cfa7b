"""A thousand who want the same half hour at once: one gets it, and every other hears why not.

Where a thousand connections are not to be had (PostgreSQL has a hundred, and other tests want theirs), a thousand
clients share twenty-five threads, which begin together. Every outcome is looked at.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from cms.consultations import keeping, services
from cms.consultations.meetings import Consultation, Hold, State
from cms.consultations.practices import Practice
from cms.people.models import User
from tests import factories
from tests.cms.consultations.stage import asked, at, consultation, practice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]

CLIENTS, THREADS = 1000, 25
TIME = "2026-12-02 09:00"


def race(things: list[Any], act: Callable[[Any], str]) -> list[str]:
    """Do something with each of many things, by many threads that begin together; give how each ended."""
    waiting: SimpleQueue[Any] = SimpleQueue()
    for thing in things:
        waiting.put(thing)
    begin, outcomes = threading.Barrier(THREADS), SimpleQueue[str]()

    def work() -> None:
        try:
            begin.wait()
            while True:
                outcomes.put(ended(act, waiting.get_nowait()))
        except Empty:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes.get_nowait() for _number in range(outcomes.qsize())]


def ended(act: Callable[[Any], str], thing: Any) -> str:
    try:
        return act(thing)
    except Exception as error:
        return type(error).__name__


def many_readers(number: int = CLIENTS) -> list[User]:
    """Make accounts, without the work that a password costs."""
    return User.objects.bulk_create(User(email=f"racing{one}@example.org") for one in range(number))


@pytest.fixture(autouse=True)
def _on_a_file() -> None:
    """In memory, threads would each have a database of their own."""
    assert connection.vendor != "sqlite" or "memory" not in str(connection.settings_dict["NAME"])


def test_a_thousand_ask_for_one_time__one_gets_it() -> None:
    found = practice()
    readers = many_readers()

    def ask(reader: User) -> str:
        services.ask(reader, found.specialist, asked(TIME), uuid4())
        return "made"

    outcomes = race(readers, ask)
    assert Counter(outcomes) == {"made": 1, "TimeTaken": CLIENTS - 1}
    assert Consultation.objects.count() == 1 and Hold.objects.count() == 2


@contextmanager
def unlocked(practice_id: int) -> Iterator[Practice]:
    """Stand in for the lock, and lock nothing."""
    with transaction.atomic():
        yield Practice.objects.select_related("specialist__user").get(pk=practice_id)


def test_without_the_lock__the_constraint_alone_lets_one_of_many_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody is told that it is free, nobody waits for anybody: the database still gives it once."""
    found = practice()
    monkeypatch.setattr(services, "locked", unlocked)
    monkeypatch.setattr(services, "free_times", lambda *arguments, **named: [at(TIME)])
    readers = many_readers(200)

    def ask(reader: User) -> str:
        services.ask(reader, found.specialist, asked(TIME), uuid4())
        return "made"

    outcomes = race(readers, ask)
    assert Counter(outcomes) == {"made": 1, "TimeTaken": 199}
    assert Consultation.objects.count() == 1 and Hold.objects.count() == 2


def test_times_that_overlap__are_no_two_times() -> None:
    """The same quarter of an hour, from two sides: readers ask for nine, the specialist proposes a quarter past."""
    found = practice()
    first = consultation("2026-12-02 11:00", of=found)
    readers = many_readers(60)

    def act(who: User | None) -> str:
        if who is None:
            services.propose(first, found.specialist.user, [at("2026-12-02 09:15")])
            return "proposed"
        services.ask(who, found.specialist, asked(TIME), uuid4())
        return "made"

    outcomes = Counter(race([*readers[:30], None, *readers[30:]], act))
    assert outcomes["made"] + outcomes["proposed"] == 1 and outcomes["TimeTaken"] == 60


def test_one_reader_asks_in_many_windows_at_once__and_has_asked_once() -> None:
    found = practice()
    reader = factories.reader()
    starts = keeping.free_times(found)[:12]

    def ask(number: int) -> str:
        services.ask(reader, found.specialist, asked(starts[number % 12].strftime("%Y-%m-%d %H:%M")), uuid4())
        return "made"

    outcomes = Counter(race(list(range(100)), ask))
    assert outcomes == {"made": 1, "AskedBefore": 99}
    assert Consultation.objects.count() == 1


def test_one_request_sent_a_hundred_times_at_once__is_made_once_and_answered_each_time() -> None:
    found = practice()
    reader, key = factories.reader(), uuid4()

    def ask(_number: int) -> str:
        one, made = services.ask(reader, found.specialist, asked(TIME), key)
        return f"{one.pk} {made}"

    outcomes = Counter(race(list(range(100)), ask))
    one = Consultation.objects.get()
    assert outcomes == {f"{one.pk} True": 1, f"{one.pk} False": 99}


def test_the_specialist_accepts_while_the_reader_cancels__one_of_both_has_happened() -> None:
    found = practice()
    one = consultation(TIME, of=found)
    services.propose(one, found.specialist.user, [at(TIME)])
    acts: dict[str, Callable[[], Any]] = {
        "accept": lambda: services.accept(one, one.author, at(TIME)),
        "cancel": lambda: services.cancel(one, found.specialist.user),
    }
    outcomes = Counter(race(["accept", "cancel"] * 25, lambda name: f"{name} {bool(acts[name]())}"))
    one.refresh_from_db()
    # Cancelling comes through in any case, since what is agreed may be cancelled too; nothing is left of the time.
    assert one.state == State.CANCELLED and not Hold.objects.exists()
    assert outcomes["cancel True"] == 25
    assert set(outcomes) <= {"accept True", "cancel True", "Changed"}


def test_capacity__holds_in_a_race_too() -> None:
    found = practice(capacity=2)
    starts = [start for start in keeping.free_times(found) if start < at("2026-12-07 00:00")]
    readers = many_readers(100)
    wanted = [(reader, starts[number % len(starts)]) for number, reader in enumerate(readers)]

    def ask(one: Any) -> str:
        services.ask(one[0], found.specialist, asked(one[1].strftime("%Y-%m-%d %H:%M")), uuid4())
        return "made"

    assert Counter(race(wanted, ask)) == {"made": 2, "TimeTaken": 98}


def test_a_race__would_show_a_time_that_is_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without lock, look and constraint there are many winners: what is tested above can fail."""
    found = practice()
    monkeypatch.setattr(services, "locked", unlocked)
    monkeypatch.setattr(services, "free_times", lambda *arguments, **named: [at(TIME)])
    monkeypatch.setattr(services, "keep", lambda *arguments: None)
    readers = many_readers(50)

    def ask(reader: User) -> str:
        services.ask(reader, found.specialist, asked(TIME), uuid4())
        return "made"

    assert Counter(race(readers, ask)) == {"made": 50}
