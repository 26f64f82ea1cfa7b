"""The house rules of published models hold, and notice who breaks them."""

from types import SimpleNamespace
from typing import Any

from django.core.checks import run_checks
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.articles.models import Article
from cms.publishing.checks import faults_of
from cms.references.models import Reference


def codes(*models: type[Any]) -> list[str | None]:
    return [fault.id for fault in faults_of(models)]


def test_our_models__keep_the_house_rules() -> None:
    assert not [fault for fault in run_checks() if str(fault.id).startswith("respite.")]


def test_page_without_identity__is_named() -> None:
    assert codes(Page) == ["respite.E001", "respite.E002"]


def test_page_whose_copies_keep_its_id__is_named(monkeypatch: Any) -> None:
    monkeypatch.setattr(Article, "exclude_fields_in_copy", ["withdrawal_reason"])
    assert codes(Article) == ["respite.E002"]


def test_snippet_with_wagtails_own_admin__is_named(monkeypatch: Any) -> None:
    assert codes(Reference) == []
    monkeypatch.setattr(Reference, "snippet_viewset", object.__new__(SnippetViewSet))
    assert codes(Reference) == ["respite.E003"]


def test_model_that_is_not_published__is_passed_over() -> None:
    assert codes(SimpleNamespace) == []


def test_drafted_model_without_rules__is_named() -> None:
    assert codes(
        type("Bare", (DraftStateMixin,), {"__module__": __name__, "Meta": type("Meta", (), {"abstract": True})})
    ) == ["respite.E001"]
