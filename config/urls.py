"""Every address of Respite. The reader's pages come last: they answer whatever nothing else does."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from api.v1.unknown import unknown
from config.health import health

urlpatterns = [
    path("healthz", health),
    # Wagtail's own form would let somebody try passwords without end.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("pwa.account_urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", include("api.v1.urls")),
    re_path("^api/", unknown),
    path("", include("pwa.urls")),
]

handler404 = "pwa.errors.not_found"
handler500 = "pwa.errors.server_error"
