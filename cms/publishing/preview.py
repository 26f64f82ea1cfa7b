"""Previews: the page a reader will get, drawn by whoever settings name for it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class PublicPreview:
    """Gives a model the three previews of Respite: as read online, as read offline, as JSON."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("reader", _("Reader")), ("offline", _("Offline")), ("json", _("JSON"))]

    default_preview_mode = "reader"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Answer with the preview that ``settings.RESPITE_PREVIEW`` draws of this unsaved object."""
        respond = import_string(settings.RESPITE_PREVIEW)
        return respond(self, request, mode_name or self.default_preview_mode)
