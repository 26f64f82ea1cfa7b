"""Which things came with the demonstration, so that exactly these can be taken away again."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class DemoObject(models.Model):
    """A mark on something the demonstration made.

    It stands beside the thing, not in it, so that an editor may change every field of the thing and
    ``demo clear`` still finds it. ``key`` names it in the content files: ``article:grief``.
    """

    key = models.CharField(max_length=200, unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = "demo object"
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_demo_mark_each")]

    def __str__(self) -> str:
        return self.key
