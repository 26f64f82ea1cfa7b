"""Finds a Chromium for the tests, or installs one."""

import os
import shutil
from pathlib import Path

from config.machine.steps import say
from config.machine.tools import VENV_PYTHON, Trouble, attempt

NAMES = ("chromium", "google-chrome")


def chromium() -> None:
    """See to it that there is a Chromium: the named one, the machine's, Playwright's, else a new one."""
    if named := os.environ.get("CHROMIUM"):
        if not os.access(named, os.X_OK):
            raise Trouble(f"CHROMIUM names {named}, which is no program: name a Chromium, or leave it unset.")
        return
    if any(shutil.which(name) for name in NAMES) or has_playwrights_own():
        return
    missing = "No Chromium for the tests: install the package chromium, or name one with CHROMIUM"
    no_network = "Chromium could not be fetched because there is no network: connect this machine and try again"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Debian's chromium for the tests …")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        attempt(["apt-get", "update", "-q"], failure=missing, network=no_network, environment=quiet)
        install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-noto-core"]
        attempt(install, failure=missing, network=no_network, environment=quiet)
        return
    say("Installing Playwright's Chromium for the tests …")
    attempt([str(VENV_PYTHON), "-m", "playwright", "install", "chromium"], failure=missing, network=no_network)


def has_playwrights_own() -> bool:
    """Say whether Playwright has installed a Chromium before."""
    browsers = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return any(browsers.glob("chromium-*"))
