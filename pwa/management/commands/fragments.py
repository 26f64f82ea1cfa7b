"""``manage.py fragments rebuild``: draw again what other templates have drawn."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pwa.fragments import renew


class Command(BaseCommand):
    help = "Draw the fragments again that were drawn by other templates. Phones fetch them as changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild"])
        parser.add_argument("--all", action="store_true", help="also those that are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        def show(done: int) -> None:
            if options["verbosity"] and self.stderr.isatty():
                self.stderr.write(f"\r{done} fragments drawn", ending="")
                self.stderr.flush()

        done = renew(every=options["all"], progress=show)
        if options["verbosity"]:
            self.stdout.write(f"\r{done} fragments drawn by these templates.")
