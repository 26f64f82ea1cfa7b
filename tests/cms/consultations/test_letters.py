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


def in_turn(*acts: Callable[[Consultation], Any]) -> Callable[[Consultation], None]:
    """Do one after the other; what was written before the last one counts for nothing."""

    def act(one: Consultation) -> None:
        for each in acts:
            mail.outbox.clear()
            each(one)

    return act


def accept(one: Consultation) -> None:
    services.accept(one, answered(one), at(FIRST))


def move(one: Consultation) -> None:
    services.propose(one, one.author, [at(SECOND)])


def met(act: Callable[[Consultation, Any], Any], by: str) -> Callable[[Consultation], None]:
    """Say how it went, half an hour later."""

    def told(one: Consultation) -> None:
        with time_machine.travel(at("2026-12-02 09:30"), tick=False):
            act(one, one.author if by == "reader" else answered(one))

    return in_turn(accept, told)


ACTS: dict[str, tuple[Callable[[Consultation], Any], list[str]]] = {
    "accept": (accept, ["reader"]),
    "decline": (lambda one: services.decline(one, answered(one)), ["reader"]),
    "propose": (lambda one: services.propose(one, answered(one), [at(SECOND)]), ["reader"]),
    "propose as reader": (move, ["specialist"]),
    "cancel": (lambda one: services.cancel(one, one.author), ["specialist"]),
    "cancel as specialist": (lambda one: services.cancel(one, answered(one)), ["reader"]),
    "cancel what is agreed": (in_turn(accept, lambda one: services.cancel(one, one.author)), ["specialist"]),
    "move": (in_turn(accept, move), ["specialist"]),
    "keep": (in_turn(accept, move, lambda one: services.decline(one, answered(one))), ["reader"]),
    "miss": (met(services.mark_missed, "specialist"), ["reader"]),
    "miss as reader": (met(services.mark_missed, "reader"), ["specialist"]),
    "hold": (met(services.mark_held, "specialist"), []),
    "lapse": (lambda one: sweeping.lapse(at("2026-12-03 00:00")), ["reader"]),
    "remind": (in_turn(accept, lambda one: sweeping.remind(at("2026-12-01 09:30"))), ["reader", "specialist"]),
    "remind within the hour": (
        in_turn(accept, lambda one: sweeping.remind(at("2026-12-02 08:30"))),
        ["reader", "specialist"],
    ),
}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ACTS)
def test_letter__goes_to_whom_it_concerns__and_says_nothing_of_health_in_its_subject(name: str, language: str) -> None:
    act, expected = ACTS[name]
    one = consultation(of=practice(specialist(letters_in=language)), language=language, name="Plantedname")
    mail.outbox.clear()
    act(one)
    addresses = {one.author.email: "reader", answered(one).email: "specialist"}
    assert [addresses[letter.to[0]] for letter in mail.outbox] == expected
    for letter in mail.outbox:
        assert letter.subject and not HEALTH.search(str(letter.subject))
        assert one.specialist.name not in str(letter.subject)
        whole = f"{letter.subject} {letter.body}"
        assert "planted" not in whole.lower(), "a note or a name stays on Respite"
        assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
        assert "/letters/stop/" in letter.extra_headers["List-Unsubscribe"]
        assert f"/own/consultations/{one.pk}/" in str(letter.body)
        assert one.author.email not in whole and answered(one).email not in whole


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
    assert not re.search(r"\b(the|you|time)\b", str(letter.subject))


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
