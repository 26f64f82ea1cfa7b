"""Runs other programs, and turns their failures into one sentence."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
CLIENT = ROOT / "pwa" / "client"
NO_NETWORK = (
    *("Connection", "connection", "Temporary failure", "Name or service not known", "No matching distribution"),
    *("unreachable", "timed out", "Max retries", "ProxyError", "SSLError"),
    *("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH"),
)


class Trouble(Exception):
    """Something only the person at the machine can mend: its text is one sentence that says what and how."""


def data_folder() -> Path:
    """Give the folder of this machine's data, made if it was missing."""
    folder = Path(os.environ.get("RESPITE_DATA") or ROOT / ".data").absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = f"The data folder {folder} cannot be made ({error.strerror}): choose another with RESPITE_DATA."
        raise Trouble(sentence) from error
    return folder


def tool_environment() -> dict[str, str]:
    """Give the environment for other programs: ours, with the project's own tools found first."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def fetch(what: str, command: Sequence[str], folder: Path = ROOT) -> None:
    """Run a program that fetches packages; without a network it says so in one sentence."""
    attempt(
        command,
        folder=folder,
        failure=f"{what} could not be installed",
        network=f"{what} could not be fetched because there is no network: connect this machine and try again",
    )


def attempt(
    command: Sequence[str],
    failure: str,
    network: str = "",
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a program silently, its output kept in the data folder for when it fails.

    Raises Trouble with `failure`, or with `network` if its last words are those of a missing network.
    """
    log = data_folder() / "logs" / f"{Path(command[0]).name}.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as output:
        try:
            code = subprocess.run(
                command,
                cwd=folder,
                env={**tool_environment(), **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            ).returncode
        except OSError as error:
            raise Trouble(f"{failure}: {command[0]} cannot be started ({error.strerror}).") from error
    if code:
        words = log.read_text(errors="replace")[-4000:]
        unconnected = network and any(mark in words for mark in NO_NETWORK)
        raise Trouble(f"{network if unconnected else failure} (details: {log}).")
