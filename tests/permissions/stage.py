"""Who might ask, and what there is to be asked for."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.test import Client

from cms.correspondence import services as letters
from cms.notifications.kinds import Kind
from cms.notifications.unsubscribing import token_for
from cms.people.models import User
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
    stage.things["token"] = token_for(reader, Kind.MESSAGE)
    return stage


def nowhere() -> UUID:
    """Give the id of nothing."""
    return uuid4()
