"""What is planned for banners: when each runs, in which version, and where two of them meet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from cms.banners import rule
from cms.banners.models import Banner
from cms.banners.places import Placement
from cms.banners.rule import Because


class State(models.TextChoices):
    """How far a banner is."""

    RUNNING = "running", gettext_lazy("Running")
    COMING = "coming", gettext_lazy("Begins later")
    DRAFT = "draft", gettext_lazy("Draft")
    OVER = "over", gettext_lazy("Over")


@dataclass(frozen=True)
class Plan:
    """A banner as it stands or is to stand: the public version, else the scheduled one, else the newest draft."""

    banner: Banner
    topics: tuple[str, ...]
    starts: datetime | None
    ends: datetime | None
    state: State
    titles: Mapping[str, str] = field(default_factory=dict, compare=False)  # of its topics, by slug

    @property
    def terms(self) -> dict[str, Any]:
        """Give what the rule asks of a banner."""
        return {
            "id": str(self.banner.public_id),
            "placements": self.banner.placements,
            "audience": self.banner.audience,
            "topics": self.topics,
            "starts_at": self.starts.isoformat() if self.starts else None,
            "ends_at": self.ends.isoformat() if self.ends else None,
            "priority": self.banner.priority,
        }

    @property
    def name(self) -> str:
        """Give what it is called; a draft says that it is one."""
        return _("%(banner)s (draft)") % {"banner": self.banner} if self.state == State.DRAFT else str(self.banner)

    @property
    def places(self) -> str:
        """Name its places."""
        return places_of(self.banner.placements)

    @property
    def topic_titles(self) -> str:
        """Name its topics."""
        return ", ".join(self.titles.get(slug, slug) for slug in self.topics)

    @property
    def period(self) -> str:
        """Say when it runs."""
        return period_of(self.starts, self.ends)

    def touches(self, start: datetime, end: datetime) -> bool:
        """Say whether it runs at some moment from a start until before an end."""
        return (self.starts is None or self.starts < end) and (self.ends is None or self.ends > start)


@dataclass(frozen=True)
class Overlap:
    """Two banners that could stand in the same place at the same time, and which of them does."""

    winner: Plan
    other: Plan
    because: Because
    placements: tuple[str, ...]
    topics: tuple[str, ...]
    starts: datetime | None
    ends: datetime | None

    @property
    def reason(self) -> str:
        """Say why the one stands and the other does not."""
        return {
            Because.PRIORITY: _("“%(winner)s” wins by priority."),
            Because.TOPIC: _("“%(winner)s” wins because it is for these topics and the other is for all."),
            Because.START: _("“%(winner)s” wins because it begins later."),
            Because.IDENTIFIER: _(
                "Nothing decides between them but chance, for “%(winner)s”: give one a higher priority."
            ),
        }[self.because] % {"winner": self.winner.name}

    @property
    def scope(self) -> str:
        """Say where they meet."""
        places = places_of(self.placements)
        if not self.topics:
            return places
        titles = {**self.other.titles, **self.winner.titles}
        named = ", ".join(titles.get(slug, slug) for slug in self.topics)
        return _("%(places)s, on pages about %(topics)s") % {"places": places, "topics": named}

    def sentence(self, about: Banner | None = None) -> str:
        """Say it all; ``about`` is the banner that somebody is looking at."""
        other = self.winner if about is not None and self.other.banner.pk == about.pk else self.other
        one = self.other if other is self.winner else self.winner
        values = {
            "period": period_of(self.starts, self.ends),
            "one": one.name,
            "other": other.name,
            "scope": self.scope,
            "reason": self.reason,
        }
        if about is None:
            text = _("%(period)s: “%(one)s” and “%(other)s” stand in the same place (%(scope)s). %(reason)s")
        else:
            text = _("%(period)s it stands in the same place as “%(other)s” (%(scope)s). %(reason)s")
        return text % values


def places_of(placements: Iterable[str]) -> str:
    """Name places, in the order in which they are offered."""
    chosen = set(placements)
    return ", ".join(str(place.label) for place in Placement if place in chosen)


def period_of(starts: datetime | None, ends: datetime | None) -> str:
    """Say from when until when, in days of the reader's own time."""
    first, last = (day_of(starts) if starts else ""), (day_of(ends) if ends else "")
    if first and last:
        return _("From %(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("From %(first)s on") % {"first": first}
    return _("Until %(last)s") % {"last": last} if last else _("Always")


def day_of(moment: datetime) -> str:
    """Write a moment as its day, and its time where it is not the beginning of the day."""
    local = timezone.localtime(moment)
    return date_format(local, "j F Y" if (local.hour, local.minute) == (0, 0) else "j F Y, H:i")


def plans(now: datetime) -> list[Plan]:
    """Give the plans of all banners, by name. Queries: three, and a few for each that is not public."""
    scheduled = {
        revision.object_id: revision
        for revision in Revision.objects.filter(
            content_type=ContentType.objects.get_for_model(Banner), approved_go_live_at__isnull=False
        )
    }
    topics: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Banner.topics.through.objects.order_by("topic__slug")
    for key, slug, title in rows.values_list("banner", "topic__slug", "topic__title"):
        topics[key][slug] = title
    found = Banner.objects.select_related("latest_revision", "call_to_action_page").order_by("name", "pk")
    return [_plan(banner, scheduled.get(str(banner.pk)), topics[banner.pk], now) for banner in found]


def _plan(banner: Banner, scheduled: Revision | None, topics: Mapping[str, str], now: datetime) -> Plan:
    if banner.live:
        return _planned(banner, topics, None, now)
    if scheduled is not None:
        return plan_of(scheduled.as_object(), now, goes_live_at=scheduled.approved_go_live_at)
    draft = banner.latest_revision.as_object() if banner.latest_revision else banner
    return plan_of(draft, now)


def plan_of(version: Banner, now: datetime, goes_live_at: datetime | None = None) -> Plan:
    """Give the plan of one version of a banner, such as a form holds."""
    topics = {topic.slug: topic.title for topic in version.topics.all()} if version.pk or version.topics else {}
    return _planned(version, topics, goes_live_at, now)


def _planned(version: Banner, topics: Mapping[str, str], goes_live_at: datetime | None, now: datetime) -> Plan:
    starts = max((start for start in (version.starts_at, goes_live_at) if start), default=None)
    ends = min((end for end in (version.ends_at, version.expire_at) if end), default=None)
    if ends is not None and ends <= now:
        state = State.OVER
    elif not version.live and goes_live_at is None:
        state = State.DRAFT
    else:
        state = State.COMING if starts is not None and starts > now else State.RUNNING
    return Plan(version, tuple(sorted(topics)), starts, ends, state, topics)


def overlaps(found: Iterable[Plan], now: datetime) -> Iterator[Overlap]:
    """Give every two of these plans that meet, from now on."""
    for one, other in combinations(found, 2):
        if (overlap := meeting(one, other)) and (overlap.ends is None or overlap.ends > now):
            yield overlap


def overlaps_of(plan: Plan, others: Iterable[Plan], now: datetime) -> list[Overlap]:
    """Give where one plan meets those of other banners, from now on."""
    pairs = (meeting(plan, other) for other in others if other.banner.pk != plan.banner.pk)
    return [overlap for overlap in pairs if overlap and (overlap.ends is None or overlap.ends > now)]


def meeting(one: Plan, other: Plan) -> Overlap | None:
    """Say where and when two plans meet, and by the rule which of them stands; None where they do not."""
    shared = set(one.banner.placements) & set(other.banner.placements)
    common = set(one.topics) & set(other.topics)
    readers = [(plan.banner.audience, plan.banner.locale_id) for plan in (one, other)]
    if not shared or readers[0] != readers[1] or (one.topics and other.topics and not common):
        return None
    starts = max((start for start in (one.starts, other.starts) if start), default=None)
    ends = min((end for end in (one.ends, other.ends) if end), default=None)
    if starts is not None and ends is not None and starts >= ends:
        return None
    winner, loser = sorted((one, other), key=lambda plan: rule.rank(plan.terms))
    topics = common or {*one.topics, *other.topics}
    placements = tuple(place for place in Placement.values if place in shared)
    because = rule.because(one.terms, other.terms)
    return Overlap(winner, loser, because, placements, tuple(sorted(topics)), starts, ends)
