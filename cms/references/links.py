"""How Wagtail meets a citation in rich text: it counts every work in its index of what is used."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail.rich_text import LinkHandler

from cms.references.citations import LINK_TYPE, parse_items


class CitationLinkHandler(LinkHandler):
    """A citation of one or several references."""

    identifier = LINK_TYPE

    @staticmethod
    def get_model() -> type[Model]:
        from cms.references.models import Reference

        return Reference

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        """Give a link that leads nowhere: by itself a rich text has no list of references to lead to."""
        return "<a>"

    @classmethod
    def extract_references(cls, attrs: dict[str, Any]) -> Iterator[tuple[type[Model], str, str, str]]:
        """Give every cited work, once: the index keeps one row for a work and a place."""
        for key in dict.fromkeys(item.id for item in parse_items(attrs.get("items"))):
            yield cls.get_model(), str(key), "", ""
