"""``manage.py library …``: what an operator does with the published library."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Min, Q
from django.utils import timezone

from api.library.check import check
from api.library.models import Entry
from api.library.rebuild import rebuild
from api.library.services import begin_epoch
from api.library.sweep import sweep
from cms.publishing.services import ledger

BAR = 30  # characters


class Command(BaseCommand):
    """Status, sweep, check, rebuild and a new epoch."""

    help = "Looks after the published library: status, sweep, check, rebuild, new-epoch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="tell how the library stands")
        actions.add_parser("sweep", help="bury what has ended, build again what is marked; once a minute")
        actions.add_parser("check", help="compare every entry with its source; exit code 1 where something is wrong")
        rebuilding = actions.add_parser("rebuild", help="make every entry agree with its source")
        rebuilding.add_argument(
            "--from", dest="begin_at", default="", metavar="PLACE", help="go on where an interrupted run stopped"
        )
        actions.add_parser("new-epoch", help="after a restore: have every client start again from the beginning")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        doing = {
            "status": self.status,
            "sweep": self.sweep,
            "check": self.check_all,
            "rebuild": lambda: self.rebuild(options["begin_at"]),
            "new-epoch": self.new_epoch,
        }
        doing[action]()

    def status(self) -> None:
        """Tell how the library stands."""
        head, now = ledger(), timezone.now()
        self.stdout.write(f"revision {head.revision}, epoch {head.epoch}")
        counts = (
            Entry.objects.order_by("kind")
            .values_list("kind")
            .annotate(living=Count("pk", filter=Q(deleted=False)), buried=Count("pk", filter=Q(deleted=True)))
        )
        for kind, living, buried in counts:
            self.stdout.write(f"{kind:10} {living:6} published {buried:6} tombstones")
        marked = Entry.objects.exclude(stale_since=None).aggregate(number=Count("pk"), since=Min("stale_since"))
        self.stdout.write(
            f"{marked['number']} to be built again" + (f", since {marked['since']}" if marked["since"] else "")
        )
        over = Entry.objects.filter(Q(ends_at__lte=now) | Q(good_until__lte=now), deleted=False).count()
        self.stdout.write(f"{over} waiting for the next sweep")

    def sweep(self) -> None:
        """Do what time has brought."""
        swept = sweep()
        if swept.ended or swept.refreshed:
            self.stdout.write(str(swept))

    def check_all(self) -> None:
        """Name each difference; exit with 1 where one is wrong and not merely pending."""
        wrong = pending = 0
        for difference in check(self.progress("checked")):
            wrong, pending = wrong + (not difference.pending), pending + difference.pending
            self.stdout.write(f"{'pending' if difference.pending else 'WRONG'}  {difference}")
        self.stdout.write(f"{wrong} wrong, {pending} pending")
        if wrong:
            raise CommandError(
                "The library differs from what was published. Mend it: manage.py library rebuild", returncode=1
            )

    def rebuild(self, begin_at: str) -> None:
        """Make every entry agree with its source."""
        bar, place = self.progress("built"), begin_at

        def progress(done: int, total: int, at: str) -> None:
            nonlocal place
            place = at
            bar(done, total)

        try:
            done = rebuild(progress, begin_at)
        except ValueError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            again = f"manage.py library rebuild --from {place}" if place else "manage.py library rebuild"
            raise CommandError(f"Interrupted. Go on with: {again}") from error
        self.stdout.write(f"{done} looked at; the library stands at revision {ledger().revision}")

    def new_epoch(self) -> None:
        """Begin another history of revisions."""
        head = begin_epoch()
        self.stdout.write(f"epoch {head.epoch} begins at revision {head.revision}; every client starts again from 0")

    def progress(self, done_word: str) -> Any:
        """Give a function that draws a bar where somebody is watching."""
        stream = self.stderr
        watched = stream.isatty()

        def draw(done: int, total: int) -> None:
            if watched:
                filled = BAR * done // max(total, 1)
                ending = "\n" if done >= total else ""
                stream.write(f"\r[{'#' * filled:{BAR}}] {done} of {total} {done_word}", ending=ending)

        return draw
