"""A banner has a language, and one version in each."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("banners", "0004_banner_language_known")]

    operations = [
        migrations.AlterField(
            model_name="banner",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AlterField(
            model_name="banner", name="translation_key", field=models.UUIDField(default=uuid.uuid4, editable=False)
        ),
        migrations.AlterUniqueTogether(name="banner", unique_together={("translation_key", "locale")}),
    ]
