"""Moderators may answer what readers write to the team, and decide what was reported."""

from typing import Any

from django.db import migrations

from cms.pages.roles import ensure_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    ensure_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0010_who_verifies_specialists"),
        ("correspondence", "0002_specialists_blocks_and_reports"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
