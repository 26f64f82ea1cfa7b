"""The shapes of what is one person's own: sent by them, and answered to them alone."""

from django.conf import settings
from rest_framework import serializers

from api.v1.shapes.pieces import Fields
from cms.correspondence.models import Message as Model
from cms.correspondence.models import Place, Reason, Subject
from cms.correspondence.models import Report as ReportModel
from cms.questions.models import Answer as AnswerModel
from cms.questions.models import Question as QuestionModel
from cms.questions.models import State


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


class SentQuestion(Fields):
    """A question to be asked."""

    title = serializers.CharField(min_length=10, max_length=QuestionModel.LONGEST["title"])
    text = serializers.CharField(min_length=20, max_length=QuestionModel.LONGEST["text"])
    pseudonym = serializers.CharField(
        max_length=QuestionModel.LONGEST["pseudonym"], help_text="Neither a name nor an address of whoever asks."
    )
    topic = serializers.CharField(required=False, allow_blank=True, help_text="The slug of a topic, or nothing.")
    language = serializers.ChoiceField(list(dict(settings.LANGUAGES)), required=False)
    website = serializers.CharField(required=False, allow_blank=True, help_text="Leave it out: it catches machines.")


class ChangedQuestion(Fields):
    """What is to be another in a question; what is left out stays."""

    title = serializers.CharField(required=False, min_length=10, max_length=QuestionModel.LONGEST["title"])
    text = serializers.CharField(required=False, min_length=20, max_length=QuestionModel.LONGEST["text"])
    pseudonym = serializers.CharField(required=False, max_length=QuestionModel.LONGEST["pseudonym"])
    topic = serializers.CharField(required=False, allow_blank=True)


class HowFar(Fields):
    """How far something is that a moderator reads before anybody else."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(State.choices, help_text="Of the newest wording.")
    state_label = serializers.CharField()
    is_public = serializers.BooleanField(help_text="Another wording of it may be public while the newest one waits.")
    may_be_changed = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True, help_text="What a moderator has said to it.")
    written_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)


class TopicName(Fields):
    """A topic by its name."""

    slug = serializers.CharField()
    title = serializers.CharField()


class OwnQuestion(HowFar):
    """A question as whoever asked it sees it. Withdrawn, it has no words any more."""

    slug = serializers.CharField(allow_blank=True, help_text="Empty where it is not public.")
    path = serializers.CharField(allow_null=True)
    language = serializers.CharField()
    pseudonym = serializers.CharField(allow_blank=True)
    topic = TopicName(allow_null=True)
    title = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    answers = serializers.IntegerField(min_value=0)


class OwnQuestionList(Fields):
    """Somebody's questions, the latest first."""

    results = OwnQuestion(many=True)


class SentAnswer(Fields):
    """An answer to a question."""

    text = serializers.CharField(min_length=20, max_length=AnswerModel.LONGEST["text"])


class AnsweredQuestion(Fields):
    """What an answer is to."""

    slug = serializers.CharField()
    path = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_blank=True)


class OwnAnswer(HowFar):
    """An answer as whoever wrote it sees it."""

    question = AnsweredQuestion()
    text = serializers.CharField(allow_blank=True)


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
