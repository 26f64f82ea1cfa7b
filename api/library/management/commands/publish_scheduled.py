"""Wagtail's command of this name, done as the one writer, each thing in a transaction of its own."""

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from api.library.sweep import publish_scheduled


class Command(WagtailCommand):
    """Publish what is due and unpublish what has expired."""

    help = "Publishes what is due and unpublishes what has expired."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        done = publish_scheduled()
        if done:
            self.stdout.write(f"{done} published or unpublished on schedule")
