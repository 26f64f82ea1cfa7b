"""`manage.py notifications`: what is told by the clock, and the key by which devices are told."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from cms.notifications import services
from cms.notifications.push.delivery import deliver_due
from cms.notifications.push.subscriptions import forget_with_other_keys
from cms.notifications.push.vapid import new_key


class Command(BaseCommand):
    """Sends the day's digests and what push services have not taken yet. The scheduler runs ``sweep`` every minute."""

    help = (
        "sweep: send the digests of the day, tell devices that could not be told before, and forget those that were "
        "told another key. key: print a new key for VAPID_PRIVATE_KEY."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", choices=["sweep", "key"])

    def handle(self, *arguments: Any, action: str, **options: Any) -> None:
        if action == "key":
            self.stdout.write(new_key())
            return
        if digests := services.send_digests():
            self.stdout.write(f"{digests} digests were sent")
        if again := deliver_due():
            self.stdout.write(f"{again} devices were due to be told again")
        if others := forget_with_other_keys():
            self.stdout.write(f"{others} devices that were told another key are forgotten")
        services.forget_old()
