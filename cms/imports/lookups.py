"""Filling a reference's form from its DOI: the form asks, a task asks Crossref, the form looks until it is there."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tasks import task
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.imports.models import DoiLookup
from cms.references.crossref import LookupFailed, look_up
from cms.references.filling import filled_from
from cms.references.identifiers import normal_doi
from cms.references.models import Reference

KEPT = timedelta(days=1)


@task()
def ask_crossref(key: str, language: str) -> None:
    """Look a DOI up, and keep what is said of it."""
    lookup = DoiLookup.objects.get(pk=key)
    with translation.override(language):
        try:
            found = look_up(lookup.doi)
            filled = filled_from(found.item)
            lookup.answer = {
                "fields": {name: str(value) for name, value in filled.fields.items()},
                "authors": filled.authors,
                "hints": [*found.notices, *filled.warnings],
            }
            lookup.state = DoiLookup.State.FOUND
        except LookupFailed as problem:
            lookup.state, lookup.problem = DoiLookup.State.FAILED, str(problem)
        except Exception:
            lookup.state, lookup.problem = DoiLookup.State.FAILED, _("Something went wrong. Fill the form in by hand.")
            raise
        finally:
            lookup.save()


@require_POST
def ask(request: HttpRequest) -> JsonResponse:
    """Begin to look a DOI up; where there is no worker, the answer is there already."""
    check(request.user)
    doi = normal_doi(request.POST.get("doi", "")[:500])
    if not doi or len(doi) > 255:
        said = _("This is not a DOI. A DOI begins with 10 and has a slash, such as 10.1037/a0012345.")
        return JsonResponse({"state": DoiLookup.State.FAILED, "problem": said}, status=400)
    DoiLookup.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    lookup = DoiLookup.objects.create(doi=doi)
    ask_crossref.enqueue(str(lookup.pk), translation.get_language() or "en")
    lookup.refresh_from_db()
    return said_of(lookup, request)


@require_GET
def answer(request: HttpRequest, key: Any) -> JsonResponse:
    """Give what is known by now of a DOI that was asked for."""
    check(request.user)
    return said_of(get_object_or_404(DoiLookup, pk=key), request)


def check(user: Any) -> None:
    """Raise PermissionDenied for who neither adds nor changes references."""
    if not (user.has_perm("references.add_reference") or user.has_perm("references.change_reference")):
        raise PermissionDenied


def said_of(lookup: DoiLookup, request: HttpRequest) -> JsonResponse:
    """Give a look-up as the form's script reads it."""
    here = Reference.objects.filter(doi__iexact=lookup.doi).first()
    edit = AdminURLFinder(request.user).get_edit_url(here) if here else None
    return JsonResponse(
        {
            "id": str(lookup.pk),
            "state": lookup.state,
            "problem": lookup.problem,
            "doi": lookup.doi,
            "here": {"title": str(here), "address": edit} if here and edit else None,
            **lookup.answer,
        },
        headers={"Cache-Control": "no-store"},
    )
