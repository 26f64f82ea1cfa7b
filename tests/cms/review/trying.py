"""Trying the actions of one object as one role, each undone before the next."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from tests.cms.review.stage import Stage


def differences(
    stage: Stage, actions: Mapping[str, Callable[..., bool]], thing: str, role: str, cells: Mapping[str, str]
) -> str:
    """Give the cells of the table that are not so, in words."""
    found = []
    client = stage.client(role)
    for action, roles in cells.items():
        may = role in roles or "*" in roles
        with transaction.atomic():
            did: Any = actions[action](stage, client, stage.thing(thing, role))
            transaction.set_rollback(True)
        if did is not may:
            found.append(f"{role} {'can' if did else 'cannot'} {action} {thing}")
    return "; ".join(found)
