"""Somebody's free first consultations: asked for, answered, moved, called off; and the calendar they may follow."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.consultations import calendars, services
from cms.consultations.forms import AcceptForm, ProposeForm, RequestForm
from cms.consultations.keeping import free_times
from cms.consultations.meetings import OPEN, CalendarFeed, Consultation, Side, State
from cms.consultations.practices import Practice
from cms.consultations.refusals import Refused, TimeTaken
from cms.consultations.times import MOST_OFFERED
from cms.consultations.wording import zone_or_utc
from cms.notifications.services import seen
from cms.people.gates import Gate
from cms.people.models import User
from cms.people.writing import KeyReused
from cms.specialists.models import Specialist
from pwa.meetings import shown
from pwa.offering import choice_of, fees_in_words, zones
from pwa.own import Copy, Keyed, copies, copy, draw, own_page

FEED_ONCE = "respite_calendar"  # in the session, until it has been shown


class KeyedRequestForm(Keyed, RequestForm):
    """A request, from a page."""


@require_safe
@own_page(Gate.MESSAGES)
def consultations(request: HttpRequest, user: User) -> HttpResponse:
    """List what somebody has asked for, and the address of their calendar."""
    context = listed(user) | {
        "feed": CalendarFeed.objects.filter(user=user).first(),
        "feed_address": request.session.pop(FEED_ONCE, ""),
    }
    return draw(request, "own/consultations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.MESSAGES)
def consultation(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One consultation, and all that can be done with it; ``do`` in a form says what is to be."""
    found = get_object_or_404(Consultation.objects.with_both().visible_to(user), pk=id)
    problem, chosen, status = "", [], 200
    if request.method == "POST":
        try:
            act = act_of(request, found, user)
            done = act()
        except Wrong as wrong:
            problem, chosen, status = str(wrong), request.POST.getlist("times"), 422
        except Refused as refused:
            problem, chosen, status = str(refused), request.POST.getlist("times"), 409
        except Consultation.DoesNotExist:
            raise Http404 from None
        else:
            messages.success(request, said_of(done, request.POST.get("do", "")))
            return redirect("own_consultation", found.pk)
        found = Consultation.objects.with_both().get(pk=id)
    if request.method == "GET":
        seen(user, request.path)
    context = details(found, user, chosen) | {"problem": problem}
    return draw(request, "own/consultation.html", context, status)


class Wrong(Exception):
    """What was sent with a form cannot be taken, in words."""


def act_of(request: HttpRequest, found: Consultation, user: User) -> Callable[[], Consultation]:
    """Give what somebody wants to be done. Raises :class:`Wrong`."""
    match request.POST.get("do"):
        case "accept":
            accepted = AcceptForm(request.POST)
            if not accepted.is_valid():
                raise Wrong(_("Choose a time first."))
            return lambda: services.accept(found, user, accepted.cleaned_data["starts_at"])
        case "propose":
            times = times_in(request, found, user)
            return lambda: services.propose(found, user, times)
        case "decline":
            return lambda: services.decline(found, user)
        case "cancel":
            return lambda: services.cancel(found, user)
        case "held":
            return lambda: services.mark_held(found, user)
        case "missed":
            return lambda: services.mark_missed(found, user)
        case _:
            raise Wrong(_("Choose what is to be done."))


def times_in(request: HttpRequest, found: Consultation, user: User) -> list[datetime]:
    """Read the times of a form: a reader's are chosen, a specialist's written as their clock shows them."""
    form = ProposeForm(request.POST, zone=services.zone_of(found, user))
    if not form.is_valid():
        raise Wrong(" ".join(str(error) for errors in form.errors.values() for error in errors))
    times: list[datetime] = form.cleaned_data["times"]
    return times


def said_of(done: Consultation, act: str) -> str:
    """Say what has just been done."""
    match act:
        case "accept":
            return _("It is agreed. The other one has been told.")
        case "propose":
            return _("The times have been sent.")
        case "decline":
            return _("Your answer has been sent.")
        case "cancel":
            return _("It is cancelled. The other one has been told.")
        case _:
            return _("Noted.") if done.state == State.HELD else _("Noted. It happens.")


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.MESSAGES)
def ask(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Ask a specialist for a free first consultation."""
    specialist = Specialist.objects.filter(slug=slug).first()
    if specialist is None or not specialist.is_public or specialist.user_id == user.pk:
        raise Http404
    practice = Practice.objects.select_related("specialist").filter(specialist=specialist).first()
    zone = zone_or_utc(request.GET.get("zone") or last_zone(user) or specialist.time_zone)
    ways = practice.ways if practice else []
    form = KeyedRequestForm(request.POST or None, ways=ways, initial={"time_zone": zone.key})
    status = 200
    if request.method == "POST":
        status = 422
        zone = zone_or_utc(str(request.POST.get("time_zone") or zone.key))
        if form.is_valid():
            given = {name: value for name, value in form.cleaned_data.items() if name != "key"}
            asked = services.Asked(**given, language=get_language() or settings.LANGUAGE_CODE)
            try:
                made, _was = services.ask(user, specialist, asked, form.cleaned_data["key"])
            except TimeTaken as refused:
                form.add_error("times", str(refused))
                status = 409
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            except KeyReused:
                form.add_error(None, _("This was sent already. Load the page again to write something new."))
            else:
                messages.success(request, _("Your request has been sent"), extra_tags="sent")
                return redirect("own_consultation", made.pk)
    before = Consultation.objects.of_reader(user).filter(specialist=specialist, state__in=(*OPEN, State.HELD)).first()
    times = [moment.isoformat() for moment in free_times(practice, most=MOST_OFFERED)] if practice else []
    context = {
        "form": form,
        "words": [form["name"], form["note"]],
        "specialist": specialist,
        "path": f"/specialists/{specialist.slug}/",
        "before": before if before and (before.is_open or not (practice and practice.more_than_once)) else None,
        "is_offered": bool(practice and practice.takes_requests()),
        "choice": choice_of(times, zone, request.POST.getlist("times")),
        "zones": zones(zone.key),
        "fees": fees_in_words(services.fees_of(specialist)),
    }
    return draw(request, "own/request.html", context, status)


def last_zone(user: User) -> str:
    """Give where somebody was when they asked last; "" where they never did."""
    return Consultation.objects.of_reader(user).values_list("time_zone", flat=True).first() or ""


@require_POST
@own_page(Gate.MESSAGES)
def feed_address(request: HttpRequest, user: User) -> HttpResponse:
    """Make an address for somebody's calendar, which is shown once; or, with ``end``, end the one there is."""
    if "end" in request.POST:
        calendars.end_feed(user)
        messages.success(request, _("The address of your calendar leads nowhere any more."))
    else:
        secret = calendars.make_feed(user)
        request.session[FEED_ONCE] = f"{settings.ORIGIN}{reverse('own_calendar', args=[secret])}"
    return redirect(reverse("own_consultations") + "#calendar")


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """All that somebody has agreed on, for the calendar that knows their secret address. It has no session."""
    user = calendars.owner_of(secret)
    if user is None:
        raise Http404
    headers = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
    return HttpResponse(calendars.feed_of(user), content_type="text/calendar; charset=utf-8", headers=headers)


def listed(user: User) -> dict[str, Any]:
    """Give what somebody has asked for: what is open, and what is over."""
    now = timezone.now()
    found = [shown(one, user, now) for one in Consultation.objects.with_both().of_reader(user)]
    return {
        "open": [one for one in found if one["state"] in OPEN],
        "over": [one for one in found if one["state"] not in OPEN],
        "is_specialist": Specialist.objects.filter(user=user).exists(),
    }


def details(found: Consultation, user: User, chosen: Iterable[str] = ()) -> dict[str, Any]:
    """Give one consultation with what is needed to answer it."""
    one = shown(found, user, timezone.now())
    context: dict[str, Any] = {"consultation": one}
    if "propose" in one["may"] and found.side_of(user) == Side.READER and found.specialist:
        practice = Practice.objects.select_related("specialist").get(specialist=found.specialist)
        times = [moment.isoformat() for moment in free_times(practice, most=MOST_OFFERED, without=found)]
        context["choice"] = choice_of(times, zone_or_utc(found.time_zone), chosen)
    return context


@copies
def kept(user: User) -> Iterable[Copy]:
    """Give the list and each consultation, as either side, for somebody's phone."""
    yield copy(reverse("own_consultations"), _("Consultations"), "own/consultations.html", listed(user))
    for found in Consultation.objects.with_both().visible_to(user):
        context = details(found, user)
        path = reverse("own_consultation", args=[found.pk])
        yield copy(path, context["consultation"]["told"]["title"], "own/consultation.html", context)
