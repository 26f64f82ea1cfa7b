"""The shapes of free first consultations: asked for, answered, and the times that a specialist says."""

from typing import Any

from rest_framework import serializers

from api.v1.shapes.answers import Problem
from api.v1.shapes.pieces import Fields
from cms.consultations.meetings import Consultation as Model
from cms.consultations.meetings import Side, State
from cms.consultations.practices import BUFFERS
from cms.specialists.choices import CURRENCIES, Way

ACTS = ("accept", "decline", "propose", "cancel", "held", "missed")
CLOCK = r"^([01]\d|2[0-3]):(00|15|30|45)$|^24:00$"


def moments(**named: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.DateTimeField(), max_length=Model.MOST_TIMES, **named)


class SentRequest(Fields):
    """What somebody asks a specialist for."""

    specialist = serializers.SlugField(help_text="The specialist's slug.")
    times = moments(min_length=1, help_text="Of those that are offered.")
    way = serializers.ChoiceField(Way.choices)
    name = serializers.CharField(max_length=Model.LONGEST_NAME, help_text="What to be called; any name.")
    note = serializers.CharField(max_length=Model.LONGEST_NOTE, required=False, allow_blank=True)
    time_zone = serializers.CharField(help_text="Where the reader is, as IANA names it: for letters and reminders.")


class SentTime(Fields):
    """The time that is agreed to."""

    starts_at = serializers.DateTimeField()


class SentTimes(Fields):
    """Other times: one of the two."""

    times = moments(required=False)
    when = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        max_length=Model.MOST_TIMES,
        help_text="As the specialist's own clock shows them, `2026-12-03T14:30`; theirs alone.",
    )


class FeesTold(Fields):
    """What the reader was told, before asking, that a session costs after the first meeting."""

    amount = serializers.CharField()
    currency = serializers.ChoiceField(list(CURRENCIES))
    minutes = serializers.IntegerField()
    reduced_amount = serializers.CharField(allow_null=True)
    reduced_note = serializers.CharField(allow_blank=True)


class TimeTaken(Problem):
    """Something cannot be done now. Where times are no longer free (`taken`): which, and others that are."""

    taken = serializers.ListField(child=serializers.DateTimeField(), required=False)
    others = serializers.ListField(child=serializers.DateTimeField(), required=False)


class ConsultationWith(Fields):
    """The other one. A reader is known by the name they gave, and by nothing else."""

    name = serializers.CharField(allow_blank=True)
    path = serializers.CharField(allow_null=True, help_text="A specialist's profile.")


class Consultation(Fields):
    """A free first consultation as one of the two sees it."""

    id = serializers.UUIDField()
    i_am = serializers.ChoiceField(Side.choices)
    state = serializers.ChoiceField(State.choices)
    times = moments(help_text="Times that wait for an answer, or waited for one.")
    times_by = serializers.ChoiceField(Side.choices, help_text="Who has named them.")
    starts_at = serializers.DateTimeField(allow_null=True, help_text="The time that is agreed.")
    ends_at = serializers.DateTimeField(allow_null=True)
    way = serializers.ChoiceField(Way.choices)
    where = serializers.CharField(allow_blank=True, help_text="How they meet; told once it is agreed.")
    name = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    time_zones = serializers.DictField(child=serializers.CharField(), help_text="Of the `reader` and the `specialist`.")
    fees = FeesTold(allow_null=True)
    asked_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_by = serializers.ChoiceField([*Side.choices, ("", "Nobody")], allow_blank=True)
    may = serializers.ListField(child=serializers.ChoiceField(ACTS), help_text="What can be done with it now, by me.")
    calendar = serializers.CharField(allow_null=True, help_text="The way to its calendar file, once it is agreed.")


Consultation._declared_fields["with"] = ConsultationWith()


class ConsultationList(Fields):
    """Somebody's consultations, the latest first."""

    results = Consultation(many=True)


class WeeklyTime(Fields):
    """A part of every week's same day, on quarters of an hour, by the clock in the specialist's time zone."""

    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="0 is Monday.")
    begins = serializers.RegexField(CLOCK)
    ends = serializers.RegexField(CLOCK)


class DaysAway(Fields):
    """Days on which nothing is offered."""

    first = serializers.DateField()
    last = serializers.DateField(required=False)


class ExtraTime(Fields):
    """A part of one day that is offered beside what the week says."""

    day = serializers.DateField()
    begins = serializers.RegexField(CLOCK)
    ends = serializers.RegexField(CLOCK)


class PracticeTimes(Fields):
    """All that a specialist says about free first consultations; sent as a whole."""

    is_open = serializers.BooleanField(help_text="Whether they are offered at all.")
    is_paused = serializers.BooleanField(help_text="No new requests for now; what was agreed stays.")
    paused_until = serializers.DateField(allow_null=True, required=False)
    time_zone = serializers.CharField(help_text="As IANA names it.")
    weekly = WeeklyTime(many=True)
    away = DaysAway(many=True)
    extra = ExtraTime(many=True)
    minutes_before = serializers.ChoiceField([minutes for minutes, _name in BUFFERS])
    minutes_after = serializers.ChoiceField([minutes for minutes, _name in BUFFERS])
    notice_hours = serializers.IntegerField(min_value=1, max_value=336)
    horizon_days = serializers.IntegerField(min_value=1, max_value=84)
    capacity = serializers.IntegerField(min_value=1, max_value=50, allow_null=True, help_text="People in a week.")
    ways = serializers.ListField(child=serializers.ChoiceField(Way.choices))
    connection = serializers.CharField(max_length=300, allow_blank=True, help_text="Told once a time is agreed.")
    place = serializers.CharField(max_length=300, allow_blank=True, help_text="Told once a time is agreed.")
    more_than_once = serializers.BooleanField()
