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

ENTER = "wagtailadmin.access_admin"
# What only the team may enter. Its log-in leads to the site's own.
TEAM = "/admin/"
SET_UP_HERE = "second_factor_set_up"
OPEN = ("/admin/login/", "/admin/logout/")


class SecondFactorMiddleware:
    """Lets nobody into the admin by a password alone who has to have a second factor.

    Whoever has none is led to where one is set up, and a session in which none was asked for, to where it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path, user = request.path_info, request.user
        if not path.startswith(TEAM) or path.startswith(OPEN) or not isinstance(user, User) or not is_required(user):
            return self.get_response(request)
        if not factors_of(user).exists():
            messages.warning(request, _("Editors need a second factor. Set one up, and the admin is open to you."))
            return redirect("mfa_index")
        if not was_asked_for(request):
            wanted = request.get_full_path() if request.method == "GET" else TEAM
            return redirect(f"{where_to_give_it(user)}?{urlencode({'next': wanted})}")
        return self.get_response(request)


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
def note_factor(request: HttpRequest, authenticator: Authenticator, **_: object) -> None:
    """Take the setting up of a factor for its first use: it was at hand."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[SET_UP_HERE] = True
