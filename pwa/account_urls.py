"""The addresses of an account that are ours; logging in and its like are allauth's."""

from django.contrib.auth.decorators import login_required
from django.urls import path, re_path

from pwa import accounts

urlpatterns = [
    path("", accounts.overview, name="account_overview"),
    # Before allauth's own, which would take the last one away.
    path("2fa/webauthn/<int:pk>/remove/", login_required(accounts.RemoveKey.as_view()), name="account_remove_key"),
    path("sessions/", accounts.sessions, name="account_sessions"),
    path("export/", accounts.export, name="account_export"),
    re_path(r"^export/respite-account\.(?P<form>json|html)$", accounts.exported, name="account_exported"),
    path("delete/", accounts.delete, name="account_delete"),
    path("deleted/", accounts.deleted, name="account_deleted"),
]
