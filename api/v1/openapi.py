"""The OpenAPI document of exactly these addresses, made once a process, and a page to read it on."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView

from api.v1 import representation
from api.v1.reading import ReadView


@cache
def document() -> dict[str, Any]:
    """Give the OpenAPI document."""
    generator = SchemaGenerator(patterns=[path("api/v1/", include("api.v1.urls"))])
    return json.loads(json.dumps(generator.get_schema(public=True)))


@cache
def document_bytes() -> bytes:
    """Give the document as it is served."""
    return json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode()


class SchemaView(ReadView):
    """The document."""

    @extend_schema(exclude=True)
    def get(self, request: HttpRequest) -> HttpResponse:
        self.read_parameters(request)
        return representation.answer_made(request, document_bytes(), max_age=60)


class DocsView(SpectacularSwaggerSplitView):
    """The page: Swagger UI from our own origin, with no script or style inside."""

    authentication_classes = ()
    permission_classes = ()
    url_name = "api-schema"
    template_name = "v1/docs.html"
