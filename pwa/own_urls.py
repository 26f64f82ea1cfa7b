"""The addresses of what is one person's own."""

from django.urls import path

from pwa import own, own_messages, own_specialist

urlpatterns = [
    path("contact/", own_messages.contact, name="own_contact"),
    path("messages/", own_messages.messages_, name="own_messages"),
    path("messages/to/<slug:slug>/", own_messages.write, name="own_write"),
    path("messages/<uuid:id>/", own_messages.thread, name="own_thread"),
    path("messages/<uuid:id>/delete/", own_messages.delete, name="own_thread_delete"),
    path("specialist/", own_specialist.overview, name="own_specialist"),
    path("specialist/start/", own_specialist.start, name="own_specialist_start"),
    path("specialist/edit/", own_specialist.edit, name="own_specialist_edit"),
    path("specialist/submit/", own_specialist.submit, name="own_specialist_submit"),
    path("specialist/take-back/", own_specialist.take_back, name="own_specialist_take_back"),
    path("specialist/delete/", own_specialist.delete, name="own_specialist_delete"),
    path("specialist/preview/", own_specialist.preview, name="own_specialist_preview"),
    path("specialist/photo/", own_specialist.photo, name="own_specialist_photo"),
    path("specialist/evidence/", own_specialist.evidence, name="own_specialist_evidence"),
    path("specialist/evidence/<uuid:id>/", own_specialist.evidence_file, name="own_specialist_evidence_file"),
    path(
        "specialist/evidence/<uuid:id>/delete/", own_specialist.evidence_delete, name="own_specialist_evidence_delete"
    ),
    path("messages/<uuid:id>/block/", own_messages.block, name="own_thread_block"),
    path("messages/<uuid:id>/unblock/", own_messages.unblock, name="own_thread_unblock"),
    path("messages/<uuid:id>/report/<uuid:message>/", own_messages.report, name="own_report"),
    path("<path:path>", own.nothing),
]
