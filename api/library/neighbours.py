"""What an entry is made of besides its own source, looked up for the whole entry at once.

A builder first says all it wants, then loads, then asks. Published neighbours are read as they stand in the
library, in one query for all of them, so what is not public is simply not there. Whatever was wanted, found
or not, is an ingredient: when it changes, appears or vanishes, the entry is built again.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, JSONField, Model, Q, Value, When
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page

from api.library.images import Sized, sized
from api.library.models import Entry, Kind
from api.library.sources import type_of
from cms.pictures.models import Picture

# Whose whole JSON others use; of pages the path and the card are enough.
TOLD_WHOLE = [Kind.TOPIC, Kind.PERSON, Kind.REFERENCE]


@dataclass(frozen=True)
class Neighbour:
    """A published thing as others may show it."""

    path: str
    card: str
    data: dict[str, Any] | None
    ends_at: datetime | None


class Neighbours:
    """Collects what an entry wants, and gives what of it is public at a moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.good_until: datetime | None = None
        self._wanted: set[tuple[int, int]] = set()
        self._pictures: set[int] = set()
        self._documents: set[int] = set()
        self._found: dict[tuple[int, int], Neighbour] = {}
        self._sized: dict[int, Sized] = {}
        self._document_urls: dict[int, str] = {}

    def want(self, model: type[Model], keys: Iterable[int | None]) -> None:
        """Say that published things are wanted, by their primary keys."""
        type_id = type_of(model).pk
        self._wanted |= {(type_id, key) for key in keys if key is not None}

    def want_pictures(self, keys: Iterable[int | None]) -> None:
        """Say that pictures are wanted."""
        self._pictures |= {key for key in keys if key is not None}

    def want_documents(self, keys: Iterable[int]) -> None:
        """Say that documents are linked to."""
        self._documents |= set(keys)

    @property
    def ingredients(self) -> set[tuple[int, int]]:
        """Everything that was wanted, as (content type, key)."""
        pictures = {(type_of(Picture).pk, key) for key in self._pictures}
        documents = {(type_of(get_document_model()).pk, key) for key in self._documents}
        return self._wanted | pictures | documents

    def load(self) -> None:
        """Look everything up: one query for what is published, two for pictures, two for documents."""
        if self._wanted:
            self._load_published()
        if self._pictures:
            self._sized = sized(self._pictures)
        if self._documents:
            self._load_documents()

    def _load_published(self) -> None:
        by_type: dict[int, list[int]] = {}
        for type_id, key in self._wanted:
            by_type.setdefault(type_id, []).append(key)
        wanted = Q()
        for type_id, keys in by_type.items():
            wanted |= Q(source_type_id=type_id, source_id__in=keys)
        told = Case(
            When(kind__in=TOLD_WHOLE, then=F("data")), default=Value(None, JSONField()), output_field=JSONField()
        )
        rows = Entry.objects.running_at(self.moment).filter(wanted)
        for type_id, key, path, card, data, ends_at in rows.values_list(
            "source_type_id", "source_id", "path", "card", told, "ends_at"
        ):
            self._found[type_id, key] = Neighbour(path or "", card, data, ends_at)
            if ends_at and (self.good_until is None or ends_at < self.good_until):
                self.good_until = ends_at

    def _load_documents(self) -> None:
        closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
        documents = get_document_model().objects.filter(pk__in=self._documents).select_related("collection")
        self._document_urls = {
            document.pk: document.url for document in documents if not document.collection.path.startswith(closed)
        }

    def get(self, model: type[Model], key: int | None) -> Neighbour | None:
        """Give a published neighbour, or None where it is not public."""
        return self._found.get((type_of(model).pk, key)) if key is not None else None

    def data(self, model: type[Model], key: int | None) -> dict[str, Any] | None:
        """Give the JSON of a topic, person or reference, or None."""
        neighbour = self.get(model, key)
        return neighbour.data if neighbour else None

    def card(self, key: int | None) -> dict[str, Any] | None:
        """Give an article's card, or None."""
        neighbour = self.get(Page, key)
        return json.loads(neighbour.card) if neighbour and neighbour.card else None

    def path(self, model: type[Model], key: int | None) -> str:
        """Give a published neighbour's address, or ""."""
        neighbour = self.get(model, key)
        return neighbour.path if neighbour else ""

    def page_path(self, key: int | None) -> str:
        """Give a page's address, or ""."""
        neighbour = self.get(Page, key)
        return neighbour.path if neighbour else ""

    def document_url(self, key: int) -> str:
        """Give a document's address, or ""."""
        return self._document_urls.get(key, "")

    def image(self, key: int | None, alt: str) -> dict[str, Any] | None:
        """Give a picture in its sizes with its words, or None."""
        found = self._sized.get(key) if key is not None else None
        return found.told(alt) if found else None
