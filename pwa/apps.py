from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PwaConfig(AppConfig):
    name = "pwa"
    verbose_name = "Reader's app"

    def ready(self) -> None:
        from api.library.models import Entry
        from api.library.signals import entry_changed
        from pwa.fragments import keep

        entry_changed.connect(keep, sender=Entry, dispatch_uid="pwa.fragments")
        post_migrate.connect(renew_fragments, sender=self, dispatch_uid="pwa.fragments")


def renew_fragments(using: str, **kwargs: Any) -> None:
    """Draw again, with every deploy's ``migrate``, what other templates had drawn.

    Entries of an earlier release's shape are described anew before that: these templates cannot read them.
    """
    from django.db import connections

    from api.library.rebuild import renew_shape
    from pwa.fragments import renew
    from pwa.models import Fragment

    if using == "default" and Fragment._meta.db_table in connections[using].introspection.table_names():
        renew_shape()
        renew()
