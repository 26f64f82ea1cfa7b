"""The addresses of what is one person's own."""

from django.urls import path

from pwa import (
    own,
    own_answers,
    own_consultations,
    own_messages,
    own_notifications,
    own_practice,
    own_questions,
    own_specialist,
)

urlpatterns = [
    path("contact/", own_messages.contact, name="own_contact"),
    path("messages/", own_messages.messages_, name="own_messages"),
    path("messages/to/<slug:slug>/", own_messages.write, name="own_write"),
    path("messages/<uuid:id>/", own_messages.thread, name="own_thread"),
    path("messages/<uuid:id>/delete/", own_messages.delete, name="own_thread_delete"),
    path("questions/", own_questions.listed, name="own_questions"),
    path("questions/ask/", own_questions.ask, name="own_ask"),
    path("questions/<uuid:id>/", own_questions.change, name="own_question"),
    path("questions/<uuid:id>/withdraw/", own_questions.withdraw, name="own_question_withdraw"),
    path("specialist/questions/", own_answers.listed, name="own_specialist_questions"),
    path("specialist/questions/<slug:slug>/", own_answers.answer, name="own_answer"),
    path("specialist/questions/<slug:slug>/withdraw/", own_answers.withdraw, name="own_answer_withdraw"),
    path("messages/<uuid:id>/block/", own_messages.block, name="own_thread_block"),
    path("messages/<uuid:id>/unblock/", own_messages.unblock, name="own_thread_unblock"),
    path("messages/<uuid:id>/report/<uuid:message>/", own_messages.report, name="own_report"),
    path("consultations/", own_consultations.consultations, name="own_consultations"),
    path("consultations/calendar/", own_consultations.feed_address, name="own_calendar_address"),
    path("consultations/request/<slug:slug>/", own_consultations.ask, name="own_request"),
    path("consultations/<uuid:id>/", own_consultations.consultation, name="own_consultation"),
    path("calendar/<str:secret>.ics", own_consultations.calendar, name="own_calendar"),
    path("specialist/times/", own_practice.times, name="own_times"),
    path("specialist/requests/", own_practice.requests, name="own_requests"),
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
    path("notifications/", own_notifications.preferences, name="own_notifications"),
    path("notifications/devices/", own_notifications.end_device, name="own_device_end"),
    path("<path:path>", own.nothing),
]
