"""Where banners may stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Placement(models.TextChoices):
    """Where a banner may stand."""

    HOME = "home", _("Home")
    ARTICLE_END = "article_end", _("End of an article")
    SPECIALIST_LIST = "specialist_list", _("List of specialists")
    SPECIALIST_AREA = "specialist_area", _("Specialist area")
    AFTER_SECTION_1 = "after_section_1", _("After section 1 of an article")
    AFTER_SECTION_2 = "after_section_2", _("After section 2 of an article")
    AFTER_SECTION_3 = "after_section_3", _("After section 3 of an article")
    AFTER_SECTION_4 = "after_section_4", _("After section 4 of an article")
    AFTER_SECTION_5 = "after_section_5", _("After section 5 of an article")
    AFTER_SECTION_6 = "after_section_6", _("After section 6 of an article")
    AFTER_SECTION_7 = "after_section_7", _("After section 7 of an article")
    AFTER_SECTION_8 = "after_section_8", _("After section 8 of an article")
    AFTER_SECTION_9 = "after_section_9", _("After section 9 of an article")


SECTIONS = 9  # so many sections of an article may have a banner after them
AFTER_SECTION = "after_section_"
