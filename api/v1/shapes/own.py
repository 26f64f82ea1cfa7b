"""The shapes of what is one person's own: sent by them, and answered to them alone."""

from rest_framework import serializers

from api.v1.shapes.pieces import Fields
from cms.correspondence.models import Message as Model
from cms.correspondence.models import Subject


class SentToTeam(Fields):
    """A message to the team."""

    subject = serializers.ChoiceField(Subject.choices)
    text = serializers.CharField(max_length=Model.LONGEST)


class SentMessage(Fields):
    """A message in a thread."""

    thread = serializers.UUIDField()
    text = serializers.CharField(max_length=Model.LONGEST)


class Message(Fields):
    """A message as its reader sees it."""

    id = serializers.UUIDField()
    thread = serializers.UUIDField()
    mine = serializers.BooleanField()
    text = serializers.CharField()
    sent_at = serializers.DateTimeField()


Message._declared_fields["from"] = serializers.CharField(allow_blank=True, help_text="Empty where it is mine.")


class ThreadSummary(Fields):
    """A thread in a list."""

    id = serializers.UUIDField()
    subject = serializers.CharField(allow_blank=True)
    began_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    unread = serializers.IntegerField(min_value=0)


ThreadSummary._declared_fields["with"] = serializers.CharField(help_text="Whom it is with.")


class Thread(ThreadSummary):
    """A thread with its messages, the oldest first."""

    messages = Message(many=True)


class ThreadList(Fields):
    """Somebody's threads, the latest first."""

    results = ThreadSummary(many=True)


class PushKeys(Fields):
    """The keys of a browser's subscription (RFC 8291), in base64url."""

    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=40)


class PushEndpoint(Fields):
    """Where a browser's push service is asked."""

    endpoint = serializers.URLField(max_length=1024)


class PushSubscription(PushEndpoint):
    """A browser's subscription at its push service, as its own `toJSON()` gives it."""

    keys = PushKeys()
    topics = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Topics (slugs) of whose new articles to tell. Left out: as before.",
    )


class Push(Fields):
    """Whether somebody is told on this device."""

    key = serializers.CharField(allow_blank=True, help_text="For `applicationServerKey`; empty where none is told.")
    subscribed = serializers.BooleanField(help_text="In this session.")
    topics = serializers.ListField(child=serializers.CharField())
