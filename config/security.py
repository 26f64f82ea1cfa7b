"""Which content policy an answer carries: the reader's, or the admin's own."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """Give the admin its wider policy and everything else the strict one."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        # A view that chose a policy of its own, such as a preview's, keeps it.
        if not report_only and parts.config is None and request.path_info.startswith("/admin/"):
            parts.config = dict(settings.ADMIN_POLICY)
        return parts
