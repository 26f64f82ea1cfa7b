"""What is done about consultations where nobody waits for it."""

from django_tasks import task

from cms.consultations import telling


@task()
def tell_times(key: int) -> None:
    """Tell readers of a specialist's times as they are now."""
    telling.tell(key)
