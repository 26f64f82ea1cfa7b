"""References as files for other programs: of one work, of an article, of all."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import BaseRenderer

from api.library import queries, quick
from api.library.models import Entry, Kind
from api.v1 import reading, representation
from api.v1.documentation import NOT_HERE, documented
from api.v1.problems import Gone, not_found
from api.v1.views import DETAIL_LANGUAGE
from cms.references.formats import FORMATS, Format

BY_EXTENSION = {one.extension: one for one in FORMATS.values()}
EXTENSION = OpenApiParameter(
    "extension",
    type={"type": "string", "enum": list(BY_EXTENSION)},
    location=OpenApiParameter.PATH,
    description="BibTeX, RIS or CSL-JSON.",
)
FILES: dict[Any, Any] = {
    (200, one.content_type): OpenApiTypes.STR
    if one.name != "csl-json"
    else {"type": "array", "items": {"type": "object", "description": "A CSL-JSON item."}}
    for one in FORMATS.values()
}


class ExtensionConverter:
    """The end of a file's name, in an address."""

    regex = "|".join(extension.replace(".", r"\.") for extension in BY_EXTENSION)

    def to_python(self, value: str) -> Format:
        return BY_EXTENSION[value]

    def to_url(self, value: Format | str) -> str:
        return value if isinstance(value, str) else value.extension


class AnyForm(reading.JsonOnly):
    """The address says which form is wanted: no Accept header is asked."""

    def select_renderer(
        self, request: Any, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return next(iter(renderers)), "application/json"


class ExportView(reading.ReadView):
    """A file of references, made of what is stored."""

    content_negotiation_class = AnyForm

    def answer_file(self, request: HttpRequest, form: Format, name: str, text: str, max_age: int) -> HttpResponse:
        """Answer with a file."""
        content_type = f"{form.content_type}; charset=utf-8"
        response = representation.answer_made(request, text.encode(), max_age, content_type)
        if response.status_code == 200:
            response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form.extension}"'
        return response

    def read_one(self, kind: str, **address: Any) -> tuple[dict[str, Any], int] | None:
        """Give the data of one entry, and for how many seconds they hold; None where there is none. One query.

        Raises :class:`Gone`.
        """
        now = timezone.now()
        row = quick.one(kind, "body", **address)
        if row is None or not row.has_begun(now):
            return None
        if row.is_over(now):
            raise Gone(row.reason, row.replacement_path)
        if row.is_current(now):
            return json.loads(bytes(row.stored)), queries.seconds_until((row.ends_at, row.good_until), now)
        entry = queries.current(Entry.objects.get(pk=row.id), now)
        return entry.data or {}, queries.seconds_until((entry.ends_at, entry.good_until), now)


class ArticleReferencesView(ExportView):
    """The references of one article, in its order."""

    parameters = (DETAIL_LANGUAGE,)

    @documented(
        "export_article_references",
        "The references of an article as a file, in the order of its list, with the article's own annotations.",
        FILES,
        parameters,
        NOT_HERE,
        more=[EXTENSION],
    )
    def get(self, request: HttpRequest, slug: str, extension: Format) -> HttpResponse:
        language = self.read_parameters(request)["language"]
        found = None if "\x00" in slug else self.read_one(Kind.ARTICLE, slug=slug, language=language)
        if found is None:
            return not_found()
        data, max_age = found
        text = extension.write(item_of(reference) for reference in data["references"])
        return self.answer_file(request, extension, f"{data['slug']}-references", text, max_age)


class ReferenceExportView(ExportView):
    """One work."""

    @documented("export_reference", "One reference as a file.", FILES, problems=NOT_HERE, more=[EXTENSION])
    def get(self, request: HttpRequest, id: UUID, extension: Format) -> HttpResponse:
        self.read_parameters(request)
        found = self.read_one(Kind.REFERENCE, id=id)
        if found is None:
            return not_found()
        data, max_age = found
        return self.answer_file(request, extension, "reference", extension.write([item_of(data)]), max_age)


class ReferencesExportView(ExportView):
    """Every work there is."""

    @documented(
        "export_references",
        "Every public reference as one file.",
        FILES,
        problems={404: NOT_HERE[404]},
        more=[EXTENSION],
    )
    def get(self, request: HttpRequest, extension: Format) -> HttpResponse:
        self.read_parameters(request)
        now = timezone.now()
        running = Entry.objects.running_at(now).filter(kind=Kind.REFERENCE).order_by("title", "pk")
        text = all_written(extension, running)
        return self.answer_file(request, extension, "references", text, queries.max_age(now, [Kind.REFERENCE]))


_kept: dict[str, tuple[str, str]] = {}


def all_written(form: Format, running: QuerySet[Entry]) -> str:
    """Give the file of all references. The last of each format is kept, with the tags of what it was made of."""
    etags = "".join(running.values_list("etag", flat=True))
    digest = blake2b(etags.encode(), digest_size=16).hexdigest()
    kept = _kept.get(form.name)
    if kept is not None and kept[0] == digest:
        return kept[1]
    text = form.write(item_of(json.loads(bytes(body))) for body in running.values_list("body", flat=True))
    _kept[form.name] = digest, text
    return text


def item_of(reference: dict[str, Any]) -> dict[str, Any]:
    """Give the CSL-JSON of a stored reference, with our note where there is one."""
    return {**reference["csl"], "annote": reference["annotation"]}
