"""Names for one question: some to choose from, and what one must not be."""

import random
import re

from django.utils.translation import gettext as _

from cms.people.models import User
from cms.publishing.plain import plain

SHORTEST_NAME = 3  # letters: a shorter part of a name stands in too many words

_ADDRESS = re.compile(r"@|https?:|www\.|\.(com|org|net|de|uk|eu)\b", re.IGNORECASE)


def suggestions() -> list[str]:
    """Give the names that are offered, in the active language. They say nothing of anybody."""
    return [
        _("Night Tram"),
        _("Quiet River"),
        _("Early Walker"),
        _("Paper Boat"),
        _("Grey Heron"),
        _("Window Seat"),
        _("Second Cup"),
        _("Long Way Home"),
        _("Borrowed Umbrella"),
        _("Small Lamp"),
        _("Sunday Bicycle"),
        _("Open Gate"),
    ]


def some_suggestions(count: int = 3) -> list[str]:
    """Give a few of them, others each time."""
    return random.sample(suggestions(), count)


def problem_with(pseudonym: str, author: User | None) -> str:
    """Say why a name cannot stand over a question; "" where it can. ``author`` is whose it is, where that is known."""
    name = plain(pseudonym)
    if len(re.findall(r"[^\W\d_]", pseudonym)) < 2:
        return _("Choose a name with at least two letters.")
    if _ADDRESS.search(pseudonym) or len(re.findall(r"\d", pseudonym)) > 4:
        return _("Choose a name that is no address and no number: nobody is to find you by it.")
    if author is not None and _is_known(name, author):
        return _("This is your name or your email address. Choose another, so that nobody knows you by it.")
    return ""


def _is_known(name: str, author: User) -> bool:
    """Say whether somebody could be known by a name: it has a part of theirs, or what their address begins with."""
    mailbox = author.email.partition("@")[0]
    parts = {*plain(author.get_full_name()).split(), *plain(mailbox).split(), plain(mailbox).replace(" ", "")}
    known = {part for part in parts if len(part) >= SHORTEST_NAME and not part.isdigit()}
    return bool(known & set(name.split())) or name.replace(" ", "") in known
