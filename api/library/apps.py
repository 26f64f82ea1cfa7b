from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LibraryConfig(AppConfig):
    name = "api.library"
    label = "library"
    verbose_name = "Published library"

    def ready(self) -> None:
        from api.library import handlers
        from api.library.search import index

        handlers.connect()
        index.connect()
        post_migrate.connect(count_words, sender=self, dispatch_uid="library.vocabulary")


def count_words(using: str, **kwargs: Any) -> None:
    """Index, with every deploy's ``migrate``, what is not yet in the vocabulary."""
    from django.db import connections

    from api.library.models import EntryWords
    from api.library.vocabulary import count_what_is_not

    if using == "default" and EntryWords._meta.db_table in connections[using].introspection.table_names():
        count_what_is_not()
