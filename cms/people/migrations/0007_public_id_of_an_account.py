import uuid

from django.db import migrations, models


def name_accounts(apps, schema_editor):
    users = apps.get_model("people", "User").objects
    for key in users.filter(public_id=None).values_list("pk", flat=True):
        users.filter(pk=key).update(public_id=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_accounts_export_and_closing'),
    ]

    operations = [
        migrations.AddField('user', 'public_id', models.UUIDField(null=True, editable=False)),
        migrations.RunPython(name_accounts, migrations.RunPython.noop),
        migrations.AlterField('user', 'public_id', models.UUIDField(default=uuid.uuid4, unique=True, editable=False)),
    ]
