"""What is done about messages where nobody waits for it."""

from collections.abc import Iterable

from django.urls import reverse
from django_tasks import task

from cms.correspondence.models import Message
from cms.correspondence.services import ANSWER
from cms.notifications.kinds import Kind
from cms.notifications.services import notify
from cms.people.models import User


@task()
def tell(key: int) -> None:
    """Tell those who take part in a thread that somebody has written; never what, and never about what."""
    message = Message.objects.filter(pk=key).select_related("thread").first()
    if message is None:
        return
    thread = message.thread
    way = reverse("own_thread", args=[thread.public_id])
    for place in thread.places.exclude(user=message.author).select_related("user"):
        notify(place.user, Kind.MESSAGE, way)
    if thread.with_team and not message.from_team:
        for member in team():
            notify(member, Kind.TEAM, way)


def team() -> Iterable[User]:
    """Give those who answer readers; who may do everything need not hear of each."""
    return User.objects.who_may(ANSWER)
