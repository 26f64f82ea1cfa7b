"""`manage.py scheduler`: does each minute what is due by the clock."""

import argparse
import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

logger = logging.getLogger("respite.scheduler")

# In this order: what starts is published before what has ended is swept, and what another release drew is drawn again.
DUE: list[tuple[str, ...]] = [
    ("publish_scheduled",),
    ("specialists", "sweep"),
    ("library", "sweep"),
    ("fragments", "rebuild", "-v0"),
    ("banner_counts", "sweep"),
    ("clearsessions",),
    ("accounts", "sweep"),
    ("consultations", "sweep"),
    ("correspondence", "sweep"),
    ("questions", "sweep"),
    ("notifications", "sweep"),
]
# Where there is a queue: what is done is forgotten after a day, letters and their addresses with it.
if settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend":
    DUE.append(("prune_db_task_results", "--min-age-days", "1"))


class Command(BaseCommand):
    """Publishes what is due and takes away what has ended, until it is told to end."""

    help = "Publish and withdraw each minute what is due by the clock."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, and end.")
        parser.add_argument("--every", type=float, default=60.0, metavar="SECONDS", help="Seconds between two rounds.")

    def handle(self, *arguments: Any, once: bool, every: float, **options: Any) -> None:
        ending = threading.Event()

        def end(number: int, frame: FrameType | None) -> None:
            ending.set()

        if not once:
            signal.signal(signal.SIGTERM, end)
            signal.signal(signal.SIGINT, end)
        while True:
            self.round(strict=once)
            if once or ending.wait(every):
                return

    def round(self, strict: bool) -> None:
        """Do everything that is due. One thing's failure is logged and keeps nothing else from being done."""
        close_old_connections()
        for command in DUE:
            try:
                call_command(*command)
            except Exception:
                if strict:
                    raise
                logger.exception("scheduler: %s failed", " ".join(command))
        close_old_connections()
