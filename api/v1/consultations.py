"""Free first consultations: asked for, answered, called off by the two they are between; and a specialist's times."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request

from api.v1 import representation, shapes
from api.v1.documentation import documented_own
from api.v1.problems import Conflict, RefusedContent
from api.v1.writing import OwnView, WriteView, answer_made, cleaned, content_of, key_of
from cms.consultations import calendars, services
from cms.consultations.forms import MEETINGS, AcceptForm, PracticeForm, ProposeForm, RequestForm, said_by
from cms.consultations.meetings import MET, Consultation, Side, State
from cms.consultations.practices import Practice
from cms.consultations.practising import practice_of, say_times
from cms.consultations.refusals import Refused, TimeTaken
from cms.people.gates import Gate
from cms.people.models import User
from cms.specialists.choices import Way
from cms.specialists.models import Specialist

CALENDAR = {(200, "text/calendar"): OpenApiTypes.STR}
TAKEN = {409: (shapes.TimeTaken, "It cannot be done now; `type` and `detail` say why.")}

Act = Callable[[Consultation, User], Consultation]


class ConsultationsView(OwnView):
    """Somebody's consultations, as the one who has asked or the one who was asked."""

    gate = Gate.MESSAGES
    http_method_names = ("get", "head", "post", "options")

    @documented_own("list_consultations", "My consultations, the latest first.", shapes.ConsultationList)
    def get(self, request: Request) -> HttpResponse:
        found = Consultation.objects.with_both().visible_to(self.owner)
        return representation.answer_private({"results": [told(one, self.owner) for one in found]})

    @documented_own(
        "ask_for_consultation",
        "Ask a specialist for a free first consultation. `taken` names what is no longer free, and others that are.",
        shapes.Consultation,
        shapes.SentRequest,
        makes=True,
        status=201,
        problems=TAKEN,
    )
    def post(self, request: Request) -> HttpResponse:
        key, content = key_of(request._request), content_of(request._request)
        specialist = specialist_of(content.get("specialist"))
        given = cleaned(RequestForm(content, ways=practice_of(specialist).ways))
        asked = services.Asked(**given, language=get_language() or "en")
        made = possibly(lambda: services.ask(self.owner, specialist, asked, key)[0])
        return answer_made(told(Consultation.objects.with_both().get(pk=made.pk), self.owner))


class ConsultationView(OwnView):
    """One consultation."""

    gate = Gate.MESSAGES
    http_method_names = ("get", "head", "options")

    @documented_own("get_consultation", "A consultation as I see it.", shapes.Consultation)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        return representation.answer_private(told(consultation_of(self.owner, id), self.owner))


class ActView(WriteView):
    """Something that is done with a consultation. Done twice it is done once, so it needs no key."""

    gate = Gate.MESSAGES

    def act(self, request: Request, id: UUID) -> Act:
        """Give what is to be done, or raise what is wrong with what was sent."""
        raise NotImplementedError

    def post(self, request: Request, id: UUID) -> HttpResponse:
        found = consultation_of(self.owner, id)
        act = self.act(request, id)
        done = possibly(lambda: act(found, self.owner))
        return representation.answer_private(told(done, self.owner))


class AcceptView(ActView):
    def act(self, request: Request, id: UUID) -> Act:
        starts_at = cleaned(AcceptForm(content_of(request._request)))["starts_at"]
        return lambda found, user: services.accept(found, user, starts_at)

    @documented_own("accept_consultation", "Agree to one of the times.", shapes.Consultation, shapes.SentTime)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        return super().post(request, id)


class ProposeView(ActView):
    def act(self, request: Request, id: UUID) -> Act:
        zone = services.zone_of(consultation_of(self.owner, id), self.owner)
        times = cleaned(ProposeForm(content_of(request._request), zone=zone))["times"]
        return lambda found, user: services.propose(found, user, times)

    @documented_own(
        "propose_times",
        "Name other times; what is agreed stands.",
        shapes.Consultation,
        shapes.SentTimes,
        problems=TAKEN,
    )
    def post(self, request: Request, id: UUID) -> HttpResponse:
        return super().post(request, id)


class DeclineView(ActView):
    done: ClassVar[Any] = staticmethod(services.decline)

    def act(self, request: Request, id: UUID) -> Act:
        act: Act = self.done
        return act

    @documented_own("decline_consultation", "Say no to the times, without a reason.", shapes.Consultation, {})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        return super().post(request, id)


class CancelView(DeclineView):
    done = staticmethod(services.cancel)

    @documented_own("cancel_consultation", "Call it off, without a reason.", shapes.Consultation, {})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        return super().post(request, id)


class HeldView(DeclineView):
    done = staticmethod(services.mark_held)

    @documented_own("mark_consultation_held", "We have met; the specialist says so.", shapes.Consultation, {})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        return super().post(request, id)


class MissedView(DeclineView):
    done = staticmethod(services.mark_missed)

    @documented_own("mark_consultation_missed", "We have not met; nobody is blamed.", shapes.Consultation, {})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        return super().post(request, id)


class CalendarView(OwnView):
    """The calendar file of a consultation that has an agreed time."""

    gate = Gate.MESSAGES
    http_method_names = ("get", "head", "options")

    @documented_own(
        "get_consultation_calendar",
        "Its calendar file (RFC 5545), once a time is agreed.",
        CALENDAR,
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        return calendar_file(consultation_of(self.owner, id), self.owner)


class MyTimesView(OwnView):
    """What a specialist says about times."""

    gate = Gate.SPECIALIST
    http_method_names = ("get", "head", "put", "options")

    @documented_own("get_my_times", "What I say about free first consultations.", shapes.PracticeTimes)
    def get(self, request: Request) -> HttpResponse:
        return representation.answer_private(said_by(practice_of(own_profile(self.owner))))

    @documented_own("put_my_times", "Say all of it anew.", shapes.PracticeTimes, shapes.PracticeTimes)
    def put(self, request: Request) -> HttpResponse:
        specialist = own_profile(self.owner)
        given = cleaned(PracticeForm(content_of(request._request), ways=specialist.ways or MEETINGS))
        practice = say_times(specialist, given, given.pop("time_zone"))
        return representation.answer_private(said_by(practice))


def possibly(act: Callable[[], Consultation]) -> Consultation:
    """Do something, or raise as a problem why it cannot be done now."""
    try:
        return act()
    except TimeTaken as refused:
        named = {name: [at.isoformat() for at in getattr(refused, name)] for name in ("taken", "others")}
        raise Conflict(refused.kind, str(refused), **named) from refused
    except Refused as refused:
        raise Conflict(refused.kind, str(refused)) from refused
    except Consultation.DoesNotExist:
        raise Http404 from None


def specialist_of(slug: Any) -> Specialist:
    """Give a specialist whom readers see. Raises ``Http404`` for anybody else."""
    if not isinstance(slug, str) or not slug:
        raise RefusedContent({"specialist": ["Use the slug of a specialist."]})
    found = Specialist.objects.filter(slug=slug).first()
    if found is None or not found.is_public:
        raise Http404
    return found


def own_profile(user: User) -> Specialist:
    """Give somebody's own profile. Raises ``Http404`` where they have none."""
    return get_object_or_404(Specialist, user=user)


def consultation_of(user: User, id: UUID) -> Consultation:
    """Give one of somebody's consultations. Raises ``Http404`` for what is not there or not theirs."""
    return get_object_or_404(Consultation.objects.with_both().visible_to(user), pk=id)


def calendar_file(consultation: Consultation, user: User) -> HttpResponse:
    """Answer with its calendar file. Raises ``Http404`` where no time is agreed."""
    if consultation.starts_at is None or consultation.state not in MET:
        raise Http404
    body = calendars.file_of(consultation, side(consultation, user))
    headers = {"Content-Disposition": 'attachment; filename="respite.ics"', "Cache-Control": "private, no-store"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def side(consultation: Consultation, user: User) -> Side:
    found = consultation.side_of(user)
    if found is None:
        raise PermissionDenied
    return found


def told(consultation: Consultation, user: User) -> dict[str, Any]:
    """Give a consultation as one of the two sees it."""
    mine = side(consultation, user)
    specialist = consultation.specialist
    practice: Practice | None = getattr(specialist, "practice", None)
    if mine == Side.READER:
        other = {"name": specialist.name if specialist else "", "path": path_of(specialist)}
    else:
        other = {"name": consultation.name, "path": None}
    has_file = consultation.starts_at is not None and consultation.state in MET
    return {
        "id": str(consultation.pk),
        "i_am": mine.value,
        "with": other,
        "state": consultation.state,
        "times": consultation.times,
        "times_by": consultation.times_by,
        "starts_at": consultation.starts_at and consultation.starts_at.isoformat(),
        "ends_at": consultation.ends_at and consultation.ends_at.isoformat(),
        "way": consultation.way,
        "where": where(consultation, practice) if consultation.state == State.ACCEPTED else "",
        "name": consultation.name,
        "note": consultation.note,
        "time_zones": {
            "reader": consultation.time_zone,
            **({"specialist": specialist.time_zone} if specialist else {}),
        },
        "fees": consultation.fees or None,
        "asked_at": consultation.asked_at.isoformat(),
        "closed_at": consultation.closed_at and consultation.closed_at.isoformat(),
        "closed_by": consultation.closed_by,
        "may": sorted(services.possible(consultation, mine)),
        "calendar": reverse("api-consultation-calendar", args=[consultation.pk]) if has_file else None,
    }


def path_of(specialist: Specialist | None) -> str | None:
    return f"/specialists/{specialist.slug}/" if specialist and specialist.is_public else None


def where(consultation: Consultation, practice: Practice | None) -> str:
    """Give how the two meet, as the specialist says it now."""
    if practice is None:
        return ""
    return practice.place if consultation.way == Way.IN_PERSON else practice.connection
