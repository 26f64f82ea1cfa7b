"""Rich text’s feature ``citation``: how a stored citation becomes a token in the editor, and a token a citation."""

from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.html import json_script
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.references.citations import LINK_TYPE

FEATURE = "citation"
ENTITY = "CITATION"


class CitationElementHandler(InlineEntityElementHandler):
    """Reads a stored citation as one token that can only be changed as a whole."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str | None]) -> dict[str, str]:
        # As it is stored, letter by letter: what we cannot read, an editor's saving must not lose.
        return {"items": attrs.get("items") or "[]"}


def citation_element(props: dict[str, Any]) -> Any:
    """Write a token as it is stored."""
    return DOM.create_element("a", {"linktype": LINK_TYPE, "items": str(props.get("items") or "[]")}, props["children"])


def add_citation_feature(features: FeatureRegistry) -> None:
    """Offer citations to every rich text that names the feature."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": _("Citation"),
                # What a paste may bring: nothing but the items, and only as a list of them.
                "attributes": ["items"],
                "allowlist": {"items": r"^\["},
                "chooserUrls": {"dialog": reverse_lazy("citation_dialog")},
            },
            js=["references/citing/server.js", "references/citing/dialog.js", "references/citing/token.js"],
            css={"all": ["references/citing/citing.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {f'a[linktype="{LINK_TYPE}"]': CitationElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: citation_element}},
        },
    )


def citing_config() -> str:
    """Give what the token's and the dialog's scripts have to know, as data in the page that no policy minds."""
    words = {
        "edit": gettext("Edit"),
        "remove": gettext("Remove"),
        "unknown": gettext("The server did not say which works these are. The citation is kept as it is."),
        "chosen": gettext("Chosen: %(title)s"),
        "dropped": gettext("Removed: %(title)s"),
        "moved": gettext("Place %(place)s: %(title)s"),
        "full": gettext("A citation may have up to %(most)s references. Make two of it."),
        "lost": gettext("The server did not answer. Everything you filled in is still here; try again."),
        "saved": gettext("Saved and chosen: %(title)s"),
        "loading": gettext("Loading…"),
    }
    return json_script({"describe": reverse("citation_describe"), "words": words}, "citing-config")
