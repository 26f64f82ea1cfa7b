"""Folders that are slow to make and the same until the code changes: made once, kept between runs.

Several test processes may ask at once; one makes it, the others wait for that one.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(os.environ.get("RESPITE_KEPT", ROOT / ".data" / "tests"))
GENERATIONS = 3
LEFT_OUT = {"node_modules", "__pycache__"}


def kept(kind: str, sources: Iterable[Path], make: Callable[[Path], None]) -> Path:
    """Give the folder of this kind made from these sources, making it where there is none.

    `make` gets an empty folder to fill. What it leaves unfinished is never given to anybody.
    """
    with one_at_a_time(kind):
        folder = KEPT / f"{kind}-{fingerprint(sources)}"
        if folder.is_dir():
            os.utime(folder)
            return folder
        unfinished = KEPT / f"{kind}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        make(unfinished)
        unfinished.rename(folder)
        generations = sorted(
            KEPT.glob(f"{kind}-" + "[0-9a-f]" * 16), key=lambda path: path.stat().st_mtime, reverse=True
        )
        for old in generations[GENERATIONS:]:
            shutil.rmtree(old, ignore_errors=True)
        return folder


@contextmanager
def one_at_a_time(kind: str) -> Iterator[None]:
    """Keep other test processes out of the same work until this one has done it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def forget(kind: str, sources: Iterable[Path]) -> None:
    """Throw away the folder of this kind made from these sources, so that it is made again."""
    shutil.rmtree(KEPT / f"{kind}-{fingerprint(sources)}", ignore_errors=True)


def fingerprint(sources: Iterable[Path]) -> str:
    """Give a name for the contents of these files and folders."""
    digest = hashlib.sha256()
    for source in sources:
        for path in sorted(files_below(source)):
            digest.update(f"{path.relative_to(ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def files_below(source: Path) -> list[Path]:
    """Give every file of a folder (or the file itself) that is not made by a tool."""
    if source.is_file():
        return [source]
    return [path for path in source.rglob("*") if path.is_file() and LEFT_OUT.isdisjoint(path.parts)]
