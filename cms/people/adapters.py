"""What allauth asks of us."""

import time
import unicodedata
from math import inf
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit  # the public one cannot take an attempt back
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import get_language, override

from cms.notifications.letters import as_html, letter_of_text
from cms.notifications.preferences import language_of
from cms.people import second_factor
from cms.people.models import User
from cms.people.sealing import seal, unseal
from cms.people.sessions import LOGGED_IN_AT

# Of one network, by whatever address it tries.
ATTEMPTS = {"log_in": "10/m/ip"}


class AccountAdapter(DefaultAccountAdapter):
    """Leads people to where they wanted to go, and counts their attempts by who they say they are."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt by where it comes from, in a count that no success empties, then by whom it is about."""
        self._attempt = ratelimit.consume(request, app="respite", action="log_in", config=ATTEMPTS)
        if self._attempt is None:
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Give whom the credentials are of. An attempt that succeeds is not counted, and takes back no other."""
        user = super().authenticate(request, **credentials)
        if user is not None and self._attempt is not None:
            self._attempt.rollback()
        return user

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Name whom an attempt is about: spelling an address, or the host that is asked, otherwise changes nothing."""
        return folded(credentials.get("email") or "")

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Write a letter about an account, in the language that whose it is has last chosen, and in our look too."""
        user = context.get("user")
        language = language_of(user, get_language() or "") if isinstance(user, User) else get_language()
        with override(language):
            message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
            if isinstance(message, EmailMultiAlternatives):
                html = as_html(letter_of_text(str(message.subject), str(message.body)))
                message.attach_alternative(html, "text/html")
        return message

    def is_reauthentication_required(self, *, app: str = "") -> bool:
        """Say whether somebody is asked again who they are: not right after they have logged in."""
        passed = time.time() - self.request.session.get(LOGGED_IN_AT, -inf)
        is_long_ago = passed >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return is_long_ago and bool(super().is_reauthentication_required(app=app))

    def is_safe_url(self, url: str) -> bool:
        """Lead nobody to the admin who may not enter it: it would send them back here, round and round."""
        user = self.request.user
        if (
            urlsplit(url).path.startswith(second_factor.TEAM)
            and user.is_authenticated
            and not user.has_perm(second_factor.ENTER)
        ):
            return False
        safe: bool = super().is_safe_url(url)
        return safe

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send editors to the admin, those it turned away to where they log out, all others to their account."""
        if request.user.has_perm(second_factor.ENTER):
            return reverse("wagtailadmin_home")
        wanted = request.POST.get("next") or request.GET.get("next") or ""
        turned_away = urlsplit(wanted).path.startswith(second_factor.TEAM)
        return reverse("account_logout") if turned_away else resolve_url(settings.LOGIN_REDIRECT_URL)


def folded(address: str) -> str:
    """Give an address without its case and accents, and in one form of Unicode."""
    letters = unicodedata.normalize("NFKD", address.strip())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: sealed in the database, and under the site's name in an authenticator app."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site as WebAuthn has it: a passkey belongs to this host alone, whatever a request says of itself."""
        return {"id": urlsplit(settings.ORIGIN).hostname or "localhost", "name": settings.WAGTAIL_SITE_NAME}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether a factor may go: the last one stays where one is required."""
        others = second_factor.factors_of(authenticator.user).exclude(pk=authenticator.pk)
        is_factor = authenticator.type != Authenticator.Type.RECOVERY_CODES
        return not is_factor or others.exists() or not second_factor.is_required(authenticator.user)
