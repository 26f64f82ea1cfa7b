"""What fills the slots of a page, read from the library: a fixed number of queries, however much there is."""

from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any

from django.db.models import Count

from api.library.models import Entry, EntryQuerySet, Facet, Kind
from api.library.queries import current
from pwa import compose
from pwa.drawing import draw
from pwa.frame import Frame
from pwa.models import Fragment

FACETS = {"topic": "topic", "author": "author"}


class Shelf:
    """The library at one moment, as one page asks for it. ``number`` is the page of a long list."""

    def __init__(self, frame: Frame, now: datetime, number: int = 1, country: str = "") -> None:
        self.frame = frame
        self.now = now
        self.number = number
        self.country = country
        self.counted: dict[str, int] = {}

    def fills(self, main: str) -> dict[str, str]:
        """Give what fills the slots of a main, and the slots within that."""
        fills = {slot: self.fill(slot) for slot in compose.wanted(main)}
        inner = {slot for filled in fills.values() for slot in compose.wanted(filled)} - fills.keys()
        return fills | {slot: self.fill(slot) for slot in inner}

    def fill(self, slot: str) -> str:
        """Give what fills one slot; nothing for one that is unheard of."""
        name, words, values = compose.parse(slot)
        match name:
            case "banners":
                return self.banner(*words)
            case "latest":
                return compose.latest(self.cards(self.articles({}), 0, compose.LATEST))
            case "articles":
                return self.listed(values)
            case "count":
                return str(self.count(values))
            case "topics":
                return compose.topics(self.topics())
            case "helplines":
                return compose.helplines(self.helplines, self.country or values.get("first", ""))
            case "countries":
                return compose.countries(self.helplines, self.country or self.frame.country)
            case "support":
                return compose.support(self.frame.support)
            case "crisis":
                return escape(self.frame.crisis_note)
        return ""

    def articles(self, values: dict[str, str]) -> EntryQuerySet:
        """Give the articles that carry a facet, or all, newest first."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.ARTICLE)
        for name, value in values.items():
            running = running.having(FACETS[name], value)
        return running.order_by("-published_at", "id")

    def cards(self, entries: EntryQuerySet, start: int, end: int) -> list[str]:
        """Give the cards of entries; one that names something which has ended is drawn anew."""
        unread = ("body", "body_gzip", "body_br", "text", "data", "card", "fragment__html", "fragment__head")
        rows = entries.select_related("fragment").defer(*unread)[start:end]
        return [card for row in rows if (card := self.card(row))]

    def card(self, entry: Entry) -> str:
        """Give the card of an entry as it is to be read now."""
        if entry.good_until is not None and entry.good_until <= self.now:
            return draw(entry.kind, current(entry, self.now).data).card
        fragment = getattr(entry, "fragment", None)
        return fragment.card if fragment else ""

    def listed(self, values: dict[str, str]) -> str:
        """Give one page of a list of articles."""
        size = compose.CARDS_ON_A_PAGE
        cards = self.cards(self.articles(values), (self.number - 1) * size, self.number * size)
        return compose.articles(cards, self.number, self.count(values))

    def count(self, values: dict[str, str]) -> int:
        """Count articles: of a topic, of an author, or all."""
        if "topic" in values:
            return self.topic_counts.get(values["topic"], 0)
        if (author := values.get("author", "")) not in self.counted:
            self.counted[author] = self.articles(values).order_by().count()
        return self.counted[author]

    @cached_property
    def topic_counts(self) -> dict[str, int]:
        """Count the articles of every topic that has any."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.ARTICLE)
        carried = Facet.objects.filter(name="topic", entry__in=running)
        return dict(carried.values_list("value").annotate(many=Count("entry")))

    def topics(self) -> list[str]:
        """Give the cards of topics that have articles, by title."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.TOPIC, slug__in=self.topic_counts)
        rows = running.values_list("title", "id", "fragment__card")
        by_title = sorted(rows, key=lambda row: (row[0].lower(), str(row[1])))
        return [card for _title, _id, card in by_title if card]

    @cached_property
    def helplines(self) -> list[dict[str, Any]]:
        """Give what stands under Help now."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.HELPLINE)
        return [{**(data or {}), "card": card or ""} for data, card in running.values_list("data", "fragment__card")]

    def banner(self, placement: str, audience: str, topics: str) -> str:
        """Give the banner that stands in a slot now."""
        chosen = compose.choose_banner(self.banners, placement, audience, compose.banner_topics(topics), self.now)
        if chosen is None:
            return ""
        return Fragment.objects.filter(pk=chosen["id"]).values_list("html", flat=True).first() or ""

    @cached_property
    def banners(self) -> list[dict[str, Any]]:
        """Give the banners that run now."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.BANNER)
        return [data for data in running.values_list("data", flat=True) if data]
