"""Pictures, whose renditions have names that never change their content."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """An uploaded picture. Its alternative text belongs to the place where it is used."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose picture")]


class Rendition(AbstractRendition):
    """One size of a picture. The picture's own hash is in its path, so it may be kept for ever."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        """Put renditions at ``images/<hash of the original>/<name>``."""
        name = self.file.field.storage.get_valid_name(filename)
        return f"images/{self.image.file_hash[:16] or 'new'}/{name[:120]}"
