"""`manage.py correspondence`: takes away what of messages and reports is kept no longer."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from cms.correspondence import retention
from cms.correspondence.models import Report, Thread


class Command(BaseCommand):
    """Keeps messages no longer than was promised. The scheduler runs ``sweep`` every minute."""

    help = (
        f"sweep: take away conversations {Thread.KEPT.days} days after their last message, and reports "
        f"{Report.KEPT.days} days after they were decided."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", choices=["sweep"])

    def handle(self, *arguments: Any, action: str, **options: Any) -> None:
        if reports := retention.forget_reports():
            self.stdout.write(f"{reports} reports were taken away")
        if threads := retention.forget_old():
            self.stdout.write(f"{threads} conversations were taken away")
