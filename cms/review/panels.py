"""How the lists of the dashboard stand on the admin's first page."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.review.dashboard import listings
from cms.review.ways import ways_in


class DashboardPanel(Component):
    """Every list of the dashboard, side by side where there is room."""

    name = "dashboard"
    template_name = "review/dashboard.html"
    order = 100

    class Media:
        css = {"all": ["review/dashboard.css"]}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        found = listings(request.user, timezone.now())
        return {
            "ways": ways_in(request.user),
            "listings": found,
            "request": request,
            "csrf_token": parent_context["csrf_token"],
        }
