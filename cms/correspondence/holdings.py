"""What is kept of somebody's messages, reports, and work for the team."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cms.correspondence.models import Closure, Look, Message, Place, Report, Thread
from cms.correspondence.services import messages_for
from cms.people.models import User
from cms.people.rights import holds


def erase_threads(user: User) -> None:
    """Take away the threads with the team and those that nobody else has; of those with others, what they have written
    goes with the account.

    What somebody has answered as the team belongs to whoever asked, and stays.
    """
    theirs = Thread.objects.filter(places__user=user)
    theirs.filter(with_team=True).delete()
    others = Place.objects.filter(thread=OuterRef("pk")).exclude(user=user)
    theirs.filter(~Exists(others)).delete()
    Message.objects.filter(from_team=True, author=user).update(author=None, idempotency_key=None, digest="")


@holds("messages", _("Your messages"), erase=erase_threads)
def messages(user: User) -> list[dict[str, Any]]:
    threads = Thread.objects.visible_to(user).order_by("began_at").prefetch_related("places")
    return [told(message, user) for thread in threads for message in messages_for(user, thread)]


def told(message: Message, user: User) -> dict[str, Any]:
    is_theirs = message.author_id == user.pk and not message.from_team
    return {
        "thread": str(message.thread.public_id),
        "from": "you" if is_theirs else "team" if message.from_team else "the other person",
        "at": message.sent_at.isoformat(),
        "text": message.text,
    }


@holds("conversations", _("Your conversations"))
def conversations(user: User) -> list[dict[str, Any]]:
    """Give what is noted of each conversation beside its messages."""
    places = Place.objects.filter(user=user).select_related("thread__specialist").order_by("thread__began_at")
    return [
        {
            "thread": str(place.thread.public_id),
            "with": with_whom(place),
            "about": str(place.thread.get_subject_display()),
            "began": place.thread.began_at.isoformat(),
            "you_are_called": place.called,
            "language": place.language,
            "read": moment(place.read_at),
            "told_by_email": moment(place.told_at),
            "deleted_for_you": moment(place.cleared_at),
            "blocked_by_you": moment(place.blocked_at),
        }
        for place in places
    ]


def with_whom(place: Place) -> str:
    thread = place.thread
    if thread.with_team:
        return "team"
    if thread.reader_id == place.user_id:
        return thread.specialist.name if thread.specialist else "a deleted account"
    return "a reader" if thread.reader_id else "a deleted account"


def moment(at: Any) -> str | None:
    return at and str(at.isoformat())


def erase_words_of_reports(user: User) -> None:
    """Take out of reports what somebody wrote in them; that something was reported stays, to protect others."""
    Report.objects.filter(author=user).update(details="", idempotency_key=None, digest="")


@holds("reports", _("Reports that you have made"), erase=erase_words_of_reports)
def reports(user: User) -> list[dict[str, Any]]:
    return [
        {**of_report(one), "in_your_words": one.details}
        for one in Report.objects.filter(author=user).order_by("made_at")
    ]


def of_report(report: Report) -> dict[str, Any]:
    return {
        "at": report.made_at.isoformat(),
        "reason": str(report.get_reason_display()),
        "decided": moment(report.decided_at),
        "decision": str(report.get_decision_display()),
    }


@holds("reported", _("Reports about your messages, and what came of them"))
def reported(user: User) -> dict[str, Any]:
    """Give them without who has made them and what they wrote, which is theirs."""
    closure = Closure.objects.filter(user=user).first()
    return {
        "reports": [of_report(one) for one in Report.objects.filter(about=user).order_by("made_at")],
        "messaging_closed": moment(closure and closure.at),
    }


@holds("letters_work", _("What you did for the team with letters and reports"))
def work(user: User) -> list[dict[str, Any]]:
    answered = Message.objects.filter(from_team=True, author=user).values_list("sent_at", flat=True)
    decided = Report.objects.filter(decided_by=user).order_by("decided_at").values_list("decided_at", flat=True)
    looked = Look.objects.filter(by=user).values_list("at", flat=True)
    closed = Closure.objects.filter(by=user).order_by("at").values_list("at", flat=True)
    done = {"answered a letter": answered, "decided a report": decided, "looked at a report": looked}
    done["closed messaging for an account"] = closed
    return [{"what": what, "at": moment(at)} for what, moments in done.items() for at in moments]
