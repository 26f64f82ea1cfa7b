"""Remembers what a step was last done for, so that a second run does nothing twice."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

LEFT_OUT = {"node_modules", "__pycache__"}


class Stamp:
    """A file that holds the fingerprint of what a step was done for."""

    def __init__(self, path: Path, *sources: Path, also: str = "") -> None:
        self.path = path
        self.key = fingerprint(sources, also)

    def holds(self) -> bool:
        """Say whether the step was done for exactly these sources."""
        return self.path.is_file() and self.path.read_text() == self.key

    def set(self) -> None:
        """Remember that the step has been done."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.key)


def fingerprint(sources: Iterable[Path], also: str = "") -> str:
    """Give a name for the contents of these files and folders, and of what else matters."""
    digest = hashlib.sha256(also.encode())
    for source in sources:
        for path in sorted(files_below(source)):
            digest.update(f"{path}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def files_below(source: Path) -> list[Path]:
    """Give the file itself, or every file of a folder that people wrote."""
    if source.is_file():
        return [source]
    return [path for path in source.rglob("*") if path.is_file() and LEFT_OUT.isdisjoint(path.parts)]
