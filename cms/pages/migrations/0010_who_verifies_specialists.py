"""Moderators may verify specialists; writers and publishers may set up campaigns."""

from typing import Any

from django.db import migrations

from cms.pages.roles import ensure_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    ensure_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0009_who_checks_notices"),
        ("specialists", "0003_evidence"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
