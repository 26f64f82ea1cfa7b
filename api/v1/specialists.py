"""Specialists, in the order of the day, which is the same for everybody."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api.library import queries
from api.library.models import Entry, Kind
from api.v1 import pagination, parameters, reading, shapes
from api.v1.documentation import NOT_HERE, documented
from api.v1.problems import InvalidParameters
from api.v1.views import SlugView, with_facet
from cms.specialists import rule
from cms.specialists.choices import LANGUAGES, Band, Modality, Way

FILTERS = (
    parameters.slug("topic", "The slug of a topic, in any language."),
    parameters.choice("language", LANGUAGES, "A language that conversations may be in, ISO 639-1."),
    parameters.choice("modality", Modality.values, "How somebody works."),
    parameters.choice("way", Way.values, "How somebody meets people."),
    parameters.pattern("country", "[A-Z]{2}", "Use two capital letters, such as GB.", "ISO 3166-1 alpha-2."),
    parameters.choice("fee", Band.values, "Roughly what a session costs."),
    parameters.choice("reduced_fee", ["true"], "Only those with places at a reduced fee."),
    parameters.choice("offers_consultation", ["true"], "Only those who offer a free first consultation."),
)
DAY_AND_PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{1,6})")


class Place(NamedTuple):
    """Where a page begins: so many people from the top, in the order of a day."""

    day: datetime
    start: int

    def text(self) -> str:
        """Give the cursor as it stands in an address."""
        told = f"{self.day.date().isoformat()}/{self.start}"
        return urlsafe_b64encode(told.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Place":
        """Read a cursor; raise :class:`InvalidParameters` where it is none."""
        try:
            found = DAY_AND_PLACE.fullmatch(urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode())
            if found is None:
                raise ValueError(text)
            return cls(datetime.combine(datetime.fromisoformat(found[1]).date(), time.min, UTC), int(found[2]))
        except ValueError as error:
            raise InvalidParameters({"cursor": ["Use a cursor as next or previous gave it."]}) from error


class SpecialistListView(reading.ReadView):
    """Verified specialists, as cards."""

    parameters = (*FILTERS, reading.LIMIT, reading.CURSOR)

    @documented(
        "list_specialists",
        "Verified specialists, in the order of the day: who is featured, then the others, by lot.",
        shapes.SpecialistList,
        parameters,
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        now = timezone.now()
        # Whoever reads on after midnight reads on in the order in which they began.
        place = Place.read(given["cursor"]) if given["cursor"] else Place(now, 0)
        moment = place.day if place.day.date() != now.date() else now
        ordered = rule.order(people(now), moment)
        wanted = set(fitting(now, given).values_list("pk", flat=True))
        found = [one for one in ordered if one["pk"] in wanted]
        start, limit = place.start, given["limit"]
        shown = found[start : start + limit]
        asked = {key: value for key, value in request.GET.items() if key != "cursor"}

        def link(at: int) -> str | None:
            return pagination.link(request.path, asked, Place(place.day, at).text())

        return reading.answer_list(
            request,
            [one["card"] for one in shown],
            min(queries.max_age(now, [Kind.SPECIALIST]), queries.seconds_until([rule.next_day(now)], now)),
            next=link(start + limit) if start + limit < len(found) else None,
            previous=link(max(0, start - limit)) if start > 0 else None,
        )


def people(now: datetime) -> list[dict[str, Any]]:
    """Give everybody who is listed, as the rule takes them. One query."""
    rows = Entry.objects.running_at(now).filter(kind=Kind.SPECIALIST).values_list("pk", "card")
    return [{"pk": pk, "id": str(pk), "featured": json.loads(card)["featured"], "card": card} for pk, card in rows]


def fitting(now: datetime, given: dict[str, Any]) -> QuerySet[Entry]:
    """Give those whom the filters leave."""
    found: QuerySet[Entry] = Entry.objects.running_at(now).filter(kind=Kind.SPECIALIST)
    for filter_ in FILTERS:
        if given[filter_.name]:
            found = found.filter(with_facet(filter_.name, given[filter_.name]))
    return found


class SpecialistView(SlugView):
    """One specialist."""

    kind = Kind.SPECIALIST

    @documented(
        "get_specialist", "One verified specialist.", shapes.Specialist, SlugView.parameters, NOT_HERE, moves=True
    )
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.answer_slug(request, slug)
