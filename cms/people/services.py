"""What people may do with their accounts beyond logging in: take everything along, and go."""

import json
import logging
from datetime import timedelta
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from cms.people.models import Export, User
from cms.people.rights import holdings
from cms.people.sealed import reseal_columns
from cms.people.sealing import reseal, seal, unseal

# How long somebody may take to confirm an address: the code itself holds for minutes.
UNCONFIRMED_KEPT = timedelta(days=2)
# What allauth seals of an authenticator's data: an app's secret, and what the recovery codes are made of.
ALLAUTH_SECRETS = frozenset({"secret", "seed"})

logger = logging.getLogger("respite.people")


def ask_for_export(user: User) -> Export:
    """Begin to collect everything about somebody anew; an earlier collection is thrown away."""
    from cms.people.tasks import collect_export

    with transaction.atomic():
        # Two that ask at once wait for each other.
        User.objects.select_for_update().get(pk=user.pk)
        Export.objects.filter(user=user).delete()
        export = Export.objects.create(user=user, total=len(holdings()))
        transaction.on_commit(partial(collect_export.enqueue, export.pk))
    return export


def collect(export: Export) -> None:
    """Collect what an export is of, a part at a time, so that its progress can be seen."""
    document: dict[str, Any] = {"collected_at": timezone.now().isoformat()}
    for number, holding in enumerate(holdings(), 1):
        document[holding.name] = holding.collect(export.user)
        Export.objects.filter(pk=export.pk).update(done=number)
    sealed = seal(json.dumps(document, ensure_ascii=False))
    Export.objects.filter(pk=export.pk).update(state=Export.State.READY, sealed=sealed)


def read_export(export: Export) -> dict[str, Any]:
    """Give what was collected. Raises what :func:`cms.people.sealing.unseal` raises."""
    document: dict[str, Any] = json.loads(unseal(export.sealed))
    return document


def forget_exports() -> int:
    """Take away the exports whose time is over; give how many there were."""
    _total, by_model = Export.objects.filter(asked_at__lte=timezone.now() - Export.KEPT).delete()
    return by_model.get("people.Export", 0)


def ask_for_deletion(user: User) -> None:
    """Close somebody's account for good: nobody is logged in to it from here on, and a task takes it away."""
    from cms.people.tasks import erase_account

    with transaction.atomic():
        user.is_active = False
        user.closed_at = timezone.now()
        user.save(update_fields=["is_active", "closed_at"])
        transaction.on_commit(partial(erase_account.enqueue, user.pk))


def erase(user: User) -> None:
    """Take an account away with everything that is kept about whose it was, also in public."""
    user.delete()
    logger.info("an account was deleted")


def erase_closed() -> int:
    """Take away the accounts that were closed and are still there, such as after a task that failed; give how many."""
    erased = 0
    for user in User.objects.filter(closed_at__isnull=False):
        try:
            erase(user)
            erased += 1
        except Exception:
            logger.exception("a closed account could not be deleted")
    return erased


def forget_unconfirmed() -> int:
    """Take away sign-ups whose address nobody has confirmed: it may be another's. Give how many there were."""
    stale = User.objects.filter(
        last_login=None, is_staff=False, groups=None, date_joined__lte=timezone.now() - UNCONFIRMED_KEPT
    )
    stale = stale.filter(emailaddress__isnull=False).exclude(emailaddress__verified=True).distinct()
    for user in stale:
        erase(user)
    return len(stale)


def reseal_all() -> int:
    """Seal everything anew with the first key, so that the others can be given up; give how many things there were."""
    with transaction.atomic():
        exports = list(Export.objects.select_for_update().exclude(sealed=""))
        for export in exports:
            export.sealed = reseal(export.sealed)
            export.save(update_fields=["sealed"])
        factors = list(Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN))
        for factor in factors:
            factor.data |= {name: reseal(factor.data[name]) for name in ALLAUTH_SECRETS & factor.data.keys()}
            factor.save(update_fields=["data"])
    return len(exports) + len(factors) + reseal_columns()
