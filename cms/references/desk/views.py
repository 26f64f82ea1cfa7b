"""What the editor's token and dialog ask of the server."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.modal_workflow import render_modal_workflow

from cms.references.citations import dump_items, parse_items
from cms.references.desk.checking import MOST, check_items
from cms.references.desk.describing import describe_citations, describe_work
from cms.references.desk.finding import find_references
from cms.references.desk.making import make_reference, may, work_form, work_panel
from cms.references.locators import CHOICES

View = Callable[..., HttpResponse]
MANY = 500  # citations that may be described at once


def for_those_who_may(*actions: str) -> Callable[[View], View]:
    """Let in who may do any of these to references; whoever cannot enter the admin never comes this far."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, *actions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return asked

    return decorate


reading = for_those_who_may("view", "add", "change", "publish", "delete")


@require_GET
@reading
def dialog(request: HttpRequest) -> HttpResponse:
    """Give the dialog, empty: what a token holds already, its script fills in."""
    context = {"places": CHOICES, **_found(request)}
    return render_modal_workflow(
        request, "references/citing/dialog.html", None, context, json_data={"step": "citation", "most": MOST}
    )


@require_GET
@reading
def search(request: HttpRequest) -> HttpResponse:
    """Give the references that fit what was typed, as a piece of HTML."""
    return render(request, "references/citing/results.html", _found(request))


@require_POST
@reading
def describe(request: HttpRequest) -> JsonResponse:
    """Give the words and works of citations as they are stored: ``{"citations": ["[…]", …]}``."""
    stored = _sent(request).get("citations")
    if not isinstance(stored, list) or len(stored) > MANY:
        return JsonResponse({"message": _("This is not a list of citations.")}, status=400)
    citations = [parse_items(items if isinstance(items, str) else None) for items in stored]
    return JsonResponse({"citations": describe_citations(citations, request.user)})


@require_POST
@reading
def compose(request: HttpRequest) -> JsonResponse:
    """Give a citation of the works sent, ready for the text; 422 and what is wrong where it cannot be made."""
    items, wrong, message = check_items(_sent(request).get("items"))
    if message:
        return JsonResponse({"message": str(message), "errors": wrong}, status=422)
    described = describe_citations([items], request.user)[0]
    return JsonResponse({"items": dump_items(items), **described})


@require_http_methods(["GET", "POST"])
@for_those_who_may("add")
def make(request: HttpRequest) -> HttpResponse:
    """Show the form of a new reference, or save what it holds: as a draft, or published by who may."""
    may_publish = may(request.user, "publish")
    if request.method == "GET":
        return _form(request, work_form(request.user), may_publish)
    publish = "publish" in request.POST
    if publish and not may_publish:
        raise PermissionDenied
    form = work_form(request.user, request.POST, draft=not publish)
    problems: list[str] = []
    if form.is_valid():
        work, problems = make_reference(form, request.user, publish)
        if work is not None:
            return JsonResponse({"work": describe_work(work, AdminURLFinder(request.user))}, status=201)
    return _form(request, form, may_publish, problems, status=422)


def _form(
    request: HttpRequest, form: Any, may_publish: bool, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    panel = work_panel().get_bound_panel(instance=form.instance, request=request, form=form)
    context = {"form": form, "panel": panel, "may_publish": may_publish, "problems": problems or []}
    return render(request, "references/citing/new_reference.html", context, status=status)


def _found(request: HttpRequest) -> dict[str, Any]:
    query = request.GET.get("q", "").strip()
    works, count = find_references(query)
    finder = AdminURLFinder(request.user)
    described = [describe_work(work, finder) for work in works]
    return {"query": query, "works": described, "count": count, "may_add": may(request.user, "add")}


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}
