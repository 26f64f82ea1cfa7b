"""Importing references in the admin: paste or upload, look at what will be made, have it made, see what came of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from cms.imports import choices, services
from cms.imports.forms import ImportForm
from cms.imports.models import ImportRow, ReferenceImport
from cms.imports.tasks import begin, has_workers

State = ReferenceImport.State
STEP = 2  # seconds of work within one request


def may_import(user: Any) -> bool:
    """Say whether somebody may import: whoever may add references."""
    return user.has_perm("references.add_reference")


def may_publish(user: Any) -> bool:
    """Say whether somebody may publish what is imported."""
    return user.has_perm("references.publish_reference")


def one(request: HttpRequest, key: int) -> ReferenceImport:
    """Give an import to somebody who may see it. Raises Http404 and PermissionDenied."""
    if not may_import(request.user):
        raise PermissionDenied
    return get_object_or_404(ReferenceImport.objects.select_related("user"), pk=key)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show the form and the imports there were; begin one."""
    if not may_import(request.user):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "text", "encoding", "format")}
        user: Any = request.user
        record = ReferenceImport.objects.create(user=user, **given)
        begin(record)
        return redirect(record)
    page = Paginator(ReferenceImport.objects.select_related("user").defer("text"), 20).get_page(request.GET.get("p"))
    context = {"form": form, "imports": page, **frame(_("Import references"))}
    return TemplateResponse(request, "imports/index.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, key: int) -> HttpResponse:
    """Show an import as far as it has come; take in choices while it waits for them."""
    record = one(request, key)
    if request.method == "POST":
        return choose(request, record)
    context = {"import": record, "counts": services.counts(record), **frame(record.name, inside=True)}
    if record.is_working:
        context["has_workers"] = has_workers()
        return TemplateResponse(request, "imports/working.html", context)
    if record.state == State.FAILED:
        return TemplateResponse(request, "imports/failed.html", context)
    shown = request.GET.get("show", "all")
    shown = shown if shown in choices.SHOWN else "all"
    page = choices.page_of(record, shown, int(request.GET["p"]) if request.GET.get("p", "").isdecimal() else 1)
    summary = choices.summary(record)
    context |= {
        "rows": choices.drawn(page),
        "page": page,
        "summary": summary,
        "shown": shown,
        "sorts": [(name, label, summary[name]) for name, (label, _which) in choices.SHOWN.items()],
        "bulk": [(name, label) for name, (label, _which, _choice) in choices.BULK.items()],
        "may_publish": may_publish(request.user),
        "drafts": services.drafts_of(record).count(),
        "may_change": request.user.has_perm("references.change_reference"),
        "not_taken": summary["unreadable"] + summary["failed"] + summary["skipped"],
    }
    return TemplateResponse(
        request, "imports/done.html" if record.state == State.DONE else "imports/preview.html", context
    )


def choose(request: HttpRequest, record: ReferenceImport) -> HttpResponse:
    """Keep what was chosen on a page of the preview, then do what the button that was pressed says."""
    if record.state != State.CHOOSING:
        messages.warning(request, _("This import has begun already. Its choices stand."))
        return redirect(record)
    choices.keep(record, request.POST)
    if request.POST.get("bulk") in choices.BULK and "apply" in request.POST:
        choices.choose_for_all(record, request.POST["bulk"])
    if "confirm" in request.POST:
        publish = "publish" in request.POST and may_publish(request.user)
        if not request.user.has_perm("references.change_reference"):
            record.rows.filter(choice=ImportRow.Choice.MERGE).update(choice=ImportRow.Choice.SKIP)
        begun = ReferenceImport.objects.filter(pk=record.pk, state=State.CHOOSING)
        if begun.update(state=State.MAKING, publish=publish, user=request.user):
            begin(record)
        return redirect(record)
    shown, _sign, page = request.POST.get("go", "").partition(":")
    shown = shown or request.POST.get("show", "all")
    return redirect(f"{record.get_absolute_url()}?show={shown}&p={page or request.POST.get('p', '1')}")


@require_POST
def step(request: HttpRequest, key: int) -> HttpResponse:
    """Go on with an import for a little while: for pages that wait where no worker does, or whose worker is gone."""
    record = services.advance(one(request, key).pk, seconds=STEP)
    if request.headers.get("accept", "").startswith("application/json"):
        return JsonResponse(services.counts(record))
    return redirect(record)


@require_GET
def status(request: HttpRequest, key: int) -> HttpResponse:
    """Say how far an import is."""
    return JsonResponse(services.counts(one(request, key)), headers={"Cache-Control": "no-store"})


@require_POST
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Publish the drafts that a finished import made, as far as nothing is missing in them."""
    record = one(request, key)
    if not may_publish(request.user):
        raise PermissionDenied
    if services.publish_drafts(record, request.user):
        begin(record)
    return redirect(record)


@require_GET
def remainder(request: HttpRequest, key: int) -> HttpResponse:
    """Give the text of every entry that did not become a reference, to be mended and imported again."""
    record = one(request, key)
    results = (ImportRow.Result.FAILED, ImportRow.Result.SKIPPED, ImportRow.Result.WAITING)
    sources = record.rows.filter(result__in=results).order_by("number").values_list("source", flat=True)
    joined = "[\n" + ",\n".join(sources) + "\n]\n" if record.format == "csl-json" else "\n\n".join(sources) + "\n"
    return HttpResponse(
        joined,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="not-imported.txt"'},
    )


@require_POST
def discard(request: HttpRequest, key: int) -> HttpResponse:
    """Forget an import. The references that were made of it stay."""
    record = one(request, key)
    name = record.name
    record.delete()
    messages.success(request, _("The import of “%(name)s” is removed. References made from it stay.") % {"name": name})
    return redirect("references_import:index")


def frame(title: str, inside: bool = False) -> dict[str, Any]:
    """Give what the admin's frame around a page wants to know."""
    trail = [{"url": reverse("wagtailsnippets_references_reference:list"), "label": _("References")}]
    if inside:
        trail.append({"url": reverse("references_import:index"), "label": _("Import references")})
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
    }
