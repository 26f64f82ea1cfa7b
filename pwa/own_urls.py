"""The addresses of what is one person's own."""

from django.urls import path

from pwa import own, own_messages, own_notifications

urlpatterns = [
    path("contact/", own_messages.contact, name="own_contact"),
    path("messages/", own_messages.messages_, name="own_messages"),
    path("messages/<uuid:id>/", own_messages.thread, name="own_thread"),
    path("messages/<uuid:id>/delete/", own_messages.delete, name="own_thread_delete"),
    path("notifications/", own_notifications.preferences, name="own_notifications"),
    path("notifications/devices/", own_notifications.end_device, name="own_device_end"),
    path("<path:path>", own.nothing),
]
