"""Room for the language of a topic."""

from django.db import migrations
from wagtail.models import BootstrapLocaleField, BootstrapTranslationKeyField


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_citations_in_text"), ("wagtailcore", "0098_apitoken")]

    operations = [BootstrapLocaleField("Topic"), BootstrapTranslationKeyField("Topic")]
