"""Every banner there is was written in the default language."""

import uuid
from typing import Any

from django.conf import settings
from django.db import migrations


def forwards(apps: Any, schema_editor: Any) -> None:
    things = apps.get_model("banners", "Banner").objects.filter(locale=None)
    if not things.exists():
        return
    locale, _made = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    for thing in things.only("pk"):
        apps.get_model("banners", "Banner").objects.filter(pk=thing.pk).update(locale=locale, translation_key=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("banners", "0003_banner_language")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
