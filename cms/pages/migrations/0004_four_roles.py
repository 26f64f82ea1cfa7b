"""Writers, clinical reviewers, publishers and moderators, in place of editors and moderators; review before publication."""

from typing import Any

from django.db import migrations

from cms.pages.roles import ensure_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    ensure_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0003_roles"),
        ("review", "0001_clinical_review"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
