"""Moderators read questions and answers, and decide about them."""

from typing import Any

from django.db import migrations

from cms.pages.roles import ensure_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    ensure_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0001_questions"),
        ("pages", "0009_who_checks_notices"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
