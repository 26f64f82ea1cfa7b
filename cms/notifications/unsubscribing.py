"""The way out of letters: a token for each person and kind that holds for as long as the account does.

It is signed and kept nowhere, opens nothing but this one switch, and needs no log-in (RFC 8058).
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cms.notifications.kinds import Kind, kind_of
from cms.notifications.models import How
from cms.notifications.preferences import choose, leave_digest
from cms.people.models import User

SALT = "respite: the way out of letters"
DIGEST = 0  # in place of a kind's number


@dataclass(frozen=True)
class Letters:
    """The letters of one kind, or the digests (``kind`` is None), to one person."""

    user: User
    kind: Kind | None


def token_for(user: User, kind: Kind | None) -> str:
    """Give the token by which somebody's letters of a kind, or their digests, end."""
    number = kind.number if kind else DIGEST
    return signing.Signer(salt=SALT).sign_object([user.public_id.hex, number])


def address_for(user: User, kind: Kind | None) -> str:
    """Give the whole address of the way out."""
    return f"{settings.ORIGIN}{reverse('stop_letters', args=[token_for(user, kind)])}"


def letters_of(token: str) -> Letters | None:
    """Give what a token is about; nothing for one that we have not made, or whose account is gone."""
    try:
        public_id, number = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    kind = kind_of(number)
    return Letters(user, kind) if user and (kind or number == DIGEST) else None


def stop(letters: Letters) -> None:
    """End them."""
    if letters.kind is None:
        leave_digest(letters.user)
    else:
        choose(letters.user, letters.kind, How.NEVER)
