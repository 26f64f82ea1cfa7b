"""The addresses of the team's desk, below the admin's own."""

from django.urls import path

from cms.correspondence import desk

app_name = "correspondence"
urlpatterns = [
    path("letters/", desk.letters, name="letters"),
    path("letters/<uuid:id>/", desk.letter, name="letter"),
    path("letters/<uuid:id>/done/", desk.letter_done, name="letter_done"),
    path("reports/", desk.reports, name="reports"),
    path("reports/<uuid:id>/", desk.report, name="report"),
    path("reports/<uuid:id>/reopen/", desk.reopen, name="reopen"),
]
