"""The groups Editors and Moderators, and the workflow between them."""

from typing import Any

from django.db import migrations

from cms.pages.roles import ensure_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    ensure_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_alter_sitesettings_country"),
        ("articles", "0003_initial"),
        ("banners", "0001_initial"),
        ("helplines", "0001_initial"),
        ("people", "0002_person"),
        ("references", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
