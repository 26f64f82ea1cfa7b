"""What may be done with a consultation, and by whom. Whoever is neither of the two is told that there is none.

Doing the same twice is doing it once: an answer that was lost on its way can be sent again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.consultations import letters
from cms.consultations.keeping import OTHERS, free_times, keep, locked
from cms.consultations.meetings import MET, OPEN, WAITING, Consultation, Hold, Side, State
from cms.consultations.practices import Practice
from cms.consultations.refusals import (
    AskedBefore,
    Begun,
    Changed,
    NotBegun,
    NotOffered,
    NotYours,
    Past,
    Refused,
    TimeTaken,
    TooMany,
)
from cms.consultations.sums import count
from cms.consultations.wording import zone_or_utc
from cms.people.models import User
from cms.people.writing import written_once
from cms.publishing.turns import in_turn
from cms.specialists.models import Specialist

# So many may wait for an answer at once, so that nobody keeps times from others everywhere.
MOST_WAITING = 5


@dataclass(frozen=True)
class Asked:
    """What a reader asks for."""

    times: Sequence[datetime]
    way: str
    name: str
    note: str = ""
    time_zone: str = "UTC"
    language: str = "en"

    @property
    def content(self) -> dict[str, Any]:
        """What tells one request from another."""
        times = [moment.isoformat() for moment in sorted(self.times)]
        return {"times": times, "way": self.way, "name": self.name, "note": self.note}


def ask(reader: User, specialist: Specialist, asked: Asked, key: UUID | None = None) -> tuple[Consultation, bool]:
    """Ask for a free first consultation; give it, and whether it was made just now.

    Raises :class:`Refused`, ``PermissionDenied`` for whoever asks themselves, and ``KeyReused``.
    """
    if specialist.user_id == reader.pk:
        raise PermissionDenied
    content = {"specialist": specialist.slug, **asked.content}
    with in_turn(), transaction.atomic():
        practice_id = Practice.objects.filter(specialist=specialist).values_list("pk", flat=True).first()
        if practice_id is None:
            raise NotOffered
        # Whoever sends the same twice at once waits here, and then finds what they have made.
        with locked(practice_id) as practice:
            return written_once(Consultation, reader, key, content, partial(_make, practice, reader, asked))


def _make(practice: Practice, reader: User, asked: Asked, written: dict[str, Any]) -> Consultation:
    now = timezone.now()
    if not practice.specialist.is_public or not practice.takes_requests(now):
        raise NotOffered
    if asked.way not in practice.ways:
        raise Changed
    theirs = Consultation.objects.of_reader(reader)
    before = theirs.filter(specialist=practice.specialist)
    if before.open().exists() or (not practice.more_than_once and before.filter(state=State.HELD).exists()):
        raise AskedBefore
    if theirs.filter(state__in=WAITING).count() >= MOST_WAITING:
        raise TooMany
    free = free_times(practice, now)
    if missing := [moment for moment in asked.times if moment not in free]:
        raise TimeTaken(missing, free[:OTHERS])
    consultation = Consultation(
        specialist=practice.specialist,
        way=asked.way,
        name=asked.name,
        note=asked.note,
        time_zone=asked.time_zone,
        language=asked.language,
        fees=fees_of(practice.specialist),
        once=not practice.more_than_once,
        asked_at=now,
        last_at=max(asked.times),
        **written,
    )
    consultation.proposed = asked.times
    try:
        with transaction.atomic():
            consultation.save(force_insert=True)
    except IntegrityError as error:
        if written["idempotency_key"] and theirs.filter(idempotency_key=written["idempotency_key"]).exists():
            raise
        raise AskedBefore from error
    keep(practice, consultation)
    count(practice.specialist, "requests")
    letters.asked(consultation)
    _times_changed(practice)
    return consultation


def accept(consultation: Consultation, user: User, starts_at: datetime) -> Consultation:
    """Agree to one of the times that the other side has named."""
    with _changing(consultation, user) as (practice, current, side):
        if current.state == State.ACCEPTED and current.starts_at == starts_at and not current.is_moving:
            return current
        _needs(current, *OPEN)
        if current.times_by == side or starts_at not in current.proposed:
            raise Changed
        if current.starts_at and current.starts_at <= timezone.now():
            raise Begun
        if starts_at <= timezone.now():
            raise Past
        moved = current.starts_at is not None
        current.state, current.starts_at, current.proposed = State.ACCEPTED, starts_at, []
        current.agreed_at = timezone.now()
        current.reminded_day_at = current.reminded_hour_at = None
        current.sequence += moved
        _store(practice, current)
        letters.agreed(current, side, moved)
        return current


def decline(consultation: Consultation, user: User) -> Consultation:
    """Say no to the times that the other side has named, without giving a reason. What is agreed already stands."""
    with _changing(consultation, user) as (practice, current, side):
        if current.state == State.DECLINED and current.closed_by == side:
            return current
        _needs(current, *OPEN)
        if current.times_by == side or not current.times:
            raise Changed
        if current.is_moving:
            current.proposed = []
            _store(practice, current)
            letters.stays(current, side)
        else:
            _close(practice, current, State.DECLINED, side)
            letters.declined(current, side)
        return current


def propose(consultation: Consultation, user: User, times: Sequence[datetime]) -> Consultation:
    """Name other times, up to three; what is agreed stands until one of them is.

    A reader chooses among those that are offered; a specialist may name any of their own to come.
    """
    with _changing(consultation, user) as (practice, current, side):
        if current.is_open and current.times_by == side and current.proposed == sorted(set(times)):
            return current
        _needs(current, *OPEN)
        now = timezone.now()
        if any(moment <= now for moment in times):
            raise Past
        if current.starts_at and current.starts_at <= now:
            raise Begun
        if side == Side.READER:
            free = free_times(practice, now, without=current)
            if missing := [moment for moment in times if moment not in free and moment != current.starts_at]:
                raise TimeTaken(missing, free[:OTHERS])
        current.proposed, current.times_by = times, side
        if current.state != State.ACCEPTED:
            current.state = State.PROPOSED if side == Side.SPECIALIST else State.REQUESTED
        _store(practice, current)
        letters.proposed(current, side)
        return current


def cancel(consultation: Consultation, user: User) -> Consultation:
    """Call it off, from either side and without giving a reason."""
    with _changing(consultation, user) as (practice, current, side):
        if current.state == State.CANCELLED and current.closed_by == side:
            return current
        _needs(current, *OPEN)
        if current.starts_at and current.starts_at <= timezone.now():
            raise Begun
        _close(practice, current, State.CANCELLED, side)
        letters.cancelled(current, side)
        return current


def mark_held(consultation: Consultation, user: User) -> Consultation:
    """Say that the two have met; the specialist does."""
    with _changing(consultation, user) as (practice, current, side):
        if side != Side.SPECIALIST:
            raise NotYours
        if current.state == State.HELD:
            return current
        _has_begun(current)
        _close(practice, current, State.HELD, side)
        count(practice.specialist, "held")
        return current


def mark_missed(consultation: Consultation, user: User) -> Consultation:
    """Say that the two have not met, from either side; nobody is blamed, and another time can be asked for."""
    with _changing(consultation, user) as (practice, current, side):
        if current.state == State.MISSED:
            return current
        _has_begun(current)
        _close(practice, current, State.MISSED, side)
        letters.missed(current, side)
        return current


def zone_of(consultation: Consultation, user: User) -> ZoneInfo | None:
    """Give by whose clock somebody names other times: a specialist by their own; a reader chooses moments."""
    if consultation.specialist is None or consultation.side_of(user) != Side.SPECIALIST:
        return None
    return zone_or_utc(consultation.specialist.time_zone)


def possible(consultation: Consultation, side: Side, now: datetime | None = None) -> set[str]:
    """Name what one side can do now, as the API names it."""
    if not consultation.is_open or consultation.specialist is None:
        return set()
    now = now or timezone.now()
    if consultation.starts_at and consultation.starts_at <= now:
        return {"missed", "held"} if side == Side.SPECIALIST else {"missed"}
    if not consultation.times or consultation.times_by == side:
        return {"propose", "cancel"}
    is_late = all(moment <= now for moment in consultation.proposed)
    return {"propose", "cancel", "decline"} | (set() if is_late else {"accept"})


def to_answer(specialist: Specialist) -> int:
    """Count what waits for a specialist's answer."""
    named = Consultation.objects.open().filter(specialist=specialist, times_by=Side.READER)
    return named.exclude(times=[]).count()


def end_open(specialist: Specialist | None = None, reader: User | None = None) -> int:
    """Call off all that is open of somebody who goes, and tell the others; give how many there were."""
    found = Consultation.objects.with_both().open().filter(specialist__isnull=False)
    found = found.filter(specialist=specialist) if specialist else found.filter(author=reader)
    side = Side.SPECIALIST if specialist else Side.READER
    ended = 0
    practices = dict(Practice.objects.values_list("specialist", "pk").filter(specialist__consultations__in=found))
    for key, specialist_id in list(found.values_list("pk", "specialist")):
        with locked(practices[specialist_id]) as practice:
            current = Consultation.objects.with_both().get(pk=key)
            if current.is_open:
                _close(practice, current, State.CANCELLED, side)
                letters.cancelled(current, side)
                ended += 1
    return ended


def fees_of(specialist: Specialist) -> dict[str, Any]:
    """Give what a session costs after the first meeting, as it is said before somebody asks for one."""
    if specialist.fee_amount is None:
        return {}
    return {
        "amount": str(specialist.fee_amount),
        "currency": specialist.fee_currency,
        "minutes": specialist.fee_minutes,
        "reduced_amount": str(specialist.reduced_fee) if specialist.reduced_fee is not None else None,
        "reduced_note": specialist.reduced_fee_note,
    }


@contextmanager
def _changing(consultation: Consultation, user: User) -> Iterator[tuple[Practice, Consultation, Side]]:
    """Load a consultation again, as it is now that nobody else can change it, with the side that somebody is on.

    Raises ``Consultation.DoesNotExist`` for anybody else, and :class:`Changed` where the specialist has left.
    """
    if consultation.side_of(user) is None:
        raise Consultation.DoesNotExist
    practice_id = Practice.objects.filter(specialist=consultation.specialist_id).values_list("pk", flat=True).first()
    if practice_id is None:
        raise Changed
    with locked(practice_id) as practice:
        current = Consultation.objects.with_both().get(pk=consultation.pk)
        side = current.side_of(user)
        if side is None:
            raise Changed
        yield practice, current, side


def _needs(consultation: Consultation, *states: State) -> None:
    if consultation.state not in states:
        raise Changed


def _has_begun(consultation: Consultation) -> None:
    """Raise unless an agreed time has come."""
    _needs(consultation, State.ACCEPTED)
    if consultation.starts_at is None or consultation.starts_at > timezone.now():
        raise NotBegun


def _store(practice: Practice, consultation: Consultation) -> None:
    """Save a consultation with the time that is kept for it."""
    consultation.last_at = max(consultation.moments, default=consultation.last_at)
    consultation.save()
    keep(practice, consultation)
    _times_changed(practice)


def _close(practice: Practice, consultation: Consultation, state: State, side: Side | None) -> None:
    """End a consultation; its time is free again."""
    consultation.sequence += consultation.starts_at is not None
    consultation.state, consultation.closed_by, consultation.closed_at = state, side or "", timezone.now()
    if state in MET:
        consultation.proposed = []
    consultation.save()
    Hold.objects.filter(consultation=consultation).delete()
    _times_changed(practice)


def _times_changed(practice: Practice) -> None:
    from cms.consultations.tasks import tell_times

    transaction.on_commit(partial(tell_times.enqueue, practice.pk))


__all__ = ["Asked", "Refused", "accept", "ask", "cancel", "decline", "mark_held", "mark_missed", "propose"]
