"""What is done for an import by a worker where there is one, and by the waiting page where there is none."""

from django.utils import translation
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
from django_tasks.backends.immediate import ImmediateBackend

from cms.imports import services
from cms.imports.models import ReferenceImport

AT_ONCE = 50_000  # characters; about a hundred entries


@task()
def carry_on(key: int, language: str) -> int:
    """Go on with an import until it waits for somebody or is done; give how many entries are done."""
    with translation.override(language):
        return services.advance(key).done


def has_workers() -> bool:
    """Say whether a task is done elsewhere, and not within the request that asks for it."""
    return not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], ImmediateBackend)


def begin(record: ReferenceImport) -> None:
    """Have an import gone on with: by a worker, else by the page that shows it, unless it is a matter of a moment."""
    if has_workers():
        carry_on.enqueue(record.pk, translation.get_language() or "en")
    elif len(record.text) <= AT_ONCE:
        services.advance(record.pk, seconds=2)
