"""`manage.py accounts`: takes away what of accounts is kept no longer, and seals anew after a change of keys."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from cms.people import services
from cms.people.models import Export
from cms.people.sessions import forget_ended


class Command(BaseCommand):
    """Keeps accounts no longer than was promised. The scheduler runs ``sweep`` every minute."""

    help = (
        f"sweep: take away exports older than {Export.KEPT.days} days, accounts that were closed, and sign-ups whose "
        f"address was not confirmed within {services.UNCONFIRMED_KEPT.days} days. "
        "reseal: seal every secret anew with the first of SEALING_KEYS."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", choices=["sweep", "reseal"])

    def handle(self, *arguments: Any, action: str, **options: Any) -> None:
        if action == "reseal":
            self.stdout.write(f"{services.reseal_all()} things were sealed anew")
            return
        if exports := services.forget_exports():
            self.stdout.write(f"{exports} exports were taken away")
        if accounts := services.erase_closed():
            self.stdout.write(f"{accounts} closed accounts were deleted")
        if unconfirmed := services.forget_unconfirmed():
            self.stdout.write(f"{unconfirmed} sign-ups that nobody confirmed were taken away")
        forget_ended()
