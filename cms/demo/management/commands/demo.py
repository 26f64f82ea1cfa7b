"""``manage.py demo``: content for a first look."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from cms.demo.accounts import list_logins
from cms.demo.models import DemoObject
from cms.demo.services import load


class Command(BaseCommand):
    """Loads the demonstration, takes it away, or prints its log-ins."""

    help = "Load the demonstration's content, take it away again, or print its log-ins."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("load", help="Make what is missing of the demonstration; leave everything else alone.")
        actions.add_parser("clear", help="Take away exactly what was loaded.")
        actions.add_parser("logins", help="Print the demonstration's log-ins of this machine.")

    def handle(self, *, action: str, **options: Any) -> None:
        match action:
            case "load":
                self.load(**options)
            case "logins":
                self.logins()

    def load(self, **options: Any) -> None:
        before = DemoObject.objects.count()
        load()
        made = DemoObject.objects.count() - before
        self.stdout.write(f"Demo content: {made} things made." if made else "Demo content is there already.")

    def logins(self) -> None:
        for role, email, password in list_logins():
            self.stdout.write(f"{role:<15}{email:<28}{password}")
