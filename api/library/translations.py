"""The versions of a thing in other languages: which there are, and where they stand."""

from typing import Any

from django.conf import settings
from wagtail.models import Page, TranslatableMixin

from api.library.neighbours import Neighbours
from api.library.sources import type_of


class Translations:
    """The same thing in other languages, published or not. One query."""

    def __init__(self, source: Any) -> None:
        self.model = Page if isinstance(source, Page) else type(source)
        others = self.model._default_manager.filter(translation_key=source.translation_key).exclude(pk=source.pk)
        self.languages: dict[int, str] = dict(others.order_by("pk").values_list("pk", "locale__language_code"))

    @property
    def keys(self) -> frozenset[tuple[int, int]]:
        """Give them as (content type, key)."""
        type_id = type_of(self.model).pk
        return frozenset((type_id, key) for key in self.languages)

    def want(self, neighbours: Neighbours) -> None:
        """Say that they are wanted."""
        neighbours.want(self.model, self.languages)

    def told(self, neighbours: Neighbours) -> list[dict[str, str]]:
        """Give the language and address of those that are public, by language."""
        found = [(language, neighbours.path(self.model, key)) for key, language in self.languages.items()]
        return [{"language": language, "path": path} for language, path in sorted(found) if path]


def language_of(source: Any) -> str:
    """Give the language a source is written in; what has none is in the default one."""
    if isinstance(source, TranslatableMixin):
        return source.locale.language_code
    return str(getattr(source, "language", settings.LANGUAGE_CODE))
