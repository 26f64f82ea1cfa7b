"""What may be asked for by name."""

from collections.abc import Callable

from config.machine import steps
from config.machine.browser import chromium
from config.machine.run import run
from config.machine.services import demand_services
from config.machine.tools import Trouble


def prepare_tests() -> None:
    """Install and build everything that tests and checks need."""
    steps.environment("requirements-dev.txt")
    steps.packages(development=True)
    steps.client()
    chromium()


COMMANDS: dict[str, Callable[[], None]] = {
    "run": run,
    "tests": prepare_tests,
    "services": demand_services,
}


def main(arguments: list[str]) -> int:
    """Do what is asked for; give 0, or 1 after one sentence about what is in the way."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"Usage: python3 -m config.machine {'|'.join(COMMANDS)}")
        return 2
    try:
        COMMANDS[arguments[0]]()
    except Trouble as trouble:
        print(trouble, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 130
    return 0
