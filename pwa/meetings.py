"""Free first consultations in words: times by the day, where both are, and how one stands, said to either side."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from api.v1.consultations import told
from cms.consultations.meetings import Consultation, Side, State
from cms.consultations.wording import clock, day_name, zone_name, zone_or_utc
from cms.people.models import User
from cms.specialists.choices import Way
from pwa.offering import fees_in_words


def shown(consultation: Consultation, user: User, now: datetime) -> dict[str, Any]:
    """Give a consultation as one of the two reads it."""
    data = told(consultation, user)
    mine, reader = Side(data["i_am"]), zone_or_utc(consultation.time_zone)
    theirs = zone_or_utc(consultation.specialist.time_zone) if consultation.specialist else reader
    own, other = (reader, theirs) if mine == Side.READER else (theirs, reader)
    name = data["with"]["name"] or (_("A specialist who has left") if mine == Side.READER else _("A reader"))
    agreed = consultation.starts_at
    waits = bool(consultation.times) and consultation.is_open
    return {
        **data,
        "other": name,
        "is_reader": mine == Side.READER,
        "told": in_words(consultation, mine, name, now),
        "agreed": agreed and in_both(agreed, own, other),
        "named": [in_both(moment, own, other) for moment in consultation.proposed] if waits else [],
        "asked_for": [in_both(one, own, other) for one in consultation.proposed] if not consultation.is_open else [],
        "zone": own.key,
        "way_name": Way(consultation.way).label,
        "fees": fees_in_words(consultation.fees),
    }


def in_both(moment: datetime, own: ZoneInfo, other: ZoneInfo) -> dict[str, Any]:
    """Give a moment on one's own clock, and on the other's where it shows something else."""
    differs = moment.astimezone(own).replace(tzinfo=None) != moment.astimezone(other).replace(tzinfo=None)
    is_other_day = moment.astimezone(own).date() != moment.astimezone(other).date()
    return {
        "value": moment.isoformat(),
        "day": day_name(moment, own),
        "clock": clock(moment, own),
        "zone": zone_name(own, moment),
        "other_clock": clock(moment, other) if differs else "",
        "other_day": day_name(moment, other) if differs and is_other_day else "",
        "other_zone": zone_name(other, moment) if differs else "",
    }


def in_words(consultation: Consultation, side: Side, name: str, now: datetime) -> dict[str, str]:
    """Say how a consultation stands, what that means, and what happens next: to one of the two, without blame."""
    is_reader, by_me = side == Side.READER, consultation.closed_by == side
    asks_me = consultation.times_by != side
    match State(consultation.state):
        case State.REQUESTED | State.PROPOSED if asks_me and is_reader:
            return said(
                "honey",
                "clock",
                _("%(name)s has named other times"),
                _("Choose the one that suits you, or name others."),
                name,
            )
        case State.REQUESTED | State.PROPOSED if asks_me:
            return said(
                "honey",
                "clock",
                _("%(name)s would like to meet you"),
                _("Agree to one of the times, name others, or decline. Nobody has to give a reason."),
                name,
            )
        case State.REQUESTED | State.PROPOSED if is_reader:
            return said(
                "honey",
                "clock",
                _("Waiting for %(name)s"),
                _("Your times are kept free for you until there is an answer. It comes here and by email."),
                name,
            )
        case State.REQUESTED | State.PROPOSED:
            return said(
                "honey",
                "clock",
                _("Waiting for %(name)s"),
                _("The times you named are kept free until there is an answer. It comes here and by email."),
                name,
            )
        case State.ACCEPTED if consultation.starts_at and consultation.starts_at <= now:
            text = (
                _("Say how it went, when you like.")
                if not is_reader
                else _("If you missed each other, that happens. Say so, and you can ask for another time.")
            )
            return said("moss", "sent", _("Your time with %(name)s has come"), text, name)
        case State.ACCEPTED if consultation.is_moving and asks_me:
            return said(
                "honey",
                "clock",
                _("%(name)s would like to meet at another time"),
                _("The time you have stands until you agree to another."),
                name,
            )
        case State.ACCEPTED if consultation.is_moving:
            return said(
                "honey",
                "clock",
                _("Waiting for %(name)s to agree to another time"),
                _("The time you have stands until then."),
                name,
            )
        case State.ACCEPTED:
            return said(
                "moss",
                "sent",
                _("You meet %(name)s"),
                _("Half an hour, free of charge. You get a reminder a day and an hour before."),
                name,
            )
        case State.DECLINED if is_reader and not by_me:
            return said(
                "",
                "info",
                _("%(name)s cannot meet you"),
                _("It says nothing about you: nobody gives reasons here. Others offer a first consultation, too."),
                name,
            )
        case State.DECLINED:
            text = _("You said no to the times.") if by_me else _("None of the times suits. The reader may ask again.")
            return said("", "info", _("Declined"), text, name)
        case State.CANCELLED:
            title = _("You cancelled this") if by_me else _("%(name)s has cancelled")
            text = (
                _("Nobody has to give a reason here. You can ask for another time.")
                if is_reader
                else _("Nobody has to give a reason here. The time is free again.")
            )
            return said("", "close", title, text, name)
        case State.HELD:
            return said(
                "moss",
                "sent",
                _("You have met %(name)s"),
                _("Whether you go on is for both of you to decide. Nothing follows by itself."),
                name,
            )
        case State.MISSED:
            text = (
                _("That happens, and nothing is owed. Ask for another time whenever it suits you.")
                if is_reader
                else _("That happens. The reader can ask for another time.")
            )
            return said("", "info", _("You did not meet"), text, name)
        case _:
            text = (
                _("The times have passed without a meeting. You can ask for others; it is no fault of yours.")
                if is_reader
                else _("The times have passed without a meeting.")
            )
            return said("", "clock", _("This has ended by itself"), text, name)


def said(tone: str, sign: str, title: str, text: str, name: str) -> dict[str, str]:
    return {"tone": tone, "icon": sign, "title": title % {"name": name} if "%(" in title else title, "text": text}
