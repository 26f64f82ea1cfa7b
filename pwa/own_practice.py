"""A specialist's own side of free first consultations: times, requests, and sums of days."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.consultations import sums
from cms.consultations.forms import MEETINGS, PracticeForm, said_by
from cms.consultations.keeping import free_times
from cms.consultations.meetings import OPEN, Consultation, Side, State
from cms.consultations.practices import Practice
from cms.consultations.practising import practice_of, say_times
from cms.consultations.services import fees_of
from cms.people.gates import Gate
from cms.people.models import User
from cms.specialists.models import Specialist
from pwa.meetings import shown
from pwa.offering import choice_of, fees_in_words, zones
from pwa.own import Copy, copies, copy, draw, own_page

TIMES = "own/times.html"
HOW = ("connection", "place")
NUMBERS = ("minutes_before", "minutes_after", "notice_hours", "horizon_days", "capacity")
# The page has fields for so many days off and extra times beyond those there are.
MORE_ROWS = 2


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.SPECIALIST)
def times(request: HttpRequest, user: User) -> HttpResponse:
    """Say when, how and how many."""
    specialist = get_object_or_404(Specialist, user=user)
    if request.method != "POST":
        return draw(request, TIMES, as_said(specialist))
    said = said_in(request.POST)
    form = PracticeForm(said, ways=ways_of(specialist))
    if not form.is_valid():
        return draw(request, TIMES, saying(specialist, said, form), 422)
    given = dict(form.cleaned_data)
    practice = say_times(specialist, given, given.pop("time_zone"))
    messages.success(request, saved_words(practice))
    return redirect("own_times")


def ways_of(specialist: Specialist) -> list[str]:
    """Give the ways to meet of which somebody may choose."""
    return specialist.ways or list(MEETINGS)


def as_said(specialist: Specialist) -> dict[str, Any]:
    """Give what the page needs as a specialist has said it."""
    said = said_by(practice_of(specialist))
    return saying(specialist, said, PracticeForm(initial=said, ways=ways_of(specialist)))


def saying(specialist: Specialist, said: dict[str, Any], drawn: PracticeForm) -> dict[str, Any]:
    """Give what the page needs on which a specialist says their times."""
    return {
        "form": drawn,
        "how": [drawn[name] for name in HOW],
        "numbers": [drawn[name] for name in NUMBERS],
        "fees": fees_in_words(fees_of(specialist)),
        "said": said,
        "weekdays": weekdays(said["weekly"]),
        "away": rows(said["away"], ("first", "last")),
        "extra": rows(said["extra"], ("day", "begins", "ends")),
        "zones": zones(said["time_zone"] or "UTC"),
        "specialist": specialist,
        "coming": coming(specialist),
    }


def saved_words(practice: Practice) -> str:
    """Say what readers see now."""
    if not practice.is_open:
        return _("Saved. Readers see no free first consultation on your profile.")
    if practice.is_pausing(timezone.now()):
        return _("Saved. You are pausing: nobody can ask for a time, and what was agreed stays.")
    return _("Saved. Readers see your times now.")


def said_in(sent: QueryDict) -> dict[str, Any]:
    """Give what the page's form says, in the shape in which the API is sent it; empty rows are none."""

    def told(names: tuple[str, ...], prefix: str) -> list[dict[str, Any]]:
        columns = [sent.getlist(f"{prefix}-{name}") for name in names]
        found = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)]
        return [{name: value for name, value in one.items() if value} for one in found if any(one.values())]

    weekly = [
        {"weekday": number, **part} for number in range(7) for part in told(("begins", "ends"), f"weekly-{number}")
    ]
    plain = {name: sent.get(name, "") for name in PracticeForm.base_fields if name not in ("ways", "weekly")}
    boxes = {name: name in sent for name in ("is_open", "is_paused", "more_than_once")}
    return {
        **plain,
        **boxes,
        "ways": sent.getlist("ways"),
        "weekly": weekly,
        "away": told(("first", "last"), "away"),
        "extra": told(("day", "begins", "ends"), "extra"),
    }


def weekdays(weekly: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each day of the week with its parts, and an empty one to fill in."""
    days = []
    for number, name in WEEKDAYS.items():
        parts = [part for part in weekly if part["weekday"] == number]
        days.append({"number": number, "name": name, "parts": [*parts, {}]})
    return days


def rows(told: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, str]]:
    """Give what there is, and empty rows to fill in."""
    return [{name: str(one.get(name, "")) for name in names} for one in [*told, *[{}] * MORE_ROWS]]


def coming(specialist: Specialist) -> dict[str, Any]:
    """Give the next free times as readers find them, on the specialist's own clock."""
    practice = practice_of(specialist)
    free = free_times(practice, most=12) if practice.pk else []
    return choice_of([moment.isoformat() for moment in free], practice.zone)


@require_safe
@own_page(Gate.SPECIALIST)
def requests(request: HttpRequest, user: User) -> HttpResponse:
    """What readers have asked for: what waits for an answer first."""
    get_object_or_404(Specialist, user=user)
    return draw(request, "own/requests.html", asked_of(user))


def asked_of(user: User) -> dict[str, Any]:
    """Give what somebody was asked for: what they are to answer or tell of, what is agreed, waits, and is over."""
    now = timezone.now()
    groups: dict[str, list[dict[str, Any]]] = {"to_answer": [], "to_tell": [], "agreed": [], "waiting": [], "over": []}
    for found in Consultation.objects.with_both().of_specialist(user):
        groups[group_of(found)].append(shown(found, user, now))
    groups["agreed"].sort(key=lambda one: one["starts_at"])
    return {**groups, "sums": sums_of(user)}


def group_of(found: Consultation) -> str:
    if found.state not in OPEN:
        return "over"
    if found.state == State.ACCEPTED:
        is_past = found.starts_at is not None and found.starts_at <= timezone.now()
        return "to_tell" if is_past else "to_answer" if found.is_moving and found.times_by == Side.READER else "agreed"
    return "to_answer" if found.times_by == Side.READER else "waiting"


def sums_of(user: User) -> dict[str, Any]:
    """Give the sums of the last days; see :mod:`cms.consultations.sums`."""
    return sums.totals(Specialist.objects.get(user=user))


@copies
def kept(user: User) -> Iterable[Copy]:
    """Give a specialist's list of requests and their times, for their phone."""
    specialist = Specialist.objects.filter(user=user).first()
    if specialist is None:
        return
    yield copy(reverse("own_requests"), _("Requests"), "own/requests.html", asked_of(user))
    yield copy(reverse("own_times"), _("Your times"), TIMES, as_said(specialist))
