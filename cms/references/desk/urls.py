"""The addresses of citing, below ``/admin/citing/``."""

from django.urls import path

from cms.references.desk import views

urlpatterns = [
    path("citing/", views.dialog, name="citation_dialog"),
    path("citing/search/", views.search, name="citation_search"),
    path("citing/describe/", views.describe, name="citation_describe"),
    path("citing/compose/", views.compose, name="citation_compose"),
    path("citing/new/", views.make, name="citation_new_reference"),
]
