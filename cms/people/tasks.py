"""What is done for accounts where nobody waits for it."""

import logging

from django_tasks import task

from cms.people import services
from cms.people.models import Export, User

logger = logging.getLogger("respite.people")


@task()
def collect_export(key: int) -> None:
    """Collect an export. One that fails says so to whom it is for, and to the operator why."""
    export = Export.objects.filter(pk=key).select_related("user").first()
    if export is None:
        return
    try:
        services.collect(export)
    except Exception:
        Export.objects.filter(pk=key).update(state=Export.State.FAILED)
        logger.exception("an export could not be collected")


@task()
def erase_account(key: int) -> None:
    """Take a closed account away; done already is done."""
    user = User.objects.filter(pk=key, closed_at__isnull=False).first()
    if user is not None:
        services.erase(user)
