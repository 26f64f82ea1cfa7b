"""What was measured, against what it may be: printed as a table, kept as JSON."""

import json
import platform
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One measurement: its value, what it may be at most (or at least), and the unit of both."""

    name: str
    measured: float
    budget: float | None
    unit: str = ""
    at_least: bool = False
    note: str = ""

    @property
    def is_ok(self) -> bool:
        """Say whether it keeps its budget; without one it always does."""
        if self.budget is None:
            return True
        return self.measured >= self.budget if self.at_least else self.measured <= self.budget

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        budget = "" if self.budget is None else f"{sign} {self.budget:,g} {self.unit}"
        verdict = "" if self.budget is None else "ok" if self.is_ok else "OVER"
        return f"{self.name:<62}{self.measured:>12,.4g} {self.unit:<7}{budget:>16}  {verdict:<5}{self.note}"


@dataclass
class Report:
    """All lines of one run."""

    lines: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Keep a line and print it at once, so that a long run shows how it goes."""
        self.lines.append(line)
        print(line, flush=True)

    def keep(self, path: Path) -> None:
        """Write the run as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        machine = {"python": platform.python_version(), "system": platform.platform()}
        lines = [{**asdict(line), "ok": line.is_ok} for line in self.lines]
        kept = {"at": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "machine": machine, "lines": lines}
        path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")

    @property
    def is_ok(self) -> bool:
        """Say whether every budget was kept."""
        return all(line.is_ok for line in self.lines)
