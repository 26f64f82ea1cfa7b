"""A progress bar for a terminal, and a line at each tenth for everything else."""

from types import TracebackType
from typing import TextIO


class Progress:
    """Shows how many of so many things are done: ``with Progress(stream, "Articles", 500) as bar: bar.advance(25)``."""

    WIDTH = 40

    def __init__(self, stream: TextIO, label: str, total: int) -> None:
        self.stream = stream
        self.label = label
        self.total = total
        self.done = 0
        self.tenth = 0

    def __enter__(self) -> "Progress":
        return self

    def advance(self, count: int) -> None:
        """Count more things as done, and show it."""
        self.done += count
        if self.stream.isatty():
            filled = self.WIDTH * self.done // max(self.total, 1)
            bar = "█" * filled + "·" * (self.WIDTH - filled)
            self.stream.write(f"\r{self.label} {bar} {self.done}/{self.total}")
        elif (tenth := 10 * self.done // max(self.total, 1)) > self.tenth:
            self.tenth = tenth
            self.stream.write(f"{self.label} {self.done}/{self.total}\n")
        self.stream.flush()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.stream.isatty() and self.done:
            self.stream.write("\n")
