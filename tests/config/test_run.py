"""`make run`, by real processes: what it prints, what it refuses, and that it leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.machine import steps
from config.machine.stamps import Stamp
from tests.installation import Installation
from tests.kept import ROOT
from tests.server import eventually, free_port, listens


class Run:
    """One `make run`, in front of a data folder that is ready."""

    def __init__(self, installation: Installation, port: int) -> None:
        self.port = port
        self.log = installation.folder / "run.log"
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.machine", "run"],
                cwd=ROOT,
                env={**installation.environment, "PORT": str(port)},
                stdout=output,
                stderr=output,
            )

    @property
    def printed(self) -> str:
        return self.log.read_text()

    def wait_for_welcome(self) -> None:
        eventually(lambda: "Ctrl-C ends it" in self.printed or self.process.poll() is not None, 60, "the welcome")
        assert self.process.poll() is None, self.printed

    def descendants(self) -> dict[int, str]:
        """Give the command line of every process that this run has started, by pid."""
        parents = {}
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        found.remove(self.process.pid)
        return {pid: Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in found}


@pytest.fixture
def ready(installation: Installation) -> Installation:
    """Give an installation on which every step of `make run` has been done before."""
    stamps = installation.folder / "stamps"
    Stamp(stamps / "static", *steps.static_sources()).set()
    Stamp(stamps / "database", *steps.migration_sources(), also=installation.database_url).set()
    return installation


@pytest.fixture
def run(ready: Installation) -> Iterator[Run]:
    own = Run(ready, free_port())
    yield own
    if own.process.poll() is None:
        own.process.send_signal(signal.SIGTERM)
        own.process.wait(20)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a checkout in which nothing is installed."""
    folder = tmp_path / "checkout"
    for name in ("config", "pwa/client"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("node_modules", "build", "__pycache__")
        )
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "manage.py"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def step(checkout: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a checkout where nothing is installed and no network is reached."""
    cut_off = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull, "PORT": str(free_port())}
    return subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), *command],
        cwd=checkout,
        env={"PATH": "/nowhere", "RESPITE_DATA": str(checkout / "data"), **cut_off, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Hold what was printed last to one sentence with these words, and no traceback anywhere."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    sentence = (done.stdout + done.stderr).strip().splitlines()[-1]
    for word in words:
        assert word in sentence


def test_second_run__answers_within_eight_seconds_and_says_where(run: Run) -> None:
    begun = time.monotonic()
    run.wait_for_welcome()
    assert time.monotonic() - begun < 8
    assert f"http://127.0.0.1:{run.port}/\n" in run.printed
    assert f"http://127.0.0.1:{run.port}/admin/" in run.printed
    assert "publisher@respite.example" in run.printed
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/", timeout=20) as answer:
        assert answer.status == 200


def test_ctrl_c__ends_everything_it_started(run: Run) -> None:
    run.wait_for_welcome()
    started = run.descendants()
    assert any("granian" in command for command in started.values())
    assert any("manage.py scheduler" in command for command in started.values())
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(20) == 0
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []
    assert not listens(run.port)
    assert "Traceback" not in run.printed


@pytest.mark.parametrize(("part", "name"), [("manage.py scheduler", "scheduler"), ("granian", "web server")])
def test_a_part_that_dies__takes_the_other_with_it_and_is_named(run: Run, part: str, name: str) -> None:
    run.wait_for_welcome()
    started = run.descendants()
    os.kill(min(pid for pid, command in started.items() if part in command), signal.SIGKILL)
    assert run.process.wait(20) == 1
    assert f"The {name} has ended by itself" in run.printed
    eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started), 5, "all are gone")
    assert not listens(run.port)


def test_taken_port__is_named_before_anything_is_done(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = step(checkout, "-m", "config.machine", "run", PORT=str(port))
    assert_one_sentence(done, f"Port {port} is taken", "make run PORT=")
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("port", ["eight", "0", "70000", "-1"])
def test_port_that_is_none__is_refused(checkout: Path, port: str) -> None:
    assert_one_sentence(step(checkout, "-m", "config.machine", "run", PORT=port), "no port", "65535")


def test_python_too_old__is_named(checkout: Path) -> None:
    code = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_module('config.machine', run_name='__main__')"
    assert_one_sentence(step(checkout, "-c", code), "Python 3.11 or newer", "Python 3.9")


def test_missing_venv_module__is_named(checkout: Path) -> None:
    (checkout / "broken").mkdir()
    (checkout / "broken" / "venv.py").write_text("raise SystemExit('No module named ensurepip')")
    done = step(checkout, "-m", "config.machine", "run", PYTHONPATH=str(checkout / "broken"))
    assert_one_sentence(done, "venv module", "apt-get install python3-venv")


def test_no_network__is_named(checkout: Path) -> None:
    done = step(checkout, "-m", "config.machine", "run")
    assert_one_sentence(done, "The Python packages could not be fetched because there is no network")


def test_no_node_and_no_network__are_named(checkout: Path) -> None:
    code = (
        "import sys; from config.machine import commands, steps; "
        "commands.COMMANDS['run'] = steps.node; sys.exit(commands.main(['run']))"
    )
    assert_one_sentence(step(checkout, "-c", code), "Node 20 or newer is missing", "install Node")
