"""Who may write promoted results and redirects."""

from typing import Any

from django.db import migrations

from cms.pages.roles import ensure_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    ensure_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("promotions", "0001_promoted_result"),
        ("pages", "0004_four_roles"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
