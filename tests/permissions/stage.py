"""Who might ask, and what there is to be asked for."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client

from cms.consultations import services
from cms.consultations.keeping import free_times
from cms.correspondence import services as letters
from cms.notifications.kinds import Kind
from cms.notifications.unsubscribing import token_for
from cms.people.models import User
from cms.specialists.files import PDF, as_jpeg, keep
from cms.specialists.models import Evidence
from cms.specialists.photos import picture_of
from tests import factories
from tests.cms.consultations import stage as consultations
from tests.cms.questions.making import public_answer, public_question, question, specialist

# By a letter each, as the table names them.
ROLES = {
    "N": "nobody",
    "R": "reader, whose it is",
    "X": "another reader",
    "E": "editor",
    "M": "moderator",
    "A": "administrator",
    "V": "verified specialist",
    "S": "specialist, whom it was asked of",
    "T": "another specialist, not verified",
}


@dataclass
class Stage:
    """The cast, logged in, and what belongs to the reader. ``things`` names it for the table: ``{thread}``."""

    users: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def log_in(self) -> None:
        """Log everybody in, once: it takes longer than what is asked."""
        for role, user in self.users.items():
            if user:
                client = Client()
                client.force_login(user)
                self.sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def client(self, role: str) -> Client:
        """Give a new browser of somebody who has been logged in."""
        client = Client()
        if self.users[role]:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


def build() -> Stage:
    """Make everybody, and one of each thing that is somebody's own."""
    reader = factories.reader()
    stage = Stage(
        {
            "N": None,
            "R": reader,
            "X": factories.reader(),
            "E": factories.writer(),
            "M": factories.safety_moderator(),
            "A": factories.administrator(),
            "V": specialist().user,
            "S": factories.reader(),
            "T": factories.reader(),
        }
    )
    message, _made = letters.write_to_team(reader, "using", "Where is what I saved?")
    found = consultations.practice(
        consultations.specialist(user=stage.users["S"]), weekly=[[n, 0, 1440] for n in range(7)]
    )
    consultations.specialist("Ida Berg", user=stage.users["T"], live=False)
    start = free_times(found)[0]
    asked, _made = services.ask(reader, found.specialist, services.Asked([start], "video", "Robin"))
    services.accept(asked, found.specialist.user, start)
    stage.things["consultation"] = str(asked.pk)
    stage.things["specialist"] = found.specialist.slug
    stage.things["thread"] = str(message.thread.public_id)
    answers: Any = stage.users["V"]
    answered_question = public_question(factories.reader())
    public_answer(answered_question, answers.specialist)
    stage.things["question"] = str(question(reader).public_id)
    stage.things["asked"] = answered_question.slug
    factories.specialist("Mara Tester", slug="mara-tester")
    for role in "RX":
        profile = factories.specialist(live=False, user=stage.users[role])
        profile.photo = picture_of(profile, as_jpeg(factories.png("face.png", 300, 300).read()))
        profile.save_revision()
        evidence = Evidence.objects.create(specialist=profile, name="licence.pdf", content_type=PDF, size=9)
        keep(evidence, b"%PDF-%%EOF")
        stage.things.setdefault("evidence", str(evidence.pk))
    begun, _made = letters.write_to_specialist(reader, found.specialist.slug, "Do you have time?")
    answered, _made = letters.answer(begun.thread, found.specialist.user, "On Thursday.")
    stage.things |= {"two": str(begun.thread.public_id), "message": str(answered.public_id)}
    stage.things["token"] = token_for(reader, Kind.MESSAGE)
    stage.log_in()
    return stage


def nowhere() -> UUID:
    """Give the id of nothing."""
    return uuid4()
