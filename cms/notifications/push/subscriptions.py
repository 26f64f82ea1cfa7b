"""The devices on which people want to be told, and the topics they follow there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from cms.articles.models import Topic
from cms.notifications.models import FollowedTopic, PushSubscription
from cms.notifications.push.encryption import SECRET_LENGTH, WrongKeys, read_public_key
from cms.notifications.push.endpoints import hold_endpoint
from cms.notifications.push.vapid import decoded, public_key
from cms.people.models import User

# In a session: the device that it has begun to be told on, by which logging out finds it.
DEVICE = "push_device"


@dataclass(frozen=True)
class Told:
    """What a browser says of a subscription of its own; ``topics`` is None where it says nothing of them, ``before``
    names the one that it had."""

    endpoint: str
    p256dh: str
    auth: str
    device: str
    topics: Collection[str] | None = None
    before: str | None = None


def site_key() -> str:
    """Give the key that browsers hand to their push service; "" where this site has none, and so tells no device."""
    return public_key(settings.VAPID_PRIVATE_KEY)


def hold_keys(p256dh: str, auth: str) -> None:
    """Raise ``ValueError`` for keys of a browser that are none."""
    read_public_key(decoded(p256dh))
    if len(decoded(auth)) != SECRET_LENGTH:
        raise WrongKeys("The shared secret has 16 bytes.")


def subscribe(user: User, told: Told) -> PushSubscription:
    """Tell somebody on a device from here on; one that was another's is theirs now. Raises ``ValueError`` for an
    address that is no push service's, and for keys that are none."""
    hold_endpoint(told.endpoint)
    hold_keys(told.p256dh, told.auth)
    with transaction.atomic():
        digest = digest_of(told.endpoint)
        kept_topics = []
        # A browser whose push service has given it another address goes on as it was.
        others = PushSubscription.objects.filter(user=user).exclude(endpoint_digest=digest)
        if told.before and (found := others.filter(public_id=told.before).first()):
            kept_topics = [topic.digest for topic in found.topics.all()]
            found.delete()
        # Whose it was before, and what they followed there, is no longer anybody's business.
        PushSubscription.objects.filter(endpoint_digest=digest).exclude(user=user).delete()
        subscription, _made = PushSubscription.objects.update_or_create(
            endpoint_digest=digest,
            defaults={
                "user": user,
                "endpoint": told.endpoint,
                "p256dh": told.p256dh,
                "auth": told.auth,
                "device": told.device,
                "server_key": site_key(),
            },
        )
        if told.topics is not None:
            kept_topics = [topic_digest(slug) for slug in told.topics]
            subscription.topics.exclude(digest__in=kept_topics).delete()
        FollowedTopic.objects.bulk_create(
            [FollowedTopic(subscription=subscription, digest=one) for one in set(kept_topics)], ignore_conflicts=True
        )
        forget_oldest(user)
    return subscription


def forget_oldest(user: User) -> None:
    """Keep no more devices of one account than anybody has."""
    ordered = PushSubscription.objects.filter(user=user).order_by("-made_at", "-pk")
    PushSubscription.objects.filter(pk__in=list(ordered.values_list("pk", flat=True)[PushSubscription.MOST :])).delete()


def unsubscribe(user: User, endpoint: str) -> int:
    """Tell somebody no more on the device with this address; give how many there were."""
    return PushSubscription.objects.filter(user=user, endpoint_digest=digest_of(endpoint)).delete()[0]


def unsubscribe_device(user: User, device: UUID | str) -> int:
    """Tell somebody no more on a device, by its id; give how many there were."""
    return PushSubscription.objects.filter(user=user, public_id=device).delete()[0]


def forget_with_other_keys() -> int:
    """Take away the devices whose push service was told another key of ours than we have now; give how many."""
    key = site_key()
    return PushSubscription.objects.exclude(server_key=key).delete()[0] if key else 0


def digest_of(endpoint: str) -> str:
    """Give what an address is found by, from which nobody without our key can make it again."""
    return salted_hmac("respite: where a device is told", endpoint, algorithm="sha256").hexdigest()


def topic_digest(slug: str) -> str:
    """Give what a topic is found by among those that devices follow."""
    return salted_hmac("respite: a topic that is followed", slug, algorithm="sha256").hexdigest()


def followed_by(subscription: PushSubscription) -> list[str]:
    """Name the topics that a device follows, as far as they are still there."""
    digests = set(subscription.topics.values_list("digest", flat=True))
    slugs: Iterable[str] = Topic.objects.order_by("slug").values_list("slug", flat=True) if digests else ()
    return [slug for slug in slugs if topic_digest(slug) in digests]
