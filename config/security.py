"""Which content policy an answer carries: the reader's, or the admin's own."""

import re

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# The search's worker is loaded from there, and has a policy of its own.
WORKERS = re.compile(r"/pwa/search\.[^/]*js$")


def is_part(path: str) -> bool:
    """Say whether an address is that of a script, a style or an icon, and neither a document nor a worker."""
    return path.startswith(settings.STATIC_URL) and WORKERS.search(path) is None


class PolicyMiddleware(CSPMiddleware):
    """Give the admin its wider policy and everything else the strict one."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave it to documents and workers: what is only a part of one is held by theirs, and is lighter without."""
        if is_part(request.path_info):
            return response
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        # A view that chose a policy of its own, such as a preview's, keeps it.
        if not report_only and parts.config is None and request.path_info.startswith("/admin/"):
            parts.config = dict(settings.ADMIN_POLICY)
        return parts
