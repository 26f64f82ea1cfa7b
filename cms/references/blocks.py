"""Where in a work the thing stands: pages, a chapter, a section, with a note."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.references.locators import CHOICES


class LocatorBlock(blocks.StructBlock):
    """A place in a work and what is to be found there: “pp. 226–230, model overview”."""

    label = blocks.ChoiceBlock(choices=CHOICES, default="page", label=_("Kind of place"))
    value = blocks.CharBlock(max_length=60, label=_("Place"), help_text=_("Such as 226–230"))
    note = blocks.CharBlock(required=False, max_length=200, label=_("What is there"))

    class Meta:
        icon = "crosshairs"
        label = _("Locator")


class LocatorStreamBlock(blocks.StreamBlock):
    """Any number of locators, in order."""

    locator = LocatorBlock()

    class Meta:
        required = False
