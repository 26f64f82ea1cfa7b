"""The record of who stood first, beside the campaign it belongs to."""

from typing import Any

from wagtail.admin.panels import Panel

from cms.specialists.models import Specialist

SHOWN = 60


class StandingsPanel(Panel):
    """Who stood first on which day, the newest first."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "specialists/admin/standings.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            standings = list(self.instance.standings.all()[:SHOWN]) if self.instance.pk else []
            known = Specialist.objects.filter(public_id__in={key for one in standings for key in one.first})
            names = {str(key): name for key, name in known.values_list("public_id", "name")}
            context["standings"] = [(one, [names.get(key, "–") for key in one.first]) for one in standings]
            return context
