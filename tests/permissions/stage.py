"""Who might ask, and what there is to be asked for."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.test import Client

from cms.correspondence import services as letters
from cms.people.models import User
from cms.specialists.files import PDF, as_jpeg, keep
from cms.specialists.models import Evidence
from cms.specialists.photos import picture_of
from tests import factories

# By a letter each, as the table names them.
ROLES = {
    "N": "nobody",
    "R": "reader, whose it is",
    "X": "another reader",
    "E": "editor",
    "M": "moderator",
    "A": "administrator",
}


@dataclass
class Stage:
    """The cast, logged in, and what belongs to the reader. ``things`` names it for the table: ``{thread}``."""

    users: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Give the browser of somebody."""
        client = Client()
        if user := self.users[role]:
            client.force_login(user)
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
        }
    )
    message, _made = letters.write_to_team(reader, "using", "Where is what I saved?")
    stage.things["thread"] = str(message.thread.public_id)
    specialist = factories.specialist("Mara Tester", slug="mara-tester")
    begun, _made = letters.write_to_specialist(reader, specialist.slug, "Do you have time?")
    answered, _made = letters.answer(begun.thread, specialist.user, "On Thursday.")
    stage.things |= {"two": str(begun.thread.public_id), "message": str(answered.public_id)}
    for role in "RX":
        profile = factories.specialist(live=False, user=stage.users[role])
        profile.photo = picture_of(profile, as_jpeg(factories.png("face.png", 300, 300).read()))
        profile.save_revision()
        evidence = Evidence.objects.create(specialist=profile, name="licence.pdf", content_type=PDF, size=9)
        keep(evidence, b"%PDF-%%EOF")
        stage.things.setdefault("evidence", str(evidence.pk))
    return stage


def nowhere() -> UUID:
    """Give the id of nothing."""
    return uuid4()
