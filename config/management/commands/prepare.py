"""`manage.py prepare`: what a new data folder needs, in one start of Django."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    """Brings the database up to date and puts the demo content into a new one, and into no other.

    Whoever has taken the demo content away does not get it back. A first run that is interrupted is still a first
    run the next time: a file in the data folder says so until the content is there.
    """

    help = "Migrate, and load the demo content if the database is new."

    def handle(self, *arguments: Any, **options: Any) -> None:
        unfinished = settings.DATA_DIR / "demo-wanted"
        if not connection.introspection.table_names():
            unfinished.touch()
        call_command("migrate", verbosity=0)
        if unfinished.exists():
            call_command("demo", "load", stdout=self.stdout)
            unfinished.unlink()
