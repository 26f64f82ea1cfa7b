"""Corrections become change notes of several kinds, in stored versions too; a version carries the next note."""

import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


def rename_in_versions(apps, schema_editor):
    """Give the corrections of stored versions the name and the kind that they have now."""
    _rename(apps, "corrections", "changes", lambda row: {**row, "kind": "correction"})


def rename_back(apps, schema_editor):
    """Keep the corrections alone under their old name."""
    _rename(apps, "changes", "corrections", lambda row: {key: row[key] for key in row if key != "kind"})


def _rename(apps, before, after, as_now):
    article = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="articles", model="article")
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(content_type__in=article)
    for revision in revisions.only("pk", "content").iterator(chunk_size=100):
        if before in revision.content:
            rows = revision.content.pop(before)
            kept = [row for row in rows if row.get("kind", "correction") == "correction"]
            revision.content[after] = [as_now(row) for row in kept]
            revision.save(update_fields=["content"])


KINDS = [("correction", "Correction"), ("update", "Update"), ("review", "Review")]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_more_kinds_of_places"),
        ("references", "0005_evidence"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel(old_name="ArticleCorrection", new_name="ArticleChange"),
        migrations.AlterModelOptions(
            name="articlechange",
            options={
                "verbose_name": "change note",
                "verbose_name_plural": "change notes",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AlterField(
            model_name="articlechange",
            name="article",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="articles.article"
            ),
        ),
        migrations.AlterField(
            model_name="articlechange", name="note", field=models.TextField(verbose_name="what changed")
        ),
        migrations.AddField(
            model_name="articlechange",
            name="kind",
            field=models.CharField(choices=KINDS, default="correction", max_length=12, verbose_name="kind"),
        ),
        migrations.AddField(
            model_name="article",
            name="change_kind",
            field=models.CharField(blank=True, choices=KINDS, default="update", max_length=12, verbose_name="kind"),
        ),
        migrations.AddField(
            model_name="article",
            name="change_note",
            field=models.TextField(
                blank=True,
                help_text=(
                    "One or two sentences for readers, or nothing. They appear with the day on which you publish."
                ),
                verbose_name="what changed since the last version",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="answers_notices",
            field=models.BooleanField(
                default=False, verbose_name="this version takes the notices on its sources into account"
            ),
        ),
        migrations.CreateModel(
            name="NoticeCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("none", "No notice"), ("corrected", "Corrected"), ("retracted", "Retracted")],
                        max_length=20,
                        verbose_name="notice",
                    ),
                ),
                ("notice_date", models.DateField(blank=True, null=True, verbose_name="date of the notice")),
                ("note", models.TextField(verbose_name="what was found")),
                ("checked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="checked")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_checks",
                        to="articles.article",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_checks",
                        to="references.reference",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a notice",
                "verbose_name_plural": "checks of notices",
                "ordering": ["-checked_at", "-pk"],
            },
        ),
        migrations.RunPython(rename_in_versions, rename_back),
    ]
