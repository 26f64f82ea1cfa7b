"""`make bench`: measure every budget. `python -m tests.load.bench api phone` measures only those.

Ratios are taken within one run, so they hold on any machine; the rest is for two quiet cores.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.kept import ROOT
from tests.load import (
    accounts,
    api,
    first_visit,
    lighthouse,
    offline,
    phone,
    publishing,
    returning,
    search,
    staying,
    syncing,
)
from tests.load.report import Report

KEPT = ROOT / ".data" / "bench.json"
MEASURES: dict[str, Callable[[Report, Path], None]] = {
    "publishing": publishing.measure,
    "first_visit": first_visit.measure,
    "offline": offline.measure,
    "returning": returning.measure,
    "syncing": syncing.measure,
    "phone": phone.measure,
    "search": search.measure,
    "staying": staying.measure,
    "api": api.measure,
    "lighthouse": lighthouse.measure,
    "accounts": accounts.measure,
}


def main(names: list[str]) -> int:
    """Measure what is named, everything if nothing is; give 1 if anything is over its budget."""
    if unknown := set(names) - set(MEASURES):
        print(f"There is no measure {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}.")
        return 2
    report = Report()
    with tempfile.TemporaryDirectory(prefix="respite-bench-") as folder:
        for name in names or MEASURES:
            MEASURES[name](report, Path(folder) / name)
    report.keep(KEPT)
    over = [line for line in report.lines if not line.is_ok]
    print(f"\n{len(report.lines)} measured, {len(over)} over budget; kept in {KEPT.relative_to(ROOT)}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
