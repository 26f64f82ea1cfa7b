"""What is done after a review's transaction, by a worker where there is one."""

from typing import Any

from django_tasks import task

from cms.review.mail import deliver, read_back


@task()
def send(kept: dict[str, Any]) -> int:
    """Send one message. A mail server that refuses fails this task, which says so, and nothing else."""
    return deliver([read_back(kept)])
