"""`manage.py specialists sweep`: what time does to profiles; the scheduler runs it each minute."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.specialists.campaigns import note_standing
from cms.specialists.clock import sweep


class Command(BaseCommand):
    """Warns those whose verification ends, takes down what has expired, forgets what was handed in."""

    help = "Do what is due by the clock for specialists, and note down who stands first today."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", choices=["sweep"])

    def handle(self, *arguments: Any, **options: Any) -> None:
        sweep()
        note_standing(timezone.now())
