"""Where imports stand in the admin."""

import json
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.imports.urls import doi_patterns
from cms.imports.views import may_import


class ImportMenuItem(MenuItem):
    """Shown to whoever may add references."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    """Give the addresses of imports."""
    return [
        path("references-import/", include("cms.imports.urls")),
        path("references-doi/", include(doi_patterns)),
    ]


@hooks.register("insert_editor_js")
def doi_script() -> SafeString:
    """Put “Fill from DOI” beside the DOI fields of reference forms, also of those that the dialog for citing brings."""
    words = {
        "ask": _("Fill from DOI"),
        "cancel": _("Cancel"),
        "asking": _("Asking Crossref…"),
        "cancelled": _("Cancelled. Nothing was filled in."),
        "late": _("There is no answer yet. Fill the form in, or try again later."),
        "lost": _("There was no answer: the connection may be lost. Fill the form in, or try again."),
        "empty": _("Write or paste a DOI first."),
        "filled": _("Filled in from Crossref, to be checked:"),
        "kept": _("Left as you wrote it:"),
        "nothing": _("Crossref says nothing that is not here already."),
        "here": _("This work is already here:"),
        "replace": _("Replace what I wrote"),
        "authors": _("Authors and editors"),
    }
    return format_html(
        '<script src="{}" data-address="{}" data-words="{}" defer></script>',
        static("respite-admin/doi.js"),
        reverse("references_doi:ask"),
        json.dumps({name: str(text) for name, text in words.items()}),
    )


@hooks.register("insert_global_admin_css")
def doi_styles() -> SafeString:
    """Give the look of “Fill from DOI”."""
    return format_html('<link rel="stylesheet" href="{}">', static("respite-admin/doi.css"))


@hooks.register("register_admin_menu_item")
def menu_item() -> Any:
    """Give the way to imports, below the references."""
    return ImportMenuItem(
        _("Import references"),
        reverse("references_import:index"),
        name="import-references",
        icon_name="upload",
        order=211,
    )
