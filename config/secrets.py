"""The development keys: made on the first run of a machine, kept beside its data, never committed."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cms.notifications.push.vapid import new_key


def development_key(folder: Path) -> str:
    """Give this machine's own signing key, making it (readable by its owner only) if there is none."""
    return kept_or_made(folder / "secret-key", lambda: secrets.token_urlsafe(50))


def development_push_key(folder: Path) -> str:
    """Give this machine's own key for push services, in the form of ``VAPID_PRIVATE_KEY``."""
    return kept_or_made(folder / "push-key", new_key)


def kept_or_made(path: Path, make: Callable[[], str]) -> str:
    """Give what a file holds, making it (readable by its owner only) if there is none."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        key = make()
        file.write(key)
    return key
