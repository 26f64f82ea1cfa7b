"""The steps from a bare checkout to something that runs. Each does nothing when it was done before."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from config.machine.stamps import Stamp
from config.machine.tools import CLIENT, ROOT, VENV, VENV_PYTHON, Trouble, attempt, data_folder, fetch, tool_environment

NODE_NEEDED = 20


def say(sentence: str) -> None:
    """Tell the person what takes time now."""
    print(sentence, flush=True)


def environment(lock: str = "requirements.txt") -> None:
    """Make `.venv` and install what the lock names, each package checked against its hash."""
    if not (VENV_PYTHON.exists() and (VENV / "bin" / "pip").exists()):
        say("Making the Python environment in .venv …")
        attempt(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            failure="Python's venv module is missing or broken: on Debian, apt-get install python3-venv",
        )
    stamp = Stamp(VENV / "stamps" / lock, ROOT / lock, also=str(VENV))
    # The longer lock holds everything of the shorter one, at the same versions.
    longer = Stamp(VENV / "stamps" / "requirements-dev.txt", ROOT / "requirements-dev.txt", also=str(VENV))
    if stamp.holds() or (lock == "requirements.txt" and longer.holds()):
        return
    say(f"Installing the Python packages of {lock} …")
    install = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--retries", "2", "--no-deps", "--require-hashes"]
    fetch("The Python packages", [*install, "-r", lock])
    stamp.set()


def node() -> None:
    """See to it that Node and npm are there: from the PATH, else from their Python package."""
    if node_version() >= NODE_NEEDED and shutil.which("npm", path=tool_environment()["PATH"]):
        return
    missing = f"Node {NODE_NEEDED} or newer is missing"
    try:
        environment("requirements-node.txt")
    except Trouble as trouble:
        raise Trouble(
            f"{missing}, and its package could not be fetched: install Node, or connect this machine."
        ) from trouble
    if node_version() < NODE_NEEDED:
        raise Trouble(f"{missing}: install it, or put it first on the PATH.")


def node_version() -> int:
    """Give the major version of the Node that would be run, 0 for none."""
    program = shutil.which("node", path=tool_environment()["PATH"])
    if not program:
        return 0
    try:
        words = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except OSError:
        return 0
    found = re.match(r"v(\d+)", words)
    return int(found[1]) if found else 0


def packages(development: bool = False) -> None:
    """Install the client's npm packages from its lock; for development also its tools."""
    lock = CLIENT / "package-lock.json"
    whole = Stamp(CLIENT / "node_modules" / ".respite-whole", lock)
    small = Stamp(CLIENT / "node_modules" / ".respite-small", lock)
    if whole.holds() or (small.holds() and not development):
        return
    node()
    say("Installing the client's packages …")
    omit = [] if development else ["--omit=dev"]
    fetch("The client's packages", ["npm", "ci", "--fetch-retries=1", "--loglevel=error", *omit], folder=CLIENT)
    (whole if development else small).set()


def client() -> None:
    """Build the client: what a reader's browser runs and wears."""
    sources = [CLIENT / name for name in ("src", "styles", "build.mjs", "package.json", "package-lock.json")]
    stamp = Stamp(CLIENT / "build" / ".respite-built", *sources)
    if stamp.holds() and (ROOT / "pwa" / "static" / "pwa").is_dir():
        return
    node()
    say("Building the client …")
    attempt(["npm", "run", "--silent", "build"], failure="The client could not be built", folder=CLIENT)
    stamp.set()


def content() -> None:
    """Collect static files and bring the database up to date, both at once; demo content into a new one."""
    data = data_folder()
    collected = Stamp(data / "stamps" / "static", *static_sources())
    migrated = Stamp(data / "stamps" / "database", *migration_sources(), also=os.environ.get("DATABASE_URL", ""))
    started: list[tuple[Stamp, str, subprocess.Popen[str]]] = []
    if not (collected.holds() and (data / "static").is_dir()):
        say("Collecting and compressing the static files …")
        started.append(
            (collected, "The static files could not be collected", manage("collectstatic", "--noinput", "-v0"))
        )
    if not (migrated.holds() and (os.environ.get("DATABASE_URL") or (data / "respite.sqlite3").is_file())):
        say("Preparing the database …")
        started.append((migrated, "The database could not be prepared", manage("prepare")))
    for stamp, failure, process in started:
        words, _ = process.communicate()
        if process.returncode:
            log = data / "logs" / "prepare.log"
            log.parent.mkdir(exist_ok=True)
            log.write_text(words)
            raise Trouble(
                f"{failure}: {words.strip().splitlines()[-1] if words.strip() else 'no reason given'} ({log})"
            )
        stamp.set()


def manage(*arguments: str) -> subprocess.Popen[str]:
    """Start one of Respite's commands; what it says is kept for when it fails."""
    return subprocess.Popen(
        [str(VENV_PYTHON), "manage.py", *arguments],
        cwd=ROOT,
        env=tool_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def static_sources() -> list[Path]:
    """What the collected files are made of."""
    ours = [*ROOT.glob("[a-z]*/static"), *ROOT.glob("[a-z]*/*/static")]
    return [ROOT / "requirements.txt", ROOT / "config" / "staticfiles.py", *sorted(ours)]


def migration_sources() -> list[Path]:
    """What the database's shape is made of."""
    return [
        ROOT / "requirements.txt",
        *sorted(ROOT.glob("[a-z]*/migrations")),
        *sorted(ROOT.glob("[a-z]*/*/migrations")),
    ]
