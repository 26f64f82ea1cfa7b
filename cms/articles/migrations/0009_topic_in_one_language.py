"""A topic has a language, and one version in each."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_topic_language_known")]

    operations = [
        migrations.AlterField(
            model_name="topic", name="slug", field=models.SlugField(max_length=100, verbose_name="slug")
        ),
        migrations.AlterField(
            model_name="topic",
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
            model_name="topic", name="translation_key", field=models.UUIDField(default=uuid.uuid4, editable=False)
        ),
        migrations.AlterUniqueTogether(name="topic", unique_together={("translation_key", "locale"), ("slug", "locale")}),
    ]
