"""The reader's addresses, in every language. The last one answers for the library and whatever is not there."""

from django.urls import include, path, re_path

from cms.publishing.languages import other_codes
from pwa import documents, media, own, questions, search, sharing, specialists, stopping, sync, views, writing

in_every_language = [
    path("help/", views.help_now, name="help"),
    path("search/", search.find, name="search"),
    path("specialists/", specialists.find, name="specialists"),
    path("specialists/join/", specialists.join, name="specialists_join"),
    path("specialists/<slug:slug>/write/", writing.write, name="write"),
    path("offline/", views.offline, name="offline"),
    path("on-this-phone/", views.on_this_phone, name="on_this_phone"),
    path("saved/", views.saved, name="saved"),
    path("contact/", views.contact, name="contact"),
    path("questions/", questions.listed, name="questions"),
    path("questions/ask/", questions.ask, name="ask"),
    path("share/", sharing.shared, name="share"),
    path("shell/", views.shell, name="shell"),
    path("manifest.webmanifest", documents.manifest, name="manifest"),
    path("feed.atom", documents.atom, name="atom"),
]

urlpatterns = [
    *in_every_language,
    *(path(f"{code}/", include((in_every_language, code))) for code in other_codes()),
    path("sync/changes/", sync.changes, name="sync"),
    path("sync/texts/", sync.texts, name="sync_texts"),
    path("sync/own/", own.own_copies, name="sync_own"),
    path("own/", include("pwa.own_urls")),
    path("letters/stop/<str:token>/", stopping.stop_letters, name="stop_letters"),
    path("sw.js", documents.service_worker, name="service_worker"),
    path("sitemap.xml", documents.sitemap, name="sitemap"),
    path("robots.txt", documents.robots, name="robots"),
    path("media/<path:name>", media.rendition, name="media"),
    re_path(r"^(?P<path>(?!api/|admin/|static/|accounts/|documents/|own/|letters/).*)$", views.page, name="page"),
]
