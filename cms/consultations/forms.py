"""What is sent about consultations, by the same rules on a page and in the API."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.consultations.fields import AwayField, ExtraField, MomentField, MomentsField, WeeklyField, ZoneField, clock
from cms.consultations.meetings import Consultation
from cms.consultations.practices import BUFFERS, Practice
from cms.consultations.times import moment
from cms.specialists.choices import Way

CALLS = (Way.VIDEO, Way.PHONE)
# A first meeting is a conversation.
MEETINGS = [Way.VIDEO, Way.PHONE, Way.IN_PERSON]


class RequestForm(forms.Form):
    """What a reader asks for."""

    times = MomentsField(label=_("Up to three times that suit you"))
    way = forms.ChoiceField(
        label=_("How would you like to meet?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how to meet."), "invalid_choice": _("Choose one of these.")},
    )
    name = forms.CharField(
        label=_("What may we call you?"),
        max_length=Consultation.LONGEST_NAME,
        help_text=_("A first name or any name you like."),
        error_messages={"required": _("Give a name to be called by. It need not be your own.")},
    )
    note = forms.CharField(
        label=_("A note (if you like)"),
        required=False,
        max_length=Consultation.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You can leave this empty. Only this specialist reads it."),
    )
    time_zone = ZoneField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, ways: Iterable[str] = MEETINGS, **named: Any) -> None:
        super().__init__(*args, **named)
        offered = [(way.value, way.label) for way in MEETINGS if way in ways]
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = offered
        if len(offered) == 1:
            way.initial = offered[0][0]


class ProposeForm(forms.Form):
    """Other times, named by either side: as moments, or in ``when`` as the clock of a zone shows them."""

    times = MomentsField(label=_("Up to three times"), required=False)
    when = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, zone: ZoneInfo | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.zone = zone

    def clean_when(self) -> list[datetime]:
        told = self.cleaned_data["when"] or []
        fits = isinstance(told, list) and all(isinstance(text, str) for text in told)
        moments = moments_in(self.zone, told) if self.zone and fits else None
        if told and moments is None:
            raise forms.ValidationError(_("Give a day and a time on a quarter of an hour, such as 14:15."))
        named: list[datetime] = self.fields["times"].clean(moments)
        return named

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        times = given.get("when") or given.get("times")
        if not times and not self.errors:
            field = "times" if self.zone is None else "when"
            self.add_error(field, self.fields["times"].error_messages["required"])
        return {**given, "times": times}


class AcceptForm(forms.Form):
    """The one of several times that is agreed to."""

    starts_at = MomentField(label=_("Time"), error_messages={"required": _("Choose a time.")})


class PracticeForm(forms.Form):
    """All that a specialist says about free first consultations."""

    is_open = forms.BooleanField(label=_("I offer a free first consultation"), required=False)
    is_paused = forms.BooleanField(label=_("Take no new requests for now"), required=False)
    paused_until = forms.DateField(
        label=_("Until (if you know)"), required=False, widget=forms.DateInput({"type": "date"})
    )
    time_zone = ZoneField(label=_("Your time zone"))
    weekly = WeeklyField(label=_("Every week"), required=False)
    away = AwayField(label=_("Days off"), required=False)
    extra = ExtraField(label=_("Extra times"), required=False)
    minutes_before = forms.TypedChoiceField(label=_("Break before"), choices=BUFFERS, coerce=int)
    minutes_after = forms.TypedChoiceField(label=_("Break after"), choices=BUFFERS, coerce=int)
    notice_hours = forms.IntegerField(
        label=_("Hours of notice"), min_value=1, max_value=14 * 24, help_text=_("Nobody can ask for a time sooner.")
    )
    horizon_days = forms.IntegerField(label=_("Days ahead"), min_value=1, max_value=84)
    capacity = forms.IntegerField(
        label=_("People a week"), min_value=1, max_value=50, required=False, help_text=_("Empty for no limit.")
    )
    ways = forms.MultipleChoiceField(
        label=_("How you meet"), required=False, widget=forms.CheckboxSelectMultiple, choices=Way.choices
    )
    connection = forms.CharField(
        label=_("For video and phone"),
        max_length=300,
        required=False,
        help_text=_("A link, or a number and who calls whom. Only those whose request you accept see it."),
    )
    place = forms.CharField(
        label=_("For meeting in person"),
        max_length=300,
        required=False,
        help_text=_("The address. Only those whose request you accept see it."),
    )
    more_than_once = forms.BooleanField(label=_("The same person may ask again after a first meeting"), required=False)

    def __init__(self, *args: Any, ways: Sequence[str] = MEETINGS, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["ways"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(way.value, way.label) for way in MEETINGS if way in ways]

    def clean(self) -> dict[str, Any]:
        said = {**self.cleaned_data}
        if said.get("is_open") and not self.errors:
            ways = said["ways"]
            if not ways:
                self.add_error("ways", _("Say how people can meet you."))
            if not said["weekly"] and not said["extra"]:
                self.add_error("weekly", _("Say at least one time at which people can meet you."))
            if Way.IN_PERSON in ways and not said["place"]:
                self.add_error("place", _("Give the address where people can meet you."))
            if any(way in CALLS for way in ways) and not said["connection"]:
                self.add_error("connection", _("Say how you call each other."))
        if not said.get("is_paused"):
            said["paused_until"] = None
        return said


def said_by(practice: Practice) -> dict[str, Any]:
    """Give what a practice says, in the shape in which the form takes it and the API tells it."""
    return {
        "is_open": practice.is_open,
        "is_paused": practice.is_paused,
        "paused_until": practice.paused_until and practice.paused_until.isoformat(),
        "time_zone": practice.specialist.time_zone,
        "weekly": [
            {"weekday": weekday, "begins": clock(begins), "ends": clock(ends)}
            for weekday, begins, ends in practice.weekly
        ],
        "away": [{"first": first, "last": last} for first, last in practice.away],
        "extra": [{"day": day, "begins": clock(begins), "ends": clock(ends)} for day, begins, ends in practice.extra],
        "minutes_before": practice.minutes_before,
        "minutes_after": practice.minutes_after,
        "notice_hours": practice.notice_hours,
        "horizon_days": practice.horizon_days,
        "capacity": practice.capacity,
        "ways": list(practice.ways),
        "connection": practice.connection,
        "place": practice.place,
        "more_than_once": practice.more_than_once,
    }


def moments_in(zone: ZoneInfo, told: Iterable[str]) -> list[str] | None:
    """Read times as a clock in a zone shows them (``2026-12-03T14:30``); None where it never shows one of them."""
    found = []
    for text in told:
        if not text:
            continue
        try:
            shown = datetime.fromisoformat(text)
        except ValueError:
            return None
        at = moment(shown.date(), shown.hour * 60 + shown.minute, zone) if shown.tzinfo is None else None
        if at is None or shown.second:
            return None
        found.append(at.isoformat())
    return found
