"""How the places of a banner are chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.banners.places import AFTER_SECTION, Placement

# A banner after a section is chosen by the section's number alone.
CHOICES: list[tuple[Any, Any]] = [
    *((place.value, place.label) for place in Placement if not place.value.startswith(AFTER_SECTION)),
    (
        _("After a section of an article"),
        [(place.value, place.label) for place in Placement if place.value.startswith(AFTER_SECTION)],
    ),
]


class PlacesWidget(forms.CheckboxSelectMultiple):
    """A box for each place, and a row of numbers for the sections of an article."""

    template_name = "banners/admin/places.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for _group, options, _index in context["widget"]["optgroups"]:
            for option in options:
                option["number"] = str(option["value"]).removeprefix(AFTER_SECTION)
        return context

    class Media:
        css = {"all": ["banners/admin.css"]}
