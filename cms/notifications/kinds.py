"""Of what people are told: each kind with its subject and one sentence, which say nothing about anybody's health."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cms.people.models import User

EVERYBODY = ""


@dataclass(frozen=True)
class Wording:
    """What a kind is known by, and what is said of it.

    ``number`` stands in tables and in what a push service carries, so it is never given to another kind. ``title`` is
    what the preferences call it, ``place`` the private page where all of it stands. ``whom`` is a permission, or
    nothing where it may concern everybody. ``by_push`` says whether devices are told.
    """

    number: int
    title: Any
    subject: Any
    sentence: Any
    place: str
    whom: str = EVERYBODY
    by_push: bool = True


class Kind(Enum):
    """A kind of news. Adding one is a line here; a subject is held to `neutral.py`."""

    MESSAGE = Wording(
        1,
        _("Messages to you"),
        _("Somebody has written to you on Respite"),
        _("There is a message for you."),
        "/own/messages/",
    )
    QUESTION = Wording(
        2,
        _("Your questions, and answers to them"),
        _("News about your question on Respite"),
        _("There is news about what you have asked."),
        "/own/questions/",
    )
    CONSULTATION = Wording(
        3,
        _("Times you have asked for"),
        _("News about your time on Respite"),
        _("There is news about a time you have asked for."),
        "/own/consultations/",
    )
    REMINDER = Wording(
        4,
        _("Reminders of times that are agreed"),
        _("A reminder of your time"),
        _("A time that you have agreed to is near."),
        "/own/consultations/",
    )
    TOPIC = Wording(
        5,
        _("Topics you follow"),
        _("Something new to read on Respite"),
        _("There is something new to read."),
        "/articles/",
    )
    REQUEST = Wording(
        6,
        _("What readers ask of you as a specialist"),
        _("A reader has asked for a time"),
        _("A reader has asked you for a time."),
        "/own/specialist/requests/",
        whom="specialist",
    )
    PROFILE = Wording(
        7,
        _("Your profile and your answers as a specialist"),
        _("News about your profile on Respite"),
        _("There is news about your profile."),
        "/own/specialist/",
        whom="specialist",
    )
    TEAM = Wording(
        8,
        _("What readers write to the team"),
        _("A reader has written to the team"),
        _("A reader has written to the team."),
        "/own/messages/",
        whom="correspondence.answer_readers",
        by_push=False,
    )
    MODERATION = Wording(
        9,
        _("What waits for a moderator"),
        _("Something waits for a moderator"),
        _("Something is to be read by a moderator."),
        "/admin/",
        whom="questions.moderate_question",
        by_push=False,
    )

    @property
    def number(self) -> int:
        return self.value.number

    @property
    def title(self) -> Any:
        return self.value.title

    @property
    def place(self) -> str:
        return self.value.place


# Told on devices alone: whoever wants to read of new articles elsewhere has the feed.
ON_DEVICES_ALONE = frozenset({Kind.TOPIC})
CHOICES = [(kind.number, kind.title) for kind in Kind]

Concerns = Callable[["User"], bool]
_concerns: dict[str, Concerns] = {}


def concerns(whom: str) -> Callable[[Concerns], Concerns]:
    """Register a function that says whether kinds for ``whom`` concern somebody: ``@concerns("specialist")``."""

    def register(function: Concerns) -> Concerns:
        _concerns[whom] = function
        return function

    return register


def kind_of(number: int) -> Kind | None:
    """Give the kind with a number, or nothing where there is none (any more)."""
    return next((kind for kind in Kind if kind.number == number), None)


def places() -> dict[str, str]:
    """Give where each kind stands of which devices are told, by its number as they get it."""
    return {str(kind.number): kind.place for kind in Kind if kind.value.by_push}


def does_concern(kind: Kind, user: "User") -> bool:
    """Say whether somebody can be told of a kind at all."""
    whom = kind.value.whom
    if whom == EVERYBODY:
        return True
    if whom in _concerns:
        return _concerns[whom](user)
    return "." in whom and user.has_perm(whom)
