"""Where moderators look at profiles: what waits, what was handed in beside what it is to show, and the decision."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from cms.notifications.services import seen
from cms.people.models import User
from cms.specialists import evidence as handing_in
from cms.specialists import files, moderation, readiness
from cms.specialists.choices import Changes, State
from cms.specialists.desk_forms import DECISIONS, ReasonsForm, VerifyForm
from cms.specialists.desk_rows import claims_of
from cms.specialists.models import Evidence, Specialist
from cms.specialists.turns import Refused, may_see_evidence, may_verify

SHOWN = ("waiting", *State.values)
A_PAGE = 25
USUAL = timedelta(days=365)


def waiting() -> QuerySet[Specialist]:
    """Give what waits to be looked at, the longest waiting first."""
    submitted = Q(state=State.SUBMITTED) | Q(changes=Changes.SUBMITTED)
    return Specialist.objects.filter(submitted).order_by("submitted_at", "pk")


def only_moderators(request: HttpRequest) -> None:
    if not may_verify(request.user):
        raise PermissionDenied


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what waits, or everybody in a state."""
    only_moderators(request)
    shown = request.GET.get("show", "waiting")
    shown = shown if shown in SHOWN else "waiting"
    found = waiting() if shown == "waiting" else Specialist.objects.filter(state=shown).order_by("name", "pk")
    found = found.select_related("user", "latest_revision").annotate(files=Count("evidence"))
    counts = dict(Specialist.objects.order_by().values_list("state").annotate(many=Count("pk")))
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("p")),
        "shown": shown,
        "tabs": [("waiting", _("Waiting"), waiting().count())]
        + [(value, State(value).label, counts.get(value, 0)) for value in State.values],
        **frame(_("Specialists")),
    }
    return TemplateResponse(request, "specialists/desk/index.html", context)


@require_safe
def show(request: HttpRequest, key: int) -> HttpResponse:
    """Show a profile: what it claims beside what was handed in, what is otherwise, what happened, what can be done."""
    answer = shown(request, key)
    if isinstance(request.user, User):
        seen(request.user, request.path)
    return answer


def shown(request: HttpRequest, key: int, forms: dict[str, Any] | None = None) -> HttpResponse:
    """Answer with a profile's page, with forms as they were sent where something is wrong in them."""
    only_moderators(request)
    specialist = get_object_or_404(Specialist.objects.select_related("user", "latest_revision", "verified_by"), pk=key)
    is_waiting, is_own = readiness.is_waiting(specialist), specialist.user_id == request.user.pk
    changed = readiness.changed_claims(specialist) if specialist.first_published_at else []
    until = max(timezone.now().date() + USUAL, specialist.verified_until or timezone.now().date())
    usual: dict[str, Any] = {
        "verify": VerifyForm(initial={"until": until, "checked": specialist.checked}),
        "return": ReasonsForm(prefix="return"),
        "suspend": ReasonsForm(prefix="suspend"),
        "reinstate": ReasonsForm(prefix="reinstate"),
    }
    context = {
        "specialist": specialist,
        "draft": specialist.draft,
        "claims": claims_of(specialist),
        "is_waiting": is_waiting,
        "is_own": is_own,
        "may_verify": is_waiting and not is_own,
        "may_approve": specialist.changes == Changes.SUBMITTED and not changed and not is_own,
        "may_suspend": specialist.state == State.VERIFIED and not is_own,
        "may_reinstate": specialist.state == State.SUSPENDED and not is_own,
        "evidence": list(specialist.evidence.all()) if may_see_evidence(request.user) else [],
        "steps": specialist.steps.select_related("by")[:100],
        "forms": {**usual, **(forms or {})},
        **frame(specialist.draft.name or _("Profile without a name"), inside=True),
    }
    return TemplateResponse(request, "specialists/desk/show.html", context, status=422 if forms else 200)


@require_POST
def decide(request: HttpRequest, key: int, decision: str) -> HttpResponse:
    """Do what a moderator has decided: verify, approve, return, suspend, reinstate."""
    only_moderators(request)
    if decision not in DECISIONS:
        raise Http404
    form: Any = {"verify": VerifyForm(request.POST), "approve": None}.get(
        decision, ReasonsForm(request.POST, prefix=decision)
    )
    if form is not None and not form.is_valid():
        return shown(request, key, {decision: form})
    given = form.cleaned_data if form is not None else {}
    do = {
        "verify": lambda: moderation.verify(key, request.user, given["checked"], given["until"]),
        "approve": lambda: moderation.approve_changes(key, request.user),
        "return": lambda: moderation.send_back(key, request.user, given["reasons"]),
        "suspend": lambda: moderation.suspend(key, request.user, given["reasons"]),
        "reinstate": lambda: moderation.reinstate(key, request.user, given["reasons"]),
    }[decision]
    try:
        do()
    except Specialist.DoesNotExist as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, " ".join(refused.problems))
        return redirect("specialists_desk:show", key)
    messages.success(request, DECISIONS[decision])
    return redirect("specialists_desk:index")


@require_safe
def evidence(request: HttpRequest, key: int, id: UUID) -> HttpResponse:
    """Hand a file out to who may see it, and write down that they did."""
    if not may_see_evidence(request.user):
        raise PermissionDenied
    found = get_object_or_404(Evidence.objects.select_related("specialist"), pk=id, specialist_id=key)
    try:
        content = handing_in.open_evidence(request.user, found)
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(content, content_type=found.content_type, headers=files.as_attachment(found.name))


@require_safe
def photo(request: HttpRequest, key: int) -> HttpResponse:
    """Give the photo of the newest version, which is not public yet."""
    only_moderators(request)
    picture = get_object_or_404(Specialist, pk=key).draft.photo
    if picture is None:
        raise Http404
    with picture.file.open() as file:
        return HttpResponse(file.read(), content_type=files.JPEG, headers={"Cache-Control": "private, no-store"})


@require_http_methods(["GET", "HEAD"])
def preview(request: HttpRequest, key: int) -> HttpResponse:
    """Show the newest version as readers will see it."""
    only_moderators(request)
    return get_object_or_404(Specialist, pk=key).draft.serve_preview(request, "reader")


def frame(title: str, inside: bool = False) -> dict[str, Any]:
    """Give what the admin draws around a page."""
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    items.append({"url": reverse("specialists_desk:index") if inside else "", "label": _("Specialists")})
    if inside:
        items.append({"url": "", "label": title})
    return {"page_title": title, "header_title": title, "header_icon": "user", "breadcrumbs_items": items}
