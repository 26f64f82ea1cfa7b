"""An installation of Respite for a test: its own data, its own database, its own processes."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from config.machine import steps
from tests.kept import ROOT, fingerprint, forget, kept, one_at_a_time

# What the content of a fresh installation is made of.
CODE = [
    ROOT / name for name in ("requirements.txt", "cms", "api/library", "pwa/templates", "pwa/locale", "pwa/migrations")
]
CODE += sorted((ROOT / "pwa").glob("*.py"))
DATABASE_SERVER = os.environ.get("DATABASE_URL", "")


@dataclass
class Installation:
    """A data folder with its database, on which Respite's own commands can be run."""

    folder: Path
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of this installation."""
        inherited = {name: value for name, value in os.environ.items() if name not in LEFT_TO_DEFAULTS}
        ours = {"RESPITE_DATA": str(self.folder), "PYTHONUNBUFFERED": "1"}
        if self.database_url:
            ours |= {"DATABASE_URL": self.database_url, "SECRET_KEY": "only-for-tests-" * 4, "TASKS": "database"}
            ours |= {"REDIS_URL": os.environ["REDIS_URL"], "CACHE_PREFIX": self.folder.name}
        return {**inherited, **ours, **self.extra}

    def manage(self, *arguments: str, check: bool = True, seconds: float = 300) -> str:
        """Run one of Respite's commands and give what it printed; a failure shows what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        if check and done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    @property
    def logins(self) -> dict[str, str]:
        """The demo log-ins: password by email address, in the order they are printed."""
        logins: dict[str, str] = json.loads((self.folder / "demo-logins").read_text())
        return logins

    def remove(self) -> None:
        """Take its folder and its database away."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.database_url:
            drop_database(urlsplit(self.database_url).path.strip("/"))


# Everything that chooses a profile: a test's installation chooses for itself.
LEFT_TO_DEFAULTS = {
    *("RESPITE_ORIGIN", "DATABASE_URL", "REDIS_URL", "TASKS", "SECRET_KEY", "PORT", "DEBUG"),
    *("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "MEDIA_BUCKET", "EVIDENCE_BUCKET"),
}


def static_files() -> Path:
    """Give a folder with the collected, hashed and compressed static files."""

    def collect(folder: Path) -> None:
        lend_compressed(folder)
        Installation(folder).manage("collectstatic", "--noinput", "-v0")

    with one_at_a_time("client"):
        steps.client()
        return kept("static", steps.static_sources(), collect) / "static"


def lend_compressed(folder: Path) -> None:
    """Lay what was compressed the last time beside what is about to be collected: compressing is most of the work.

    Only names with their content's hash in them are ever compressed, so none of it can be of other bytes.
    """
    earlier = max(folder.parent.glob("static-*/static"), key=lambda path: path.stat().st_mtime, default=None)
    for path in earlier.rglob("*.*.*") if earlier else ():
        name = path.relative_to(earlier or path)
        if path.suffix in (".br", ".gz"):
            lent = folder / "static" / name
            lent.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, lent)


def template() -> Installation:
    """Give an installation with the demo content, to be copied and never to be served itself."""
    if not DATABASE_SERVER:
        return Installation(kept("demo", CODE, load))
    name = f"respite_template_{fingerprint(CODE)}"
    database_url = urlunsplit(urlsplit(DATABASE_SERVER)._replace(path=f"/{name}"))

    def load_into_server(folder: Path) -> None:
        make_database(name)
        load(folder, database_url)

    kind = "demo-production"
    if not database_exists(name):
        forget(kind, CODE)
    return Installation(kept(kind, CODE, load_into_server), database_url=database_url)


def load(folder: Path, database_url: str = "") -> None:
    """Fill an empty folder with a migrated database and the demo content."""
    fresh = Installation(folder, database_url=database_url)
    fresh.manage("migrate", "-v0")
    fresh.manage("demo", "load")
    if not database_url:
        # One file alone from here on: no log beside it that a copy might miss.
        fresh.manage("shell", "-v0", "-c", CHECKPOINT)


CHECKPOINT = "from django.db import connection; connection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')"


def install(folder: Path) -> Installation:
    """Make an installation in this folder (which must not exist): a copy of the template, with static files."""
    source = template()
    shutil.copytree(source.folder, folder)
    # Links: collecting anew replaces a file, it never writes into one.
    shutil.copytree(static_files(), folder / "static", copy_function=os.link)
    if not source.database_url:
        return Installation(folder)
    name = f"respite_{secrets.token_hex(6)}"
    make_database(name, like=urlsplit(source.database_url).path.strip("/"))
    return Installation(folder, database_url=urlunsplit(urlsplit(DATABASE_SERVER)._replace(path=f"/{name}")))


def make_database(name: str, like: str = "template1") -> None:
    """Make a PostgreSQL database, a copy of another one, in place of what had its name."""
    drop_database(name)
    on_server(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')


def drop_database(name: str) -> None:
    """Take a PostgreSQL database away, also from whoever is connected to it."""
    on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def database_exists(name: str) -> bool:
    """Say whether the PostgreSQL server has a database of this name."""
    return bool(on_server("SELECT datname FROM pg_database WHERE datname = %s", name))


def on_server(statement: str, *values: str) -> list[tuple[object, ...]]:
    """Run one statement on the PostgreSQL server itself, outside any of our databases."""
    import psycopg

    address = urlunsplit(urlsplit(DATABASE_SERVER)._replace(path="/postgres"))
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description else []
