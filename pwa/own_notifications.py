"""What somebody is told, by email and on their devices: seen and changed here, without JavaScript too."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cms.notifications.kinds import Kind
from cms.notifications.models import How, PushSubscription
from cms.notifications.preferences import (
    choose,
    how_told,
    keep_language,
    kinds_for,
    language_of,
    speaking_to,
    ways_of_being_told,
)
from cms.notifications.push.subscriptions import DEVICE, site_key, unsubscribe_device
from cms.people.gates import Gate
from cms.people.models import User
from cms.publishing.languages import codes
from pwa.own import draw, own_page


class PreferencesForm(forms.Form):
    """When somebody is told of each kind, and in which language."""

    def __init__(self, user: User, data: Any = None, language: str = "") -> None:
        super().__init__(data)
        self.user, self.kinds = user, kinds_for(user)
        for kind in self.kinds:
            ways = [(how.value, how.label) for how in ways_of_being_told(kind)]
            self.fields[name_of(kind)] = forms.ChoiceField(
                label=kind.title, choices=ways, initial=how_told(user, kind), widget=forms.Select
            )
        names = dict(settings.LANGUAGES)
        self.fields["language"] = forms.ChoiceField(
            label=gettext_lazy("The language in which we write to you"),
            choices=[(code, names[code]) for code in codes()],
            initial=language or language_of(user, translation.get_language() or ""),
        )

    def save(self) -> None:
        """Keep what was chosen."""
        for kind in self.kinds:
            choose(self.user, kind, How(self.cleaned_data[name_of(kind)]))
        keep_language(self.user, self.cleaned_data["language"])


def name_of(kind: Kind) -> str:
    return kind.name.lower()


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.MESSAGES)
def preferences(request: HttpRequest, user: User) -> HttpResponse:
    """What somebody is told, and how."""
    # Whoever has just gone over to another language on this page has chosen it, too.
    form = PreferencesForm(user, request.POST or None, request.GET.get("language", ""))
    if request.method == "POST" and form.is_valid():
        form.save()
        with speaking_to(user):
            messages.success(request, _("Your choices are kept."))
        response = redirect("own_notifications")
        # The account's pages follow: somebody who wants letters in German reads German.
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language_of(user),
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response
    here = request.session.get(DEVICE, "")
    context = {"form": form, "email": user.email, "devices": devices(user, here), "push_key": site_key()}
    return draw(request, "own/notifications.html", context, 422 if form.errors else 200)


@require_POST
@own_page(Gate.MESSAGES)
def end_device(request: HttpRequest, user: User) -> HttpResponse:
    """Tell somebody nothing more on one of their devices."""
    device = request.POST.get("device", "")
    found = [one for one in PushSubscription.objects.filter(user=user) if str(one.public_id) == device]
    for one in found:
        unsubscribe_device(user, one.public_id)
        messages.success(request, _("Nothing more is told there."))
    return redirect("own_notifications")


def devices(user: User, here: str) -> Iterable[dict[str, Any]]:
    """List the devices on which somebody is told, the newest first."""
    return [
        {"id": one.public_id, "name": one.device, "since": one.made_at, "is_here": str(one.public_id) == here}
        for one in PushSubscription.objects.filter(user=user).order_by("-made_at")
    ]
