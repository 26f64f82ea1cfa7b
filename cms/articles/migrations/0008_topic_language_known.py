"""Every topic there is was written in the default language."""

import uuid
from typing import Any

from django.conf import settings
from django.db import migrations


def forwards(apps: Any, schema_editor: Any) -> None:
    things = apps.get_model("articles", "Topic").objects.filter(locale=None)
    if not things.exists():
        return
    locale, _made = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    for thing in things.only("pk"):
        apps.get_model("articles", "Topic").objects.filter(pk=thing.pk).update(locale=locale, translation_key=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_topic_language")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
