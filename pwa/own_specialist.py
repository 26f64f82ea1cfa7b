"""Somebody's own profile as a specialist: written, handed in, looked at as readers will see it."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.consultations import sums
from cms.consultations.services import to_answer
from cms.notifications.services import seen
from cms.people.gates import Gate
from cms.people.models import User
from cms.specialists import evidence as handing_in
from cms.specialists import files, readiness, services
from cms.specialists.choices import Changes, State
from cms.specialists.forms import EvidenceForm, ProfileForm
from cms.specialists.models import Evidence, Specialist, Step
from cms.specialists.turns import Refused
from pwa.own import Copy, copies, copy, draw, own_page
from pwa.own_preview import preview_of

HOME = "own_specialist"
# What of a profile's history is told to whose it is: not which moderator, nor that somebody opened a file.
TOLD = frozenset(Step.Action) - {Step.Action.EVIDENCE_SEEN, Step.Action.EVIDENCE_ADDED, Step.Action.EVIDENCE_DELETED}

View = Callable[..., HttpResponse]


def begun(view: View) -> View:
    """Give a view the profile of whoever asks; who has begun none is led to where one is begun."""

    @wraps(view)
    def asked(request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> HttpResponse:
        specialist = services.profile_of(user)
        return view(request, user, specialist, *args, **kwargs) if specialist else redirect(HOME)

    return asked


@require_safe
@own_page(Gate.SPECIALIST)
def overview(request: HttpRequest, user: User) -> HttpResponse:
    """Say how far somebody's profile is, and what they can do."""
    specialist = services.profile_of(user)
    seen(user, request.path)
    return draw(request, "own/specialist/overview.html", told(specialist))


def told(specialist: Specialist | None) -> dict[str, Any]:
    """Give what the overview says."""
    if specialist is None:
        return {"specialist": None}
    steps = list(specialist.steps.filter(action__in=TOLD)[:20])
    returned = State.RETURNED in (specialist.state, specialist.changes) or specialist.state == State.SUSPENDED
    return {
        "specialist": specialist,
        "name": specialist.draft.name,
        "headline": headline(specialist),
        "tone": TONES.get(str(specialist.changes or specialist.state), "plum"),
        "reasons": next((step.reasons for step in steps if step.reasons), "") if returned else "",
        "lacks": readiness.lacks(specialist) if readiness.may_submit(specialist) else [],
        "may_submit": readiness.may_submit(specialist),
        "is_waiting": readiness.is_waiting(specialist),
        "steps": [
            {"what": step.get_action_display(), "at": step.at.isoformat(), "why": step.reasons} for step in steps
        ],
        "evidence": list(specialist.evidence.all()),
        "kept_days": {"after": 30, "undecided": 90},
        "sums": sums.totals(specialist) if specialist.first_published_at else None,
        "to_answer": to_answer(specialist),
    }


TONES = {"submitted": "honey", "returned": "clay", "verified": "moss", "suspended": "clay", "expired": "clay"}


def headline(specialist: Specialist) -> str:
    """Say in a sentence how far a profile is."""
    if specialist.state == State.VERIFIED:
        return {
            Changes.NONE: _("Readers see your profile."),
            Changes.DRAFT: _("Readers see your profile. You have changes that you have not handed in."),
            Changes.SUBMITTED: _("Readers see your profile as it was. A moderator looks at your changes."),
            Changes.RETURNED: _("Readers see your profile as it was. Your changes came back to you."),
        }[Changes(specialist.changes)]
    return {
        State.DRAFT: _("Nobody but you sees it yet."),
        State.SUBMITTED: _("It waits for a moderator, usually for less than five working days."),
        State.RETURNED: _("A moderator has looked at it, and it came back to you."),
        State.SUSPENDED: _("It was suspended. Readers do not see it."),
        State.EXPIRED: _("Its verification has ended. Readers do not see it until you have handed it in again."),
    }[State(specialist.state)]


@require_POST
@own_page(Gate.SPECIALIST)
def start(request: HttpRequest, user: User) -> HttpResponse:
    """Begin a profile."""
    services.start(user)
    return redirect("own_specialist_edit")


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.SPECIALIST)
@begun
def edit(request: HttpRequest, user: User, specialist: Specialist) -> HttpResponse:
    """Write a profile. What is kept is a draft, complete or not."""
    if readiness.is_waiting(specialist):
        messages.error(request, _("Somebody is looking at it. Take it back first, then change it."))
        return redirect(HOME)
    form = ProfileForm(request.POST or None, request.FILES or None, specialist=specialist)
    if request.method == "POST" and form.is_valid():
        photo, remove = form.cleaned_data["photo"], form.cleaned_data.get("remove_photo", False)
        services.save_draft(user, form.values(), photo=photo, remove_photo=remove)
        messages.success(request, _("Your draft is saved. It is handed in when you say so."))
        return redirect(HOME)
    context = {"form": form, "has_photo": specialist.draft.photo_id is not None, "is_public": specialist.is_public}
    return draw(request, "own/specialist/edit.html", context, status=422 if form.errors else 200)


@require_POST
@own_page(Gate.SPECIALIST)
@begun
def submit(request: HttpRequest, user: User, specialist: Specialist) -> HttpResponse:
    """Hand the draft in."""
    return done(request, lambda: services.submit(user), _("It is handed in. You hear from us by email."))


@require_POST
@own_page(Gate.SPECIALIST)
@begun
def take_back(request: HttpRequest, user: User, specialist: Specialist) -> HttpResponse:
    """Take back what waits."""
    return done(request, lambda: services.take_back(user), _("It is yours again. Hand it in when you are done."))


def done(request: HttpRequest, do: Callable[[], object], words: str) -> HttpResponse:
    """Do something with the profile, say so or why not, and show how far it is."""
    try:
        do()
    except Refused as refused:
        messages.error(request, " ".join(refused.problems))
    else:
        messages.success(request, words)
    return redirect(HOME)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.SPECIALIST)
@begun
def delete(request: HttpRequest, user: User, specialist: Specialist) -> HttpResponse:
    """Delete the profile, after saying what that means."""
    if request.method == "POST":
        services.delete_profile(user)
        messages.success(request, _("Your profile is deleted, with everything that belonged to it."))
        return redirect(HOME)
    return draw(request, "own/specialist/delete.html", {"specialist": specialist})


@require_http_methods(["GET", "HEAD", "POST"])
@own_page(Gate.SPECIALIST)
@begun
def evidence(request: HttpRequest, user: User, specialist: Specialist) -> HttpResponse:
    """Show what was handed in, and take in more."""
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            handing_in.hand_in(user, form.cleaned_data["kind"], form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        except Refused as refused:
            form.add_error(None, " ".join(refused.problems))
        else:
            messages.success(request, _("The file is kept. Moderators alone can open it."))
            return redirect("own_specialist_evidence")
    context = {"form": form, "evidence": list(specialist.evidence.all())}
    return draw(request, "own/specialist/evidence.html", context, status=422 if form.errors else 200)


@require_safe
@own_page(Gate.SPECIALIST)
def evidence_file(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Give somebody back a file that they have handed in."""
    return handed_out(get_object_or_404(Evidence, pk=id, specialist__user=user))


def handed_out(found: Evidence) -> HttpResponse:
    """Answer with a file, to be saved and not to be shown by the browser."""
    try:
        content = files.read(found)
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(content, content_type=found.content_type, headers=files.as_attachment(found.name))


@require_POST
@own_page(Gate.SPECIALIST)
def evidence_delete(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Delete a file that was handed in."""
    get_object_or_404(Evidence, pk=id, specialist__user=user)
    handing_in.delete_evidence(user, id)
    messages.success(request, _("The file is deleted."))
    return redirect("own_specialist_evidence")


@require_safe
@own_page(Gate.SPECIALIST)
@begun
def preview(request: HttpRequest, user: User, specialist: Specialist) -> HttpResponse:
    """Show the newest draft as readers will see it."""
    page = preview_of(specialist.draft, reverse("own_specialist_photo"), timezone.now())
    return draw(request, "own/specialist/preview.html", {"page": page})


@require_safe
@own_page(Gate.SPECIALIST)
@begun
def photo(request: HttpRequest, user: User, specialist: Specialist) -> HttpResponse:
    """Give the photo of the newest draft, which nobody else may see yet."""
    picture = specialist.draft.photo
    if picture is None:
        raise Http404
    with picture.file.open() as file:
        return HttpResponse(file.read(), content_type=files.JPEG, headers={"Cache-Control": "private, no-store"})


@copies
def kept(user: User) -> Iterable[Copy]:
    """Give how far somebody's profile is, for their phone."""
    specialist = services.profile_of(user)
    if specialist is not None:
        yield copy(reverse(HOME), _("Your profile"), "own/specialist/overview.html", told(specialist))
