"""What a reader's phone gets of an entry: its page without the frame, and its card."""

from django.db import models


class Fragment(models.Model):
    """An entry drawn once, by one version of the templates.

    ``html`` is the whole ``<main>`` of its page (for a banner, the banner itself) with named slots
    and no banner, navigation or hashed asset inside; ``card`` how it stands in lists; ``head`` what the
    page's head says of it. ``others`` has the three again by language, for what the site has once for all languages.
    """

    entry = models.OneToOneField("library.Entry", on_delete=models.CASCADE, primary_key=True, related_name="fragment")
    template_version = models.CharField(max_length=16)
    html = models.TextField(blank=True)
    card = models.TextField(blank=True)
    head = models.TextField(blank=True)
    others = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"fragment of {self.entry_id}"
