"""What Respite keeps about the person behind an account: all of it for them to take along, and gone when they go.

Every app that keeps something of a person says so here, with :func:`holds`; what is only kept as a row that goes with
the account (``on_delete=CASCADE``) needs to be told, but not to be erased. Rights: GDPR, articles 15, 17 and 20.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cms.people.models import User

Collect = Callable[[User], Any]
Erase = Callable[[User], None]


@dataclass(frozen=True)
class Holding:
    """One kind of thing that is kept about a person.

    ``collect`` gives it as plain values, as JSON has them; ``erase`` takes away what would outlast the account's row.
    """

    name: str
    title: Any
    collect: Collect
    erase: Erase | None = None


_holdings: dict[str, Holding] = {}


def holds(name: str, title: Any, erase: Erase | None = None) -> Callable[[Collect], Collect]:
    """Register a function that gives what an app keeps of a person; ``title`` is what the person calls it."""

    def register(collect: Collect) -> Collect:
        _holdings[name] = Holding(name, title, collect, erase)
        return collect

    return register


def erase_holdings(user: User) -> None:
    """Take away what would outlast an account's row, or would take what is others' with it."""
    for holding in holdings():
        if holding.erase is not None:
            holding.erase(user)


def holdings() -> list[Holding]:
    """Give everything that is kept about people, in the order in which it was registered."""
    return list(_holdings.values())
