"""`manage.py questions sweep`: deletes for good what was withdrawn, rejected or given back long ago."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from cms.questions.services import forget_old


class Command(BaseCommand):
    """What time does to questions."""

    help = "Delete what was withdrawn, rejected, or given back and never changed, after its time."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["sweep"])

    def handle(self, *arguments: Any, what: str, verbosity: int, **options: Any) -> None:
        forgotten = forget_old()
        if verbosity > 0 and forgotten:
            self.stdout.write(f"{forgotten} questions and answers were deleted for good")
