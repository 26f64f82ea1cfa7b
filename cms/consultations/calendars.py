"""Agreed consultations as calendars know them (iCalendar, RFC 5545): one as a file, all of somebody's as a feed.

Whoever looks over a shoulder at a calendar learns little: an entry says "Respite", with whom, and where to read more. A
calendar on another's server is not ours to seal, so the note is never in it.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from cms.consultations.meetings import CalendarFeed, Consultation, Side, State
from cms.consultations.times import LENGTH
from cms.people.models import User
from cms.specialists.choices import Way

PRODUCT = "-//Respite//Consultations//EN"
ALARM = timedelta(hours=-1)
FEED_REACHES_BACK = timedelta(days=30)


def file_of(consultation: Consultation, side: Side) -> bytes:
    """Give one agreed (or called off) consultation as a calendar file."""
    calendar = _calendar()
    calendar.add_component(_event(consultation, side, with_alarm=True))
    return bytes(calendar.to_ical())


def feed_of(user: User) -> bytes:
    """Give all that somebody has agreed on, as either side, as a calendar; what was called off since says so."""
    calendar = _calendar()
    calendar.add("name", _("Respite"))
    calendar.add("x-wr-calname", _("Respite"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for consultation in in_feed(user):
        side = consultation.side_of(user)
        assert side is not None
        calendar.add_component(_event(consultation, side, with_alarm=False))
    return bytes(calendar.to_ical())


def in_feed(user: User) -> Iterable[Consultation]:
    """Give the consultations that have or had an agreed time, from a month back on."""
    since = timezone.now() - FEED_REACHES_BACK
    found = Consultation.objects.with_both().visible_to(user)
    return found.filter(starts_at__gte=since).order_by("starts_at", "pk")


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    return calendar


def _event(consultation: Consultation, side: Side, with_alarm: bool) -> Event:
    assert consultation.starts_at is not None, "only what has an agreed time is in a calendar"
    practice = consultation.specialist.practice if consultation.specialist else None
    event = Event()
    event.add("uid", f"{consultation.pk}@respite")
    event.add("sequence", consultation.sequence)
    event.add("dtstamp", consultation.closed_at or consultation.agreed_at or consultation.asked_at)
    event.add("dtstart", consultation.starts_at)
    event.add("dtend", consultation.starts_at + LENGTH)
    if side == Side.READER and consultation.specialist:
        event.add("summary", _("Respite: %(name)s") % {"name": consultation.specialist.name})
    else:
        event.add("summary", _("Respite: first meeting"))
    if practice and consultation.state == State.ACCEPTED:
        how = practice.place if consultation.way == Way.IN_PERSON else practice.connection
        if how:
            event.add("location", how)
    event.add("description", _("Half an hour, free of charge. To move or cancel it, open it on Respite."))
    event.add("url", f"{settings.ORIGIN}/own/consultations/{consultation.pk}/")
    event.add("status", "CONFIRMED" if consultation.state in (State.ACCEPTED, State.HELD) else "CANCELLED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if consultation.state in (State.ACCEPTED, State.HELD) else "TRANSPARENT")
    if with_alarm and consultation.state == State.ACCEPTED:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _("Respite"))
        alarm.add("trigger", ALARM)
        event.add_component(alarm)
    return event


def make_feed(user: User) -> str:
    """Make a secret at which somebody's calendar finds the feed, and give it, once; an earlier one ends."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(user=user, defaults={"digest": _digest(secret), "made_at": timezone.now()})
    return secret


def end_feed(user: User) -> None:
    """Let nobody find somebody's feed any more."""
    CalendarFeed.objects.filter(user=user).delete()


def owner_of(secret: str) -> User | None:
    """Give whose feed a secret opens; nobody's where it opens none, or the account may not be used."""
    found = CalendarFeed.objects.filter(digest=_digest(secret), user__is_active=True).select_related("user").first()
    return found.user if found else None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
