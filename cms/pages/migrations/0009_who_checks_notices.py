"""Clinical reviewers and publishers may put down what the notice on a source means for an article."""

from typing import Any

from django.db import migrations

from cms.pages.roles import ensure_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    ensure_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0008_roles_may_translate"),
        ("articles", "0005_change_notes"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
