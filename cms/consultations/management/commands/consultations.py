"""`manage.py consultations sweep`: reminds of agreed times, ends what has lapsed, tells readers of times anew."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from cms.consultations.meetings import KEPT, WORDS_KEPT
from cms.consultations.sweeping import sweep

TOLD = {
    "reminders": "{} reminders were sent",
    "lapsed": "{} requests ended by themselves",
    "times": "the times of {} specialists were told anew",
    "forgotten": "{} rows were forgotten",
}


class Command(BaseCommand):
    """Does what is due by the clock. The scheduler runs it every minute; each reminder is sent once all the same."""

    help = (
        "Send the reminders that are due, end requests whose times are past, and bring the times that readers are told "
        f"of up to date. Forgets what was written with a request {WORDS_KEPT.days} days after its end, "
        f"and the rest after {KEPT.days}."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", choices=["sweep"])

    def handle(self, *arguments: Any, **options: Any) -> None:
        for name, number in sweep().items():
            if number:
                self.stdout.write(TOLD[name].format(number))
