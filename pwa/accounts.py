"""A person's own account: what is in it, where it is logged in, what is kept, and how it ends."""

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.correspondence.services import count_unread
from cms.people import services
from cms.people.models import Export, User
from cms.people.rights import holdings
from cms.people.second_factor import ENTER, factors_of, is_required
from cms.people.sessions import end_sessions, sessions_of

LOOK_AGAIN = 5  # seconds between two looks at an export that is being collected


def owner(request: HttpRequest) -> User:
    """Give whose account a request is about: that of whoever is logged in, and never another's."""
    user = request.user
    assert isinstance(user, User), "only somebody who is logged in has an account"
    return user


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to an account, each with the way to change it."""
    user = owner(request)
    return render(
        request,
        "account/overview.html",
        {
            "unread": count_unread(user),
            "factors": factors_of(user).count(),
            "factor_required": is_required(user),
            "sessions": len(sessions_of(user, request.session.session_key)),
            "may_edit": user.has_perm(ENTER),
            "has_password": user.has_usable_password(),
            "is_specialist": hasattr(user, "specialist"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where somebody is logged in; ``session`` in a form ends that one, ``others`` all but this one."""
    user = owner(request)
    listed = sessions_of(user, request.session.session_key)
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        ended = [one for one in listed if not one.is_current and (str(one.id) == chosen or "others" in request.POST)]
        if ended:
            end_sessions(user, [one.id for one in ended])
            messages.success(request, _("Logged out there."))
        return redirect("account_sessions")
    return render(request, "account/sessions.html", {"sessions": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def export(request: HttpRequest) -> HttpResponse:
    """Everything about somebody, for them to take along: asked for here, and kept here for a week."""
    user = owner(request)
    if request.method == "POST":
        services.ask_for_export(user)
        return redirect("account_export")
    found = Export.objects.filter(user=user).first()
    response = render(request, "account/export.html", {"export": found, "states": Export.State, "holdings": holdings()})
    if found and found.is_being_collected:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


@require_safe
@reauthentication_required
def exported(request: HttpRequest, form: str) -> HttpResponse:
    """The export itself, as ``json`` for a program or ``html`` for its owner to read."""
    found = Export.objects.filter(user=owner(request), state=Export.State.READY).first()
    if found is None:
        raise Http404
    document = services.read_export(found)
    if form == "json":
        body = json.dumps(document, ensure_ascii=False, indent=2)
        response = HttpResponse(body, content_type="application/json")
    else:
        parts = [(holding.title, readable(document.get(holding.name))) for holding in holdings()]
        response = render(request, "account/exported.html", {"parts": parts, "collected_at": document["collected_at"]})
    response["Content-Disposition"] = f'attachment; filename="respite-account.{form}"'
    return response


def readable(value: Any) -> list[list[tuple[str, str]]]:
    """Give what was collected as lists of names and words: one for each thing."""
    things = value if isinstance(value, list) else [] if value is None else [value]
    return [[(name.replace("_", " "), in_words(told)) for name, told in thing.items()] for thing in things]


def in_words(value: Any) -> str:
    """Give one value of an export as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(in_words(one) for one in value) or "–"
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {in_words(told)}" for name, told in value.items())
    return str(value) if value not in (None, "") else "–"


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def delete(request: HttpRequest) -> HttpResponse:
    """What it means to delete an account; a form that says so too deletes it."""
    user = owner(request)
    sure = request.POST.get("sure") == "yes"
    if request.method == "POST" and sure:
        logout(request)
        services.ask_for_deletion(user)
        return redirect("account_deleted")
    return render(
        request,
        "account/delete.html",
        {"may_edit": user.has_perm(ENTER), "not_sure": request.method == "POST"},
        status=422 if request.method == "POST" else 200,
    )


class RemoveKey(RemoveWebAuthnView):
    """Removes a passkey or security key, but not the last second factor of somebody who has to have one."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, _("It is your last second factor, which editors need. Add another first."))
            return redirect("mfa_list_webauthn")
        response: HttpResponse = super().form_valid(form)
        return response


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """What is said to somebody whose account is gone."""
    return render(request, "account/deleted.html")
