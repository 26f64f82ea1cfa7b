"""What fills the slots of a page, read from the library: a fixed number of queries, however much there is."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any
from uuid import UUID

from django.db.models import Count

from api.library.models import Entry, EntryQuerySet, Facet, Kind
from api.library.queries import current
from cms.banners import rule
from cms.helplines.countries import country_name
from cms.specialists import rule as specialist_rule
from pwa import compose, finding
from pwa.drawing import draw
from pwa.frame import Frame
from pwa.models import Fragment
from pwa.profile import facets_of

FACETS = {"topic": "topic", "author": "author"}


class Shelf:
    """The library at one moment, as one page asks for it. ``number`` is the page of a long list."""

    def __init__(
        self, frame: Frame, now: datetime, number: int = 1, country: str = "", asked: finding.Asked | None = None
    ) -> None:
        self.frame = frame
        self.now = now
        self.number = number
        self.country = country
        self.asked = asked or {}
        self.counted: dict[str, int] = {}

    def fills(self, main: str) -> dict[str, str]:
        """Give what fills the slots of a main, and the slots within that."""
        slots = compose.wanted(main)
        fills = {slot: self.fill(slot) for slot in slots} | self.banners(slots)
        inner = {slot for filled in fills.values() for slot in compose.wanted(filled)} - fills.keys()
        fills |= {slot: self.fill(slot) for slot in inner}
        return fills | self.conditions([main, *fills.values()])

    def conditions(self, pieces: Iterable[str]) -> dict[str, str]:
        """Give which conditions in some pieces of a page are true now."""
        named = {name for piece in pieces for name in compose.conditions(piece)}
        true = {f"featured/{key}/{campaign}" for key, campaign in self.featured.items()} if named else set()
        return {f"where {name}": "yes" for name in sorted(named & true)}

    def filled(self, html: str) -> str:
        """Give a piece of a page with its slots filled, those within what fills them too."""
        return compose.fill(html, self.fills(html), self.now)

    def fill(self, slot: str) -> str:
        """Give what fills one slot; nothing for one that is unheard of."""
        name, _words, values = compose.parse(slot)
        match name:
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
            case "specialists":
                return finding.listed(self.specialists, self.asked, self.frame.root, self.now, self.number)
            case "consultation":
                return compose.consultation(self.frame.support)
            case "support":
                return compose.support(self.frame.support)
            case "crisis":
                return escape(self.frame.crisis_note)
        return ""

    def articles(self, values: dict[str, str]) -> EntryQuerySet:
        """Give the articles that carry a facet, or all, newest first."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.ARTICLE, language=self.frame.language)
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
        running = Entry.objects.running_at(self.now).filter(kind=Kind.ARTICLE, language=self.frame.language)
        carried = Facet.objects.filter(name="topic", entry__in=running)
        return dict(carried.values_list("value").annotate(many=Count("entry")))

    def topics(self) -> list[str]:
        """Give the cards of topics that have articles, by title."""
        running = Entry.objects.running_at(self.now).filter(
            kind=Kind.TOPIC, language=self.frame.language, slug__in=self.topic_counts
        )
        rows = running.values_list("title", "id", "fragment__card")
        by_title = sorted(rows, key=lambda row: (row[0].lower(), str(row[1])))
        return [card for _title, _id, card in by_title if card]

    @cached_property
    def helplines(self) -> list[dict[str, Any]]:
        """Give what stands under Help now."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.HELPLINE)
        rows = running.values_list("data", "fragment__card", "fragment__others")
        return [self.helpline(data or {}, card or "", others or {}) for data, card, others in rows]

    def helpline(self, data: dict[str, Any], card: str, others: dict[str, Any]) -> dict[str, Any]:
        """Give a helpline in the language of the page."""
        other = others.get(self.frame.language)
        if other is None:
            return {**data, "card": card}
        return {**data, "card": other["card"], "country_name": country_name(data["country"])}

    @cached_property
    def specialists(self) -> list[dict[str, Any]]:
        """Give everybody who is listed, in no order, as :mod:`pwa.finding` takes them. One query."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.SPECIALIST)
        rows = running.values_list("id", "card", "fragment__card", "fragment__others")
        return [
            self.specialist(str(key), json.loads(card), drawn or "", others or {}) for key, card, drawn, others in rows
        ]

    def specialist(self, key: str, data: dict[str, Any], card: str, others: dict[str, Any]) -> dict[str, Any]:
        """Give somebody in the language of the page."""
        other = others.get(self.frame.language)
        return {
            "id": key,
            "featured": data["featured"],
            "facets": facets_of(data),
            "card": other["card"] if other else card,
        }

    @cached_property
    def featured(self) -> dict[str, str]:
        """Give who stands first today: the campaign by the id of the person."""
        return specialist_rule.featured(self.specialists, self.now)

    def banners(self, slots: list[str]) -> dict[str, str]:
        """Give what fills the banner slots among those of a page: each banner once, in the order of the page."""
        parsed = {slot: compose.parse(slot) for slot in slots}
        places = {slot: rule.Place.read(words) for slot, (name, words, _) in parsed.items() if name == "banners"}
        if not places:
            return {}
        chosen = dict(zip(places, rule.arrange(self.running_banners, places.values(), self.now), strict=True))
        return dict(self.offers({slot: banner["id"] for slot, banner in chosen.items() if banner}, places))

    def offers(self, chosen: dict[str, str], places: dict[str, rule.Place]) -> Iterator[tuple[str, str]]:
        """Set the fragments of banners, named by the slot in which each stands. One query, or none."""
        found = Fragment.objects.filter(pk__in=map(UUID, chosen.values())).values_list("pk", "html") if chosen else ()
        html = {str(key): text for key, text in found}
        for slot, banner in chosen.items():
            yield slot, compose.offer(html.get(banner, ""), places[slot].placement, banner)

    @cached_property
    def running_banners(self) -> list[dict[str, Any]]:
        """Give the banners that run now; asked for only where a page has places for them."""
        running = Entry.objects.running_at(self.now).filter(kind=Kind.BANNER, language=self.frame.language)
        return [data for data in running.values_list("data", flat=True) if data]
