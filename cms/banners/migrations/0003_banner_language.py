"""Room for the language of a banner."""

from django.db import migrations
from wagtail.models import BootstrapLocaleField, BootstrapTranslationKeyField


class Migration(migrations.Migration):
    dependencies = [("banners", "0002_counts_and_where_calls_led"), ("wagtailcore", "0098_apitoken")]

    operations = [BootstrapLocaleField("Banner"), BootstrapTranslationKeyField("Banner")]
