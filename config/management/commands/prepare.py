"""`manage.py prepare`: what a new data folder needs, in one start of Django."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.articles.models import Article


class Command(BaseCommand):
    """Brings the database up to date and puts the demo content into one that has no article yet."""

    help = "Migrate, and load the demo content if there is no article yet."

    def handle(self, *arguments: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if not Article.objects.exists():
            call_command("demo", "load", stdout=self.stdout)
