"""Somebody's messages: written to the team, read, answered, deleted."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from api.v1.correspondence import summary, whole
from cms.correspondence import services
from cms.correspondence.forms import ContactForm, MessageForm
from cms.correspondence.models import Thread
from cms.notifications.services import seen
from cms.people.gates import Gate
from cms.people.models import User
from cms.people.writing import KeyReused
from pwa.own import Copy, copies, copy, draw, own_page, sent


class Keyed(forms.Form):
    """A form that is sent once, however often its button is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class KeyedContactForm(Keyed, ContactForm):
    """A message to the team, from a page."""


class KeyedMessageForm(Keyed, MessageForm):
    """A message, from a page."""


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.CONTACT)
def contact(request: HttpRequest, user: User) -> HttpResponse:
    """Write to the team."""
    form = KeyedContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        message, _made = services.write_to_team(user, given["subject"], given["text"], given["key"])
        messages.success(request, sent(), extra_tags="sent")
        return redirect("own_thread", message.thread.public_id)
    return draw(request, "own/contact.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
@own_page(Gate.MESSAGES)
def messages_(request: HttpRequest, user: User) -> HttpResponse:
    """List somebody's threads, the latest first."""
    return draw(request, "own/messages.html", {"threads": listed(user)})


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.MESSAGES)
def thread(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Read a thread, and write on in it."""
    found = get_object_or_404(Thread.objects.visible_to(user), public_id=id)
    form = KeyedMessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(found, user, form.cleaned_data["text"], form.cleaned_data["key"])
        except KeyReused:
            form.add_error(None, _("This was sent already. Load the page again to write something new."))
        else:
            messages.success(request, sent(), extra_tags="sent")
            return redirect("own_thread", found.public_id)
    response = draw(request, "own/thread.html", shown(user, found) | {"form": form}, 422 if form.errors else 200)
    services.mark_read(user, found)
    seen(user, request.path)
    return response


@require_POST
@own_page(Gate.MESSAGES)
def delete(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Delete a thread for whoever asks."""
    services.delete_for(user, get_object_or_404(Thread.objects.visible_to(user), public_id=id))
    messages.success(request, _("The conversation was deleted."))
    return redirect("own_messages")


def listed(user: User) -> list[dict[str, Any]]:
    return [summary(user, found) for found in Thread.objects.visible_to(user).newest_first()]


def shown(user: User, found: Thread) -> dict[str, Any]:
    return {"thread": whole(user, found)}


@copies
def kept(user: User) -> Iterable[Copy]:
    """Give the list of threads and each of them, for somebody's phone."""
    yield copy(reverse("own_messages"), _("Messages"), "own/messages.html", {"threads": listed(user)})
    for found in Thread.objects.visible_to(user).newest_first():
        context = shown(user, found) | {"form": MessageForm()}
        yield copy(reverse("own_thread", args=[found.public_id]), context["thread"]["with"], "own/thread.html", context)
