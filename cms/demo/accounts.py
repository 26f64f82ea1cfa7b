"""The demonstration's log-ins: passwords made anew on each machine, kept beside its data."""

import json
import os
import secrets
from functools import partial
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group

from cms.demo.marks import find_or_make
from cms.pages.roles import MODERATORS, PUBLISHERS, REVIEWERS, WRITERS
from cms.people.models import User

# Without letters and figures that are taken for one another.
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

ACCOUNTS = [
    ("Writer", "writer@respite.example", "Ines", "Calder", WRITERS),
    ("Second writer", "writer2@respite.example", "Piet", "Aumont", WRITERS),
    ("Clinical reviewer", "reviewer@respite.example", "Tomas", "Feld", REVIEWERS),
    ("Publisher", "publisher@respite.example", "Ruth", "Ondell", PUBLISHERS),
    ("Moderator", "moderator@respite.example", "Lene", "Weir", MODERATORS),
    ("Specialist", "specialist@respite.example", "Oriel", "Vanthorpe", ""),
    ("Reader", "reader@respite.example", "Jona", "Fell", ""),
    ("Administrator", "admin@respite.example", "Sten", "Varga", ""),
]
# Whose the demonstration's articles are.
WRITER = ACCOUNTS[0][1]
# Whose the demonstration's questions are.
READER = "reader@respite.example"
# Whom readers know of those who log in: what they approve in clinical review names them.
KNOWN_TO_READERS = {"tomas-feld": "reviewer@respite.example"}


def logins_file() -> Path:
    """Where the passwords of this machine are kept."""
    return Path(settings.DATA_DIR) / "demo-logins"


def read_logins() -> dict[str, str]:
    """Give the kept passwords by email address; nothing if there are none."""
    try:
        kept: dict[str, str] = json.loads(logins_file().read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return kept


def write_logins(passwords: dict[str, str]) -> None:
    """Keep the passwords in a file that only its owner can read; it never stands half written."""
    draft = logins_file().with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(passwords, file, indent=2)
    draft.replace(logins_file())


def new_password() -> str:
    """Make a password of four groups: 16 of 55 letters and figures, about 92 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def plant_accounts() -> None:
    """Make the demonstration's users; one whose password is no longer known here gets a new one."""
    known = read_logins()
    passwords = {email: known.get(email) or new_password() for _role, email, *_names in ACCOUNTS}
    for role, email, first, last, group in ACCOUNTS:
        make = partial(make_user, role, email, first, last, group, passwords[email])
        user, made = find_or_make(User, f"user:{email}", make)
        if not made and email not in known:
            user.set_password(passwords[email])
            user.save(update_fields=["password"])
    if passwords != known:
        write_logins(passwords)


def make_user(role: str, email: str, first: str, last: str, group: str, password: str) -> User:
    administrator = role == "Administrator"
    user = User.objects.create_user(
        email, password, first_name=first, last_name=last, is_staff=administrator, is_superuser=administrator
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def list_logins() -> list[tuple[str, str, str]]:
    """Give role, email address and password of every demonstration account of this machine."""
    known = read_logins()
    return [(role, email, known[email]) for role, email, *_names in ACCOUNTS if email in known]
