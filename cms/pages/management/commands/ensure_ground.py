"""Gives a new database its home page and its list of articles."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.pages.services import ensure_ground


class Command(BaseCommand):
    """Make the home page, the list of articles and the site, where they are missing."""

    help = "Makes the home page, the list of articles and the site, where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        home, articles = ensure_ground()
        self.stdout.write(f"Home: {home.title}. Articles stand below {articles.url_path}")
