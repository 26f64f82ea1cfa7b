"""Editors prove who they are by two factors, wherever the setting ``STAFF_SECOND_FACTOR`` requires it."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cms.people.models import User
from cms.people.sessions import end_sessions

ENTER = "wagtailadmin.access_admin"
# What only the team may enter. Its log-in leads to the site's own.
TEAM = "/admin/"
SET_UP_HERE = "second_factor_set_up"
OPEN = ("/admin/login/", "/admin/logout/")
# What would give a session the second factor that it has not shown, or the account away.
GUARDED = ("/accounts/2fa/", "/accounts/email/", "/accounts/export/", "/accounts/delete/", "/accounts/password/set/")
ASKING = tuple(f"/accounts/2fa/{page}/" for page in ("authenticate", "reauthenticate", "webauthn/reauthenticate"))


class SecondFactorMiddleware:
    """Lets nobody into the admin by a password alone who has to have a second factor.

    Whoever has none is led to where one is set up, and a session in which none was asked for, to where it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path, user = request.path_info, request.user
        is_team = path.startswith(TEAM) and not path.startswith(OPEN)
        is_guarded = path.startswith(GUARDED) and not path.startswith(ASKING)
        if not (is_team or is_guarded) or not isinstance(user, User) or was_asked_for(request):
            return self.get_response(request)
        if factors_of(user).exists() and (is_guarded or is_required(user)):
            wanted = request.get_full_path() if request.method == "GET" else TEAM if is_team else reverse("mfa_index")
            return redirect(f"{where_to_give_it(user)}?{urlencode({'next': wanted})}")
        if is_team and is_required(user):
            messages.warning(request, _("Editors need a second factor. Set one up, and the admin is open to you."))
            return redirect("mfa_index")
        return self.get_response(request)


def may_work(request: HttpRequest) -> bool:
    """Say whether a request may see what the team alone sees, as far as a second factor is required for that."""
    user = request.user
    return not (isinstance(user, User) and is_required(user)) or was_asked_for(request)


def is_required(user: User) -> bool:
    """Say whether somebody may do their work only with a second factor."""
    return settings.STAFF_SECOND_FACTOR and user.has_perm(ENTER)


def factors_of(user: User) -> QuerySet[Authenticator]:
    """Give somebody's second factors; recovery codes stand in for one and are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def was_asked_for(request: HttpRequest) -> bool:
    """Say whether a second factor has been given in this session."""
    given = any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
    return given or bool(request.session.get(SET_UP_HERE))


def where_to_give_it(user: User) -> str:
    """Give the address at which somebody who is logged in proves to have their second factor."""
    has_app = factors_of(user).filter(type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")


@receiver(authenticator_added)
def note_factor(request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """Take the setting up of a factor for its first use: it was at hand. Sessions without it end with the first."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    request.session[SET_UP_HERE] = True
    if factors_of(user).count() == 1:
        end_sessions(user, but=request.session.session_key)
