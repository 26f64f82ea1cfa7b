"""What allauth asks of us."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse

ADMIN = "/admin/"
ENTER = "wagtailadmin.access_admin"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the team for now; readers need none."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Lead nobody to the admin who may not enter it: it would send them back here, round and round."""
        user = self.request.user
        if urlsplit(url).path.startswith(ADMIN) and user.is_authenticated and not user.has_perm(ENTER):
            return False
        safe: bool = super().is_safe_url(url)
        return safe

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send editors to the admin; those it turned away to where they can log out; everybody else home."""
        if request.user.has_perm(ENTER):
            return reverse("wagtailadmin_home")
        wanted = request.POST.get("next") or request.GET.get("next") or ""
        return reverse("account_logout") if urlsplit(wanted).path.startswith(ADMIN) else resolve_url("/")
