"""The first page of the admin: what waits for whoever is looking, what is theirs, what ends or is due soon.

Every list asks for the same number of queries however long it is; ten are shown and all are counted.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry

from cms.articles.due import reviews_due, reviews_overdue
from cms.articles.models import Topic
from cms.banners.models import Banner
from cms.helplines.models import Helpline
from cms.people.models import Person
from cms.questions.services import may_moderate
from cms.questions.triage import queue
from cms.references.models import Reference
from cms.review.rows import SHOWN, Listing, Row, capital, edit_url, title, way_to
from cms.review.waiting import in_review, waiting

SOON = timedelta(days=14)
VERIFIED_FOR = timedelta(days=183)  # as the guide asks: every helpline at least twice a year
SNIPPETS = (Reference, Banner, Helpline, Topic, Person)


def listings(user: Any, now: datetime) -> list[Listing]:
    """Give the lists that concern somebody, in the order in which they are read."""
    pages = policy_registry.get_by_type(Page)
    writes = pages.user_has_any_permission(user, {"add", "change", "publish"})
    kinds = [kind for kind in SNIPPETS if _may(user, kind, {"change"})]
    found = [waiting(user), in_review(user)]
    if may_moderate(user):
        found.insert(0, _questions(user))
    if writes or kinds:
        found[1:1] = [_drafts(user, kinds)]
        found.append(_ends_and_starts(user, kinds, now))
    if writes:
        found.append(_due(user, now))
    if Helpline in kinds:
        found.append(_to_verify(user, now))
    return found


def _may(user: Any, model: Any, actions: set[str]) -> bool:
    return bool(policy_registry.get_by_type(model).user_has_any_permission(user, actions))


def _questions(user: Any) -> Listing:
    """Questions and answers that wait for a moderator, in the order in which they are to be read."""
    found = queue(user)
    rows = []
    for one in found[:SHOWN]:
        name = "questions_read_answer" if one.is_answer else "questions_read"
        note = _("Answer to read") if one.is_answer else _("Question to read")
        note = _("To be read first") if one.is_urgent else note
        rows.append(Row(one.title, reverse(name, args=[one.thing.pk]), note, one.since, pressing=one.is_urgent))
    return Listing("questions", _("Questions to moderate"), rows, len(found), _("No question waits for a moderator."))


# ---- Drafts ----------------------------------------------------------------------------------


def _drafts(user: Any, kinds: Iterable[Any]) -> Listing:
    """What somebody has begun or changed and not yet handed in: the newest of them, and all of them counted."""
    unfinished = Q(live=False) | Q(has_unpublished_changes=True)
    pages = Page.objects.filter(unfinished, owner=user).exclude(depth=1).exclude(pk__in=_handed_in(Page))
    count = pages.count()
    newest = pages.order_by("-latest_revision_created_at").defer_streamfields()[:SHOWN]
    found = [_draft(page, page.latest_revision_created_at) for page in newest]
    for kind in kinds:
        # An import leaves thousands of them at once: only those that are shown are loaded.
        changed = kind.objects.filter(unfinished, latest_revision__user=user).exclude(pk__in=_handed_in(kind))
        count += changed.count()
        latest = changed.select_related("latest_revision").order_by("-latest_revision__created_at", "-pk")[:SHOWN]
        found += [_draft(thing, thing.latest_revision.created_at) for thing in latest]
    found.sort(key=lambda row: row.when.timestamp() if isinstance(row.when, datetime) else 0, reverse=True)
    empty = _("You have no drafts. What you begin and do not hand in stands here.")
    return Listing("drafts", _("My drafts"), found[:SHOWN], count, empty)


def _handed_in(kind: Any) -> list[int]:
    """Give which things of a kind are on their way through review; what was sent back waits with its writer."""
    states = WorkflowState.objects.active()
    type_ = ContentType.objects.get_for_model(kind)
    return [int(key) for key in states.filter(base_content_type=type_).values_list("object_id", flat=True)]


def _draft(thing: Any, when: datetime | None) -> Row:
    kind = str(thing.specific_class._meta.verbose_name if isinstance(thing, Page) else thing._meta.verbose_name)
    note = _("%(kind)s, public, with changes") if thing.live else _("%(kind)s, never public")
    return Row(title(thing), edit_url(thing), capital(note % {"kind": kind}), when)


# ---- Soon ------------------------------------------------------------------------------------


def _ends_and_starts(user: Any, kinds: list[Any], now: datetime) -> Listing:
    """Public things that end within two weeks, and approved ones that begin within them."""
    soon = now + SOON
    pages = Page.objects.filter(policy_registry.get_by_type(Page).listed_for(user))
    sources: list[QuerySet[Any]] = [pages, *(kind.objects.all() for kind in kinds)]
    rows = []
    for things in sources:
        for thing in things.filter(live=True, expire_at__range=(now, soon)):
            rows.append(Row(title(thing), way_to(user, thing), _("Ends"), thing.expire_at, pressing=True))
    scheduled = Revision.objects.filter(approved_go_live_at__range=(now, soon)).order_by("approved_go_live_at")
    starting: dict[int, dict[str, datetime]] = {}
    for type_, key, moment in scheduled.values_list("base_content_type_id", "object_id", "approved_go_live_at"):
        starting.setdefault(type_, {})[key] = moment
    for things in sources:
        moments = starting.get(ContentType.objects.get_for_model(things.model).pk, {})
        for thing in things.filter(pk__in=moments) if moments else ():
            rows.append(Row(title(thing), way_to(user, thing), _("Begins"), moments[str(thing.pk)]))
    if Banner in kinds:
        rows += _banners_by_their_own_dates(now, soon)
    rows.sort(key=lambda row: row.when.timestamp() if isinstance(row.when, datetime) else 0)
    empty = _("Nothing begins or ends in the next two weeks.")
    return Listing("soon", _("Begins or ends soon"), rows[:SHOWN], len(rows), empty)


def _banners_by_their_own_dates(now: datetime, soon: datetime) -> list[Row]:
    """Public banners that are shown from or until a day within two weeks, which no schedule of pages knows."""
    live = Banner.objects.filter(live=True)
    begin = [(banner, _("Begins"), banner.starts_at, False) for banner in live.filter(starts_at__range=(now, soon))]
    end = [(banner, _("Ends"), banner.ends_at, True) for banner in live.filter(ends_at__range=(now, soon))]
    return [Row(title(banner), edit_url(banner), note, when, pressing) for banner, note, when, pressing in begin + end]


def _due(user: Any, now: datetime) -> Listing:
    """Public articles whose review is overdue, then those where it comes within a month."""
    overdue, due = reviews_overdue(now), reviews_due(now)
    rows = [_review_row(user, article, _("Review was due"), True) for article in overdue[:SHOWN]]
    rows += [_review_row(user, article, _("Review is due"), False) for article in due[: SHOWN - len(rows)]]
    empty = _("No review is due in the next month.")
    return Listing("due", _("Due for review"), rows, overdue.count() + due.count(), empty)


def _review_row(user: Any, article: Any, note: str, pressing: bool) -> Row:
    # Readers know these articles by their public title: a draft's is nobody's but its writer's.
    return Row(article.title, way_to(user, article), note, article.next_review_on, pressing)


def _to_verify(user: Any, now: datetime) -> Listing:
    """Public helplines that nobody has called, or looked up, for half a year."""
    since = timezone.localtime(now).date() - VERIFIED_FOR
    old = Helpline.objects.filter(Q(verified_on=None) | Q(verified_on__lt=since), live=True)
    rows = [
        Row(
            helpline.name,
            edit_url(helpline),
            f"{helpline.get_country_display()}: "
            + (_("last verified") if helpline.verified_on else _("never verified")),
            helpline.verified_on,
            pressing=helpline.verified_on is None,
        )
        for helpline in old.order_by("verified_on", "name", "pk")[:SHOWN]
    ]
    empty = _("Every helpline has been verified in the last half year.")
    return Listing("verify", _("Helplines to verify"), rows, old.count(), empty)
