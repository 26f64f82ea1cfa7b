"""The groups and the workflow between them, as 0004_four_roles makes them: nothing is left to do here."""

from django.db import migrations


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

    operations = []
