"""Letters: who hears of what, in which words and on which clock; and what is never in one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail

from cms.consultations import services, sweeping
from cms.consultations.meetings import Consultation
from tests.cms.consultations.stage import at, consultation, practice, specialist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

FIRST, SECOND = "2026-12-02 09:00", "2026-12-02 10:00"
# What whoever looks at a screen over a shoulder, or at a list of mail, must not learn.
HEALTH = re.compile(
    r"therap|psych|mental|health|consultation|counsel|grief|diagnos|crisis|help|specialist|krise|hilfe|seel|berat|gespräch",
    re.IGNORECASE,
)


def answered(one: Consultation) -> Any:
    return one.specialist.user


def agreed(one: Consultation) -> None:
    services.accept(one, answered(one), at(FIRST))
    mail.outbox.clear()


def after(one: Consultation, time: str, act: Callable[[], Any]) -> None:
    with time_machine.travel(at(time), tick=False):
        act()


ACTS: dict[str, tuple[Callable[[Consultation], Any], list[str]]] = {
    "accept": (lambda one: services.accept(one, answered(one), at(FIRST)), ["reader"]),
    "decline": (lambda one: services.decline(one, answered(one)), ["reader"]),
    "propose": (lambda one: services.propose(one, answered(one), [at(SECOND)]), ["reader"]),
    "propose as reader": (lambda one: services.propose(one, one.author, [at(SECOND)]), ["specialist"]),
    "cancel": (lambda one: services.cancel(one, one.author), ["specialist"]),
    "cancel as specialist": (lambda one: services.cancel(one, answered(one)), ["reader"]),
    "cancel what is agreed": (lambda one: (agreed(one), services.cancel(one, one.author)), ["specialist"]),
    "move": (lambda one: (agreed(one), services.propose(one, one.author, [at(SECOND)])), ["specialist"]),
    "keep": (
        lambda one: (
            agreed(one),
            services.propose(one, one.author, [at(SECOND)]),
            mail.outbox.clear(),
            services.decline(one, answered(one)),
        ),
        ["reader"],
    ),
    "miss": (
        lambda one: (agreed(one), after(one, "2026-12-02 09:30", lambda: services.mark_missed(one, answered(one)))),
        ["reader"],
    ),
    "miss as reader": (
        lambda one: (agreed(one), after(one, "2026-12-02 09:30", lambda: services.mark_missed(one, one.author))),
        ["specialist"],
    ),
    "hold": (
        lambda one: (agreed(one), after(one, "2026-12-02 09:30", lambda: services.mark_held(one, answered(one)))),
        [],
    ),
    "lapse": (lambda one: sweeping.lapse(at("2026-12-03 00:00")), ["reader"]),
    "remind": (lambda one: (agreed(one), sweeping.remind(at("2026-12-01 09:30"))), ["reader", "specialist"]),
    "remind within the hour": (
        lambda one: (agreed(one), sweeping.remind(at("2026-12-02 08:30"))),
        ["reader", "specialist"],
    ),
}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ACTS)
def test_letter__goes_to_whom_it_concerns__and_says_nothing_of_health_in_its_subject(name: str, language: str) -> None:
    act, expected = ACTS[name]
    one = consultation(of=practice(language=language), language=language, name="Plantedname")
    mail.outbox.clear()
    act(one)
    addresses = {one.author.email: "reader", answered(one).email: "specialist"}
    assert [addresses[letter.to[0]] for letter in mail.outbox] == expected
    for letter in mail.outbox:
        assert letter.subject and not HEALTH.search(letter.subject)
        assert one.specialist.name not in letter.subject
        whole = letter.subject + letter.body
        assert "planted" not in whole.lower(), "a note or a name stays on Respite"
        assert letter.extra_headers == {"Auto-Submitted": "auto-generated"}
        assert f"/own/consultations/{one.pk}/" in letter.body
        assert one.author.email not in letter.body and answered(one).email not in letter.body


def test_request__is_told_to_the_specialist_alone() -> None:
    one = consultation(FIRST, SECOND)
    [letter] = mail.outbox
    assert letter.to == [one.specialist.user.email]
    assert "Wednesday 2 December 2026 at 09:00 (London time, UTC)" in letter.body


def test_times__are_those_of_whoever_reads_the_letter() -> None:
    mine = consultation(FIRST, of=practice(specialist(time_zone="Europe/London")), time_zone="Asia/Kolkata")
    mail.outbox.clear()
    services.accept(mine, answered(mine), at(FIRST))
    assert "Wednesday 2 December 2026 at 14:30 (Kolkata time, UTC+05:30)" in mail.outbox[0].body


def test_letter__is_in_the_language_in_which_somebody_asked() -> None:
    mine = consultation(FIRST, language="de", time_zone="Europe/Berlin")
    mail.outbox.clear()
    services.accept(mine, answered(mine), at(FIRST))
    [letter] = mail.outbox
    assert "Mittwoch, 2. Dezember 2026" in letter.body and "10:00" in letter.body
    assert not re.search(r"\b(the|you|time)\b", letter.subject)


@pytest.mark.django_db(transaction=True)
def test_letter__of_what_did_not_happen__is_not_sent(settings: Any) -> None:
    from cms.consultations.refusals import TimeTaken
    from tests import factories
    from tests.cms.consultations.stage import asked

    found = practice()
    consultation(FIRST, of=found)
    mail.outbox.clear()
    with pytest.raises(TimeTaken):
        services.ask(factories.reader(), found.specialist, asked(FIRST))
    assert mail.outbox == []
