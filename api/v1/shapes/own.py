"""The shapes of what is one person's own: sent by them, and answered to them alone."""

from rest_framework import serializers

from api.v1.shapes.pieces import Fields
from cms.correspondence.models import Message as Model
from cms.correspondence.models import Place, Reason, Subject
from cms.correspondence.models import Report as ReportModel


class SentToTeam(Fields):
    """A message to the team."""

    subject = serializers.ChoiceField(Subject.choices)
    text = serializers.CharField(max_length=Model.LONGEST)


class SentMessage(Fields):
    """A message: either in a `thread`, or `to` a specialist, with whom there is one thread. Nothing can be attached."""

    thread = serializers.UUIDField(required=False)
    to = serializers.CharField(required=False, help_text="The slug of a specialist who is public.")
    name = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=Place.LONGEST_NAME,
        help_text="With `to`: what the specialist is to call me. They never learn my address.",
    )
    text = serializers.CharField(max_length=Model.LONGEST)


class SentReadMark(Fields):
    """Up to which message a thread was read; without it up to now."""

    message = serializers.UUIDField(required=False)


class SentReport(Fields):
    """What is wrong with a message of the other one."""

    message = serializers.UUIDField()
    reason = serializers.ChoiceField(Reason.choices)
    details = serializers.CharField(required=False, allow_blank=True, max_length=ReportModel.LONGEST)


class Report(Fields):
    """A report, for whoever made it."""

    id = serializers.UUIDField()
    message = serializers.UUIDField()
    reason = serializers.ChoiceField(Reason.choices)
    details = serializers.CharField(allow_blank=True)
    made_at = serializers.DateTimeField()
    outcome = serializers.CharField(help_text="What has come of it, in words.")


class Message(Fields):
    """A message as its reader sees it."""

    id = serializers.UUIDField()
    thread = serializers.UUIDField()
    mine = serializers.BooleanField()
    text = serializers.CharField()
    sent_at = serializers.DateTimeField()
    report = serializers.CharField(
        allow_blank=True, help_text="What came of my report of it, in words; empty where I have made none."
    )


Message._declared_fields["from"] = serializers.CharField(allow_blank=True, help_text="Empty where it is mine.")


class ThreadSummary(Fields):
    """A thread in a list."""

    id = serializers.UUIDField()
    with_team = serializers.BooleanField()
    specialist = serializers.CharField(
        allow_null=True, help_text="The path of the profile of the specialist I write with, where there is one."
    )
    subject = serializers.CharField(allow_blank=True)
    began_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    unread = serializers.IntegerField(min_value=0)
    blocked = serializers.BooleanField(help_text="I have blocked it.")
    open = serializers.BooleanField(help_text="I can write in it.")
    why_closed = serializers.CharField(allow_blank=True, help_text="Why I cannot, in words; empty where I can.")


ThreadSummary._declared_fields["with"] = serializers.CharField(help_text="Whom it is with.")


class Thread(ThreadSummary):
    """A thread with its messages, the oldest first."""

    messages = Message(many=True)


class ThreadList(Fields):
    """Somebody's threads, the latest first."""

    results = ThreadSummary(many=True)
