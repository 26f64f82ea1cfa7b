"""Somebody's messages: written to the team and to specialists, read, answered, blocked, reported, deleted."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from api.v1.threads import Seat
from cms.correspondence import reporting, services
from cms.correspondence.forms import ContactForm, FirstMessageForm, MessageForm, ReportForm
from cms.correspondence.models import Thread
from cms.correspondence.refusals import NotPossible, NotThere, TooMany
from cms.helplines.risk_words import has_risk_words
from cms.notifications.services import seen
from cms.people.gates import Gate
from cms.people.models import User
from cms.people.writing import KeyReused
from cms.specialists.models import Specialist
from pwa.own import Copy, Keyed, copies, copy, draw, own_page, sent


class KeyedContactForm(Keyed, ContactForm):
    """A message to the team, from a page."""


class KeyedFirstMessageForm(Keyed, FirstMessageForm):
    """A first message to a specialist, from a page."""


class KeyedMessageForm(Keyed, MessageForm):
    """A message, from a page."""


class KeyedReportForm(Keyed, ReportForm):
    """A report, from a page."""


def posted(request: HttpRequest) -> Any:
    """Give what was sent with a form, also where that is nothing at all."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, do: Callable[[dict[str, Any]], Any]) -> tuple[Any, int]:
    """Do what a form was sent for; give what came of it, or None and the status with which the form comes back."""
    if not form.is_valid():
        return None, 422
    status = 409
    try:
        return do(form.cleaned_data), 200
    except KeyReused:
        form.add_error(None, _("This was sent already. Load the page again to write something new."))
    except NotPossible as error:
        form.add_error(None, str(error))
    except TooMany as error:
        form.add_error(None, str(error))
        status = 429
    except NotThere:
        raise Http404 from None
    return None, status


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.CONTACT)
def contact(request: HttpRequest, user: User) -> HttpResponse:
    """Write to the team."""
    form, status = KeyedContactForm(posted(request)), 200
    if request.method == "POST":
        made, status = attempt(
            form, lambda given: services.write_to_team(user, given["subject"], given["text"], given["key"])
        )
        if made:
            messages.success(request, sent(), extra_tags="sent")
            return redirect("own_thread", made[0].thread.public_id)
    return draw(request, "own/contact.html", {"form": form}, status)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.MESSAGES)
def write(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Write to a specialist for the first time; of the two there is one thread, in which it goes on."""
    specialist = Specialist.objects.select_related("user").filter(slug=slug).first()
    if specialist is None or not services.is_reachable(specialist) or specialist.user_id == user.pk:
        raise Http404
    begun = Thread.objects.visible_to(user).filter(reader=user, specialist=specialist).first()
    if begun and request.method != "POST":
        return redirect("own_thread", begun.public_id)
    form, status = KeyedFirstMessageForm(posted(request)), 200
    if request.method == "POST":
        made, status = attempt(
            form,
            lambda given: services.write_to_specialist(user, slug, given["text"], given["name"], given["key"]),
        )
        if made:
            messages.success(request, sent(), extra_tags="sent")
            return redirect("own_thread", made[0].thread.public_id)
    return draw(request, "own/write.html", {"form": form, "name": specialist.name, "slug": slug}, status)


@require_http_methods(["GET", "HEAD"])
@own_page(Gate.MESSAGES)
def messages_(request: HttpRequest, user: User) -> HttpResponse:
    """List somebody's threads, the latest first."""
    seen(user, request.path)
    return draw(request, "own/messages.html", {"threads": Seat(user).listed()})


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.MESSAGES)
def thread(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Read a thread, and write on in it."""
    found = get_object_or_404(Thread.objects.visible_to(user).with_numbers(user), public_id=id)
    form, status = KeyedMessageForm(posted(request)), 200
    if request.method == "POST":
        made, status = attempt(form, lambda given: services.answer(found, user, given["text"], given["key"]))
        if made:
            messages.success(request, sent(), extra_tags="sent")
            return redirect("own_thread", found.public_id)
    response = draw(request, "own/thread.html", shown(Seat(user), found) | {"form": form}, status)
    # No further than what was loaded before the page was drawn: what has come since is not read yet.
    if request.method != "HEAD":
        services.mark_read(user, found, found.last_at)
    return response


@require_POST
@own_page(Gate.MESSAGES)
def delete(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Delete a thread for whoever asks."""
    services.delete_for(user, get_object_or_404(Thread.objects.visible_to(user), public_id=id))
    messages.success(request, _("The conversation was deleted."))
    return redirect("own_messages")


@require_POST
@own_page(Gate.MESSAGES)
def block(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Let neither of the two write any more."""
    found = get_object_or_404(Thread.objects.of(user), public_id=id)
    try:
        services.block(user, found)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The conversation is blocked. The other person is not told who has done it."))
    return back_to(user, found)


@require_POST
@own_page(Gate.MESSAGES)
def unblock(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Take that back."""
    found = get_object_or_404(Thread.objects.of(user), public_id=id)
    services.unblock(user, found)
    messages.success(request, _("You have taken the block back."))
    return back_to(user, found)


def back_to(user: User, found: Thread) -> HttpResponse:
    """Lead to a thread, or to the list where somebody has deleted it."""
    if Thread.objects.visible_to(user).filter(pk=found.pk).exists():
        return redirect("own_thread", found.public_id)
    return redirect("own_messages")


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.MESSAGES)
def report(request: HttpRequest, user: User, id: UUID, message: UUID) -> HttpResponse:
    """Report a message of the other one."""
    found = get_object_or_404(Thread.objects.visible_to(user).with_numbers(user), public_id=id)
    try:
        reported = reporting.reportable(user, message)
    except NotThere:
        raise Http404 from None
    if reported.thread_id != found.pk:
        raise Http404
    form, status = KeyedReportForm(posted(request)), 200
    if request.method == "POST":
        made, status = attempt(
            form, lambda given: reporting.report(user, message, given["reason"], given["details"], given["key"])
        )
        if made:
            messages.success(request, _("Thank you. A moderator will look at it, and you will hear what came of it."))
            return redirect("own_thread", found.public_id)
    seat = Seat(user)
    context = {"form": form, "thread": seat.summary(found), "message": seat.told(reported, found)}
    return draw(request, "own/report.html", context, status)


def shown(seat: Seat, found: Thread) -> dict[str, Any]:
    """Give what the page of a thread shows; also the way to help, where what they wrote last has words of danger in it.

    That is found out each time, and kept nowhere.
    """
    told = seat.whole(found)
    last = next((message["text"] for message in reversed(told["messages"]) if message["mine"]), "")
    return {"thread": told, "shows_help": has_risk_words(last)}


@copies
def kept(user: User) -> Iterable[Copy]:
    """Give the list of threads and each of them, for somebody's phone."""
    seat = Seat(user)
    yield copy(reverse("own_messages"), _("Messages"), "own/messages.html", {"threads": seat.listed()})
    for found in Thread.objects.listed_for(user):
        path, context = reverse("own_thread", args=[found.public_id]), shown(seat, found)
        yield copy(path, context["thread"]["with"], "own/thread.html", context | {"form": MessageForm()})
