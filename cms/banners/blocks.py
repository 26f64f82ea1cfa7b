"""The three kinds of panels of a consultation banner. Their headings are fixed, by kind and audience."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# The interface's own words, exactly.
PANEL_HEADINGS = {
    "client": {
        "benefits": _("What are the benefits of a free consultation?"),
        "suitable": _("Who is a free consultation suitable for?"),
        "important": _("Important:"),
    },
    "specialist": {
        "benefits": _("Potential benefits of a free initial consultation"),
        "suitable": _("Another key advantage for Specialist"),
        "important": _("It's important to note that the initial consultation differs from a typical session"),
    },
}


class PanelBlock(blocks.StructBlock):
    """A panel: optional words, then points."""

    introduction = blocks.TextBlock(required=False, label=_("Introduction"))
    items = blocks.ListBlock(blocks.TextBlock(label=_("Point")), label=_("Points"))


class PanelStreamBlock(blocks.StreamBlock):
    """At most one panel of each kind, in the order they are to stand."""

    benefits = PanelBlock(icon="pick", label=_("Benefits"))
    suitable = PanelBlock(icon="user", label=_("Suitable for / key advantage"))
    important = PanelBlock(icon="warning", label=_("Important"))

    class Meta:
        required = False
        block_counts = {kind: {"max_num": 1} for kind in ("benefits", "suitable", "important")}
