"""Lighthouse's own judgement of an article on a phone: the median of five runs."""

import json
import os
import subprocess
from pathlib import Path
from statistics import median

from config.machine.stamps import Stamp
from config.machine.tools import fetch
from tests.browser.chromium import chromium, chromium_path
from tests.load.first_visit import first_article
from tests.load.libraries import Library
from tests.load.report import Line, Report

HERE = Path(__file__).resolve().parent
RUNS = 5
NEEDED = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}


def measure(report: Report, folder: Path) -> None:
    """Run Lighthouse five times on an article and report the median of each of its four scores."""
    install()
    with Library(500, folder) as server:
        with chromium() as browser:
            address = server.url + first_article(browser, server)
        runs = [judge(address, folder / f"lighthouse-{number}.json") for number in range(RUNS)]
    for category, needed in NEEDED.items():
        score = median(run[category] for run in runs)
        report.add(Line(f"Lighthouse, mobile, an article: {category}", score, needed, "", at_least=True))


def install() -> None:
    """Install Lighthouse from its own lock; only the bench needs it."""
    stamp = Stamp(HERE / "node_modules" / ".respite-whole", HERE / "package-lock.json")
    if not stamp.holds():
        fetch("Lighthouse", ["npm", "ci", "--fetch-retries=1", "--loglevel=error"], folder=HERE)
        stamp.set()


def judge(address: str, path: Path) -> dict[str, float]:
    """Run Lighthouse once, in a browser of its own, and give its scores, 0 to 100."""
    subprocess.run(
        [
            *("node", HERE / "node_modules" / "lighthouse" / "cli" / "index.js", address, "--quiet"),
            *("--output=json", f"--output-path={path}"),
            "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
        ],
        env={**os.environ, **({"CHROME_PATH": found} if (found := chromium_path()) else {})},
        check=True,
        timeout=300,
    )
    categories = json.loads(path.read_text())["categories"]
    return {name: categories[name]["score"] * 100 for name in NEEDED}
