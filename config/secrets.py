"""The development key: made on the first run of a machine, kept beside its data, never committed."""

import os
import secrets
from pathlib import Path


def development_key(folder: Path) -> str:
    """Give this machine's own signing key, making it (readable by its owner only) if there is none."""
    path = folder / "secret-key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
