"""The team's desk in the admin: what readers wrote to the team, and what was reported."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from cms.correspondence import reporting, team
from cms.correspondence.forms import DecisionForm, MessageForm
from cms.correspondence.models import Closure, Message, Report, Thread
from cms.correspondence.refusals import NotPossible
from cms.helplines.risk_words import has_risk_words
from cms.notifications.services import seen
from cms.people.models import User
from cms.people.writing import KeyReused

ON_A_PAGE = 30
LATELY = 20  # so many decided reports are listed below those that are open


class AnswerForm(MessageForm):
    """An answer in the name of the team: sent once, and only to what its author has read."""

    text = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=Message.LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("It is signed “The team of Respite”. Who has written it, only the team sees."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen = forms.UUIDField(widget=forms.HiddenInput)


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer, or everything that was written to the team."""
    team.hold_answering(who(request))
    shown = "all" if request.GET.get("show") == "all" else "waiting"
    rows = waiting() if shown == "waiting" else Thread.objects.with_the_team().newest_first()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "shown": shown, **frame(_("Letters to the team"), "mail")}
    return TemplateResponse(request, "correspondence/letters.html", context)


def waiting() -> list[Thread]:
    """Give what waits for an answer, the oldest first; before it what has words in it of somebody in danger.

    That is found out when somebody looks, and written down nowhere.
    """
    threads = list(Thread.objects.waiting().prefetch_related("messages"))
    for thread in threads:
        since = thread.waiting_since
        unanswered = [one.text for one in thread.messages.all() if since and one.sent_at >= since]
        thread.has_risk_words = has_risk_words(*unanswered)  # type: ignore[attr-defined]  # for the list alone
    return sorted(threads, key=lambda thread: not thread.has_risk_words)  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, id: UUID) -> HttpResponse:
    """Read what somebody has written, and answer."""
    user = who(request)
    team.hold_answering(user)
    thread = get_object_or_404(Thread.objects.with_the_team().select_related("reader"), public_id=id)
    said = list(thread.messages.select_related("author"))
    last = said[-1].public_id if said else None
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm(initial={"seen": last})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            team.answer_as_team(thread, user, given["text"], given["key"], given["seen"])
        except NotPossible as error:
            form.add_error(None, str(error))
            # What was typed stays, and may be sent once its author has read what is new.
            form.data = {**request.POST.dict(), "seen": last, "key": uuid4()}
        except KeyReused:
            form.add_error(None, _("This answer was sent already. Open the letter again to write another one."))
        else:
            messages.success(request, _("Your answer was sent."))
            return redirect("correspondence:letters")
    team.read_as_team(thread, user)
    seen(user, request.path)
    context = {"thread": thread, "said": said, "form": form, **frame(_("Letter"), "mail", letters_trail())}
    return TemplateResponse(request, "correspondence/letter.html", context, status=422 if form.errors else 200)


@require_POST
def letter_done(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say that a letter needs no answer, or does after all."""
    thread = get_object_or_404(Thread.objects.with_the_team(), public_id=id)
    is_done = "again" not in request.POST
    team.set_done(thread, who(request), is_done)
    messages.success(request, _("Marked as done.") if is_done else _("It waits for an answer again."))
    return redirect("correspondence:letters")


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that are open and those that were decided lately. No message is shown here."""
    user = who(request)
    if not user.has_perm(reporting.DECIDE):
        raise PermissionDenied
    seen(user, request.path)
    decided = Report.objects.filter(decided_at__isnull=False).select_related("decided_by").order_by("-decided_at")
    context = {
        "open": reporting.open_reports_for(user),
        "decided": decided[:LATELY],
        **frame(_("Reported messages"), "warning"),
    }
    return TemplateResponse(request, "correspondence/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, id: UUID) -> HttpResponse:
    """Look at what was reported, which is noted down, and decide."""
    user = who(request)
    found = get_object_or_404(Report.objects.select_related("message", "about__specialist"), public_id=id)
    if not reporting.may_decide(user, found):
        raise PermissionDenied
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            reporting.decide(found, user, given["decision"], given["note"], given["words"])
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Decided. Whoever reported it is told what came of it."))
            return redirect("correspondence:reports")
    seen = reporting.look(found, user)
    context = {
        "report": found,
        "said": [(one, speaker(one)) for one in seen],
        "looks": found.looks.select_related("by"),
        "form": None if found.decided_at else form,
        "closure": Closure.objects.filter(user=found.about).first() if found.about else None,
        "around": reporting.AROUND,
        **frame(_("Report"), "warning", reports_trail()),
    }
    return TemplateResponse(request, "correspondence/report.html", context, status=422 if form.errors else 200)


@require_POST
def reopen(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let the account that a report is about write again."""
    found = get_object_or_404(Report.objects.select_related("about"), public_id=id)
    if not reporting.may_decide(who(request), found) or found.about is None:
        raise PermissionDenied
    reporting.reopen_messaging(found.about, who(request))
    messages.success(request, _("They can send messages again."))
    return redirect("correspondence:report", id)


def speaker(message: Message) -> str:
    """Name who speaks in a thread of two: the specialist by their name, the reader not at all."""
    specialist = message.thread.specialist
    if specialist is not None and specialist.user_id == message.author_id:
        return specialist.name
    return _("The reader") if message.thread.reader_id == message.author_id else _("The other person")


def who(request: HttpRequest) -> User:
    """Give who is at the desk; the admin lets nobody in who is not logged in."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def letters_trail() -> list[dict[str, Any]]:
    return [{"url": reverse("correspondence:letters"), "label": _("Letters to the team")}]


def reports_trail() -> list[dict[str, Any]]:
    return [{"url": reverse("correspondence:reports"), "label": _("Reported messages")}]


def frame(title: str, icon: str, trail: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Give what the admin's frame around a page wants to know."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [home, *(trail or []), {"url": "", "label": title}],
    }
