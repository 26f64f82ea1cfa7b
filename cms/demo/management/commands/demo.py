"""``manage.py demo``: content for a first look."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from cms.demo.accounts import list_logins
from cms.demo.clearing import clear
from cms.demo.models import DemoObject
from cms.demo.progress import Progress
from cms.demo.services import load, load_more


class Command(BaseCommand):
    """Loads the demonstration, lets it grow, takes it away, or prints its log-ins."""

    help = "Load the demonstration's content, take it away again, or print its log-ins."
    requires_system_checks: list[str] = []  # a second start stays quick: migrate has just made them

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        loading = actions.add_parser("load", help="Make what is missing of the demonstration; leave the rest alone.")
        loading.add_argument("--articles", type=amount, default=0, help="also grow a library of so many articles")
        loading.add_argument("--words", type=amount, default=1200, help="words in each grown article (1200)")
        actions.add_parser("clear", help="Take away exactly what was loaded.")
        actions.add_parser("logins", help="Print the demonstration's log-ins of this machine.")

    def handle(self, *, action: str, **options: Any) -> None:
        match action:
            case "load":
                self.load(options["articles"], options["words"])
            case "clear":
                self.clear()
            case "logins":
                self.logins()

    def load(self, articles: int, words: int) -> None:
        before = DemoObject.objects.count()
        load()
        if articles:
            with Progress(sys.stderr, "Articles", articles) as bar:
                load_more(articles, words, bar.advance)
        made = DemoObject.objects.count() - before
        self.stdout.write(f"Demo content: {made} things made." if made else "Demo content is there already.")

    def clear(self) -> None:
        total = DemoObject.objects.count()
        with Progress(sys.stderr, "Clearing", total) as bar:
            kept = clear(bar.advance)
        self.stdout.write(f"Demo content: {total - len(kept)} things taken away.")
        for key in kept:
            self.stdout.write(f"{key} stays: other content uses it.")

    def logins(self) -> None:
        known = list_logins()
        for role, email, password in known:
            self.stdout.write(f"{role:<20}{email:<28}{password}")
        if not known:
            self.stdout.write("There are no demo log-ins here. `manage.py demo load` makes them.")


def amount(value: str) -> int:
    """Read a number of things, which is never negative."""
    number = int(value)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number
