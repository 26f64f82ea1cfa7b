"""Other releases of Respite: a checkout with some lines changed, its client built, its files collected beside the earlier ones."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.kept import ROOT, kept
from tests.server import Server

# What a server is run from.
PARTS = [ROOT / name for name in ("api", "cms", "config", "pwa", "manage.py")]
# What readers' pages are made with. The rest, which is the admin's, would take most of a minute to compress.
READERS_STATIC = {"pwa", "respite"}

# A file, what stands in it, and what stands there in the other release.
Change = tuple[str, str, str]

SPEECH = "pwa/client/src/page/speech.ts"
SAYS_ITS_NAME = """if (globalThis.document) document.documentElement.dataset.release = "next";
export const { language,"""
# Nearly every part of the script imports this one, so nearly every one has another name.
NEXT: list[Change] = [(SPEECH, "export const { language,", SAYS_ITS_NAME)]


def checkout(name: str, changes: Iterable[Change]) -> Path:
    """Give a checkout with these changes and its client built, made once for each state of the code."""

    def make(folder: Path) -> None:
        for part in PARTS:
            if part.is_dir():
                shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
            else:
                shutil.copy(part, folder)
        os.symlink(ROOT / "pwa" / "client" / "node_modules", folder / "pwa" / "client" / "node_modules")
        for path, before, after in changes:
            text = (folder / path).read_text()
            assert before in text, f"{path} has no {before!r}"
            (folder / path).write_text(text.replace(before, after, 1))
        subprocess.run(
            ["npm", "run", "--silent", "build", "--", "--of-any-weight"], cwd=folder / "pwa" / "client", check=True
        )

    return kept(f"release-{name}", [*PARTS, ROOT / "tests" / "releases.py"], make)


def next_release() -> Path:
    """Give the checkout of a release in which nearly every part of the script is another."""
    return checkout("next", NEXT)


def collect(server: Server, release: Path) -> None:
    """Collect the static files of a release beside those that an installation has already."""
    others = {path.name for path in (server.installation.folder / "static").iterdir() if path.is_dir()} - READERS_STATIC
    left_out = [f"--ignore={name}" for name in sorted(others)]
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0", *left_out]
    subprocess.run(command, cwd=release, env=server.installation.environment, check=True)


def deploy(server: Server, release: Path) -> None:
    """Bring out a release at the address of the one before."""
    collect(server, release)
    server.restart(checkout=release)


def chunks(release: Path) -> list[str]:
    """Give the addresses of the parts of a release's script."""
    folder = release / "pwa" / "static" / "pwa" / "chunks"
    return sorted(f"/static/pwa/chunks/{file.name}" for file in folder.iterdir())
