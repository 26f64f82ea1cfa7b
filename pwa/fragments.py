"""Keeping fragments: drawn when an entry changes, in the same transaction, and again after the templates changed."""

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from api.library.models import Entry
from cms.publishing.services import next_revision, one_writer
from pwa.drawing import DRAWN_KINDS, draw, draw_in_other_languages, template_version
from pwa.models import Fragment

logger = logging.getLogger(__name__)

AT_A_TIME = 20


def keep(sender: type[Entry], entry: Entry, **kwargs: Any) -> None:
    """Draw an entry that was written, or let go of the fragment of one that was buried."""
    if entry.deleted or entry.kind not in DRAWN_KINDS:
        Fragment.objects.filter(pk=entry.pk).delete()
        return
    drawn = draw(entry.kind, entry.data)
    others = draw_in_other_languages(entry.kind, entry.data)
    Fragment.objects.update_or_create(
        pk=entry.pk, defaults={"template_version": template_version(), "others": others, **drawn._asdict()}
    )


def outdated() -> QuerySet[Entry]:
    """Give the entries whose fragment was drawn by other templates, or never."""
    current = Fragment.objects.filter(entry=OuterRef("pk"), template_version=template_version())
    return Entry.objects.existing().filter(~Exists(current), kind__in=DRAWN_KINDS).order_by("revision")


def renew(every: bool = False, progress: Callable[[int], None] = lambda done: None) -> int:
    """Draw outdated fragments again, a few in a transaction, and give how many.

    Each counts as a change of its entry, so that phones fetch it; until then the old fragment is shown.
    With ``every`` those of these templates are drawn again too.
    """
    wanted = Entry.objects.existing().filter(kind__in=DRAWN_KINDS).order_by("revision") if every else outdated()
    keys = list(wanted.values_list("pk", flat=True))
    done = 0
    for start in range(0, len(keys), AT_A_TIME):
        with one_writer():
            for entry in Entry.objects.existing().filter(pk__in=keys[start : start + AT_A_TIME]).order_by("revision"):
                # The entry says what it said before; only its turn in the feed is new.
                Entry.objects.filter(pk=entry.pk).update(revision=next_revision())
                keep(Entry, entry)
                done += 1
        progress(done)
    if done:
        logger.info("%d fragments were drawn again by templates %s", done, template_version())
    return done
