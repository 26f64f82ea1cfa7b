"""The reader's addresses. The last one answers for the whole library, and for whatever is not there."""

from django.urls import path, re_path

from pwa import documents, media, sync, views

urlpatterns = [
    path("help/", views.help_now, name="help"),
    path("search/", views.find, name="search"),
    path("offline/", views.offline, name="offline"),
    path("shell/", views.shell, name="shell"),
    path("sync/changes/", sync.changes, name="sync"),
    path("sw.js", documents.service_worker, name="service_worker"),
    path("manifest.webmanifest", documents.manifest, name="manifest"),
    path("feed.atom", documents.atom, name="atom"),
    path("sitemap.xml", documents.sitemap, name="sitemap"),
    path("robots.txt", documents.robots, name="robots"),
    path("media/<path:name>", media.rendition, name="media"),
    re_path(r"^(?P<path>(?!api/|admin/|static/|accounts/|documents/).*)$", views.page, name="page"),
]
