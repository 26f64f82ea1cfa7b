"""What somebody sends us, once: however often it arrives, it is made one time.

A client names what it sends with a key of its own (`Idempotency-Key`). The key stands on what was made, so it lives
exactly as long.
"""

import json
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.people.models import User

SALT = "respite: what was sent with a key"


class KeyReused(Exception):
    """Raised where a key has been used before, for something else."""


class Written(models.Model):
    """Something that one person has sent, under the key it was sent with."""

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    idempotency_key = models.UUIDField(null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["author", "idempotency_key"], name="%(app_label)s_%(class)s_written_once")
        ]


W = TypeVar("W", bound=Written)


def written_once(
    model: type[W], author: User, key: UUID | None, content: Any, make: Callable[[dict[str, Any]], W]
) -> tuple[W, bool]:
    """Give what was made with a key, and whether that was just now.

    ``content`` is what was sent, as plain values; ``make`` takes the fields that say so (``author``,
    ``idempotency_key``, ``digest``) and gives the saved row. Everything it does commits together. Without a key it is
    made in any case. Raises :class:`KeyReused`, and what ``make`` raises.
    """
    if key is not None and (found := _found(model, author, key, content)):
        return found, False
    try:
        with transaction.atomic():
            return make({"author": author, "idempotency_key": key, "digest": digest_of(content)}), True
    except IntegrityError:
        # Somebody else has sent the same at the same moment, and was first.
        first = _found(model, author, key, content) if key is not None else None
        if first is None:
            raise
        return first, False


def _found(model: type[W], author: User, key: UUID, content: Any) -> W | None:
    found = model._default_manager.filter(author=author, idempotency_key=key).first()
    if found is not None and not is_of(found.digest, content):
        raise KeyReused
    return found


def digest_of(content: Any, secret: str | bytes | None = None) -> str:
    """Give what tells one content from another, and nothing about either to whoever has no key of ours."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return salted_hmac(SALT, plain, secret, algorithm="sha256").hexdigest()


def is_of(digest: str, content: Any) -> bool:
    """Say whether a digest is that of some content, made with the present secret key or one of those before it."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(digest, digest_of(content, secret)) for secret in secrets)
