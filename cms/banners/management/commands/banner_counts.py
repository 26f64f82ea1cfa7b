"""`manage.py banner_counts sweep`: forgets the counts of banners that are kept no longer."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from cms.banners.counting import BATCHES_KEPT_FOR, KEPT_FOR, sweep


class Command(BaseCommand):
    """Keeps the counts of banners for as long as was promised. The scheduler runs it every minute."""

    help = f"Forgets counts older than {KEPT_FOR.days} days, and numbers of batches older than {BATCHES_KEPT_FOR.days}."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", choices=["sweep"])

    def handle(self, *arguments: Any, **options: Any) -> None:
        if gone := sweep():
            self.stdout.write(f"{gone} rows of banner counts were forgotten")
