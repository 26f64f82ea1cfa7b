"""The addresses of what is one person's own."""

from django.urls import path

from pwa import own, own_consultations, own_messages, own_practice

urlpatterns = [
    path("contact/", own_messages.contact, name="own_contact"),
    path("messages/", own_messages.messages_, name="own_messages"),
    path("messages/<uuid:id>/", own_messages.thread, name="own_thread"),
    path("messages/<uuid:id>/delete/", own_messages.delete, name="own_thread_delete"),
    path("consultations/", own_consultations.consultations, name="own_consultations"),
    path("consultations/calendar/", own_consultations.feed_address, name="own_calendar_address"),
    path("consultations/request/<slug:slug>/", own_consultations.ask, name="own_ask"),
    path("consultations/<uuid:id>/", own_consultations.consultation, name="own_consultation"),
    path("calendar/<str:secret>.ics", own_consultations.calendar, name="own_calendar"),
    path("specialist/times/", own_practice.times, name="own_times"),
    path("specialist/requests/", own_practice.requests, name="own_requests"),
    path("<path:path>", own.nothing),
]
