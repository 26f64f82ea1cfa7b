"""Addresses of imports, below the admin's own."""

from django.urls import path

from cms.imports import lookups, views

doi_patterns = (
    [
        path("", lookups.ask, name="ask"),
        path("<uuid:key>/", lookups.answer, name="answer"),
    ],
    "references_doi",
)

app_name = "references_import"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/step/", views.step, name="step"),
    path("<int:key>/status/", views.status, name="status"),
    path("<int:key>/publish/", views.publish, name="publish"),
    path("<int:key>/not-imported/", views.remainder, name="remainder"),
    path("<int:key>/discard/", views.discard, name="discard"),
]
