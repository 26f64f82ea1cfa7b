"""Respite's addresses, a view that answers the same bytes to everybody, and Wagtail's own API on the same articles."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework import serializers
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

import config.urls
from cms.articles.models import Article, ArticleAuthor, ArticleReference

CONSTANT = b"x" * 8000


def constant(request: HttpRequest) -> HttpResponse:
    """Answer 8,000 bytes: what Django and our middleware cost before any work is done."""
    return HttpResponse(CONSTANT, content_type="application/json")


class ReferenceSerializer(serializers.ModelSerializer[ArticleReference]):
    """A reference of an article with what Respite's own API says of it, as far as Wagtail can say it."""

    title = serializers.CharField(source="reference.title")
    container = serializers.CharField(source="reference.container_title")
    doi = serializers.CharField(source="reference.doi")
    locators = serializers.SerializerMethodField()

    class Meta:
        model = ArticleReference
        fields = ["title", "container", "doi", "annotation", "locators"]

    def get_locators(self, reference: ArticleReference) -> list[Any]:
        """Give the locators as they are stored."""
        return list(reference.locators.raw_data)


class AuthorSerializer(serializers.ModelSerializer[ArticleAuthor]):
    """An author's chip."""

    name = serializers.CharField(source="person.name")

    class Meta:
        model = ArticleAuthor
        fields = ["name"]


Article.api_fields = [
    *(APIField(name) for name in ("summary", "content_note", "body", "topics", "reviewer", "reviewed_on", "image")),
    APIField("authorships", serializer=AuthorSerializer(many=True)),
    APIField("references", serializer=ReferenceSerializer(many=True)),
]
router = WagtailAPIRouter("wagtail-api")
router.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("constant/", constant), path("wagtail-api/", router.urls), *config.urls.urlpatterns]
handler404 = config.urls.handler404
handler500 = config.urls.handler500
