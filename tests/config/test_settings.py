"""What the settings refuse, and what they make for themselves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.secrets import development_key
from tests.kept import ROOT

PRINT = """
import config.settings as settings
print(settings.DATABASES["default"]["ENGINE"], settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE,
      hasattr(settings, "SECURE_HSTS_SECONDS"))
"""


def load_settings(data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", PRINT],
        cwd=ROOT,
        env={**kept, "RESPITE_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_production__does_not_start_without_a_key_of_its_own(tmp_path: Path) -> None:
    done = load_settings(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1/none")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
    assert not (tmp_path / "secret-key").exists()


def test_production__starts_with_a_key(tmp_path: Path) -> None:
    done = load_settings(
        tmp_path,
        DATABASE_URL="postgres://nobody@127.0.0.1/none",
        SECRET_KEY="x" * 60,
        RESPITE_ORIGIN="https://respite.example",
    )
    assert done.stdout.split()[0] == "django.db.backends.postgresql"


def test_embedded_default__makes_its_own_key_once(tmp_path: Path) -> None:
    assert load_settings(tmp_path).returncode == 0
    first = (tmp_path / "secret-key").read_text()
    assert load_settings(tmp_path).returncode == 0
    assert (tmp_path / "secret-key").read_text() == first


def test_development_key__is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    key = development_key(tmp_path)
    assert len(key) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_unknown_way_of_doing_tasks__is_refused(tmp_path: Path) -> None:
    done = load_settings(tmp_path, TASKS="later")
    assert done.returncode != 0
    assert "TASKS" in done.stderr


@pytest.mark.parametrize(
    ("origin", "expected"), [("https://respite.example", "True"), ("http://127.0.0.1:8000", "False")]
)
def test_https_origin__turns_on_what_only_https_can_have(origin: str, expected: str, tmp_path: Path) -> None:
    done = load_settings(tmp_path, RESPITE_ORIGIN=origin)
    assert done.stdout.split()[1:] == [expected, expected, expected]
