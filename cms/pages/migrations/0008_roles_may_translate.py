"""Who writes may also make the draft of a translation."""

from typing import Any

from django.db import migrations

from cms.pages.roles import ensure_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    ensure_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("pages", "0007_citation_style"), ("simple_translation", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
