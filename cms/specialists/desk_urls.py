"""Where the moderators' desk stands in the admin."""

from django.urls import path

from cms.specialists import desk

app_name = "specialists_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("<int:key>/", desk.show, name="show"),
    path("<int:key>/preview/", desk.preview, name="preview"),
    path("<int:key>/photo/", desk.photo, name="photo"),
    path("<int:key>/evidence/<uuid:id>/", desk.evidence, name="evidence"),
    path("<int:key>/<slug:decision>/", desk.decide, name="decide"),
]
