"""The addresses of what is one person's own."""

from django.urls import path

from pwa import own, own_messages

urlpatterns = [
    path("contact/", own_messages.contact, name="own_contact"),
    path("messages/", own_messages.messages_, name="own_messages"),
    path("messages/to/<slug:slug>/", own_messages.write, name="own_write"),
    path("messages/<uuid:id>/", own_messages.thread, name="own_thread"),
    path("messages/<uuid:id>/delete/", own_messages.delete, name="own_thread_delete"),
    path("messages/<uuid:id>/block/", own_messages.block, name="own_thread_block"),
    path("messages/<uuid:id>/unblock/", own_messages.unblock, name="own_thread_unblock"),
    path("messages/<uuid:id>/report/<uuid:message>/", own_messages.report, name="own_report"),
    path("<path:path>", own.nothing),
]
