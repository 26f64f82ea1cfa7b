"""What is done after a transaction, by a worker where there is one."""

from django_tasks import task

from api.library import dependents
from api.library.images import make_renditions
from api.library.search import index
from api.library.services import publish_entry
from cms.pictures.models import Picture
from cms.publishing.services import one_writer


@task()
def refresh_stale() -> int:
    """Build again what is marked; give how many entries were built."""
    return dependents.drain()


@task()
def publish_saved(app_label: str, model_name: str, key: int) -> None:
    """Publish what was saved as live without being published, such as by a script."""
    from django.apps import apps

    model = apps.get_model(app_label, model_name)
    with one_writer():
        source = model._default_manager.filter(pk=key).first()
        if source is not None:
            publish_entry(source)


@task()
def sweep_words() -> None:
    """Leave nothing in the search's index of what persons have taken back."""
    index.sweep_words()


@task()
def make_sizes(key: int) -> None:
    """Make a picture's renditions ahead of any article that will show it."""
    picture = Picture.objects.filter(pk=key).first()
    if picture is not None:
        make_renditions(picture)
