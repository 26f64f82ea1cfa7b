"""House rules of published models, checked whenever Django checks itself.

| id            | what it holds |
|---------------|---------------|
| respite.E001  | a page of ours is a PublishedPage, a drafted snippet a PublishedSnippet: identity, previews, rules |
| respite.E002  | a copy of a page gets a public id of its own |
| respite.E003  | the admin of a snippet is a PublishedViewSet, whose copies cannot be saved over the original |
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from wagtail.models import DraftStateMixin, Page

from cms.publishing.models import PublishedPage, PublishedSnippet
from cms.publishing.viewsets import PublishedViewSet

OURS = "cms."


@register()
def check_published_models(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Give an error for each of our models that is published without what published things share."""
    configs = app_configs or list(apps.get_app_configs())
    models = [model for config in configs if config.name.startswith(OURS) for model in config.get_models()]
    return list(faults_of(models))


def faults_of(models: Iterable[type[Any]]) -> Iterator[CheckMessage]:
    """Give what is wrong with some models; those that are not published are passed over."""
    for model in models:
        if issubclass(model, Page):
            yield from _faults_of_page(model)
        elif issubclass(model, DraftStateMixin):
            yield from _faults_of_snippet(model)


def _faults_of_page(model: type[Any]) -> Iterator[CheckMessage]:
    if not issubclass(model, PublishedPage):
        yield Error(f"{model.__name__} is published, but is no PublishedPage.", obj=model, id="respite.E001")
    if "public_id" not in model.exclude_fields_in_copy:
        hint = "Add PublishedPage.exclude_fields_in_copy to its own."
        yield Error(f"A copy of {model.__name__} would have its public_id.", hint=hint, obj=model, id="respite.E002")


def _faults_of_snippet(model: type[Any]) -> Iterator[CheckMessage]:
    if not issubclass(model, PublishedSnippet):
        yield Error(f"{model.__name__} is published, but is no PublishedSnippet.", obj=model, id="respite.E001")
    viewset = getattr(model, "snippet_viewset", None)
    if viewset is not None and not isinstance(viewset, PublishedViewSet):
        yield Error(f"The admin of {model.__name__} is no PublishedViewSet.", obj=model, id="respite.E003")
