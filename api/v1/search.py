"""Search over everything published. What is searched for is neither logged nor kept by anybody."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.throttling import AnonRateThrottle

from api.library import search
from api.v1 import parameters, representation, shapes
from api.v1.documentation import THROTTLED, documented
from api.v1.pagination import link
from api.v1.reading import ReadView

PAGE = 20
DEEPEST = 1000  # nobody reads further, and every page counts from the beginning


class SearchThrottle(AnonRateThrottle):
    """Search costs more than a read."""

    rate = "120/min"
    scope = "search"


class SearchView(ReadView):
    """Search."""

    throttle_classes = (SearchThrottle,)
    parameters = (
        parameters.words("q", search.LONGEST_QUERY, "Finds what has all these words, or words that begin with them."),
        parameters.choice("kind", search.SEARCHABLE, "Only things of one kind."),
        parameters.integer("cursor", 0, DEEPEST, 0, "Leave it to the links `next` and `previous`."),
    )

    @documented(
        "search", "What has all the words, best first.", shapes.SearchResults, parameters, THROTTLED, cached=False
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        start = given["cursor"]
        kinds = [given["kind"]] if given["kind"] else search.SEARCHABLE
        found = search.find(given["q"], moment=timezone.now(), kinds=kinds, offset=start, limit=PAGE)
        asked = {key: value for key, value in request.GET.items() if key != "cursor"}
        following = str(start + PAGE) if found.more and start + PAGE <= DEEPEST else None
        return representation.answer_private(
            {
                "query": given["q"],
                "results": [result(hit) for hit in found.hits],
                "next": link(request.path, asked, following),
                "previous": link(request.path, asked, str(max(0, start - PAGE)) if start else None),
            }
        )


def result(hit: search.Hit) -> dict[str, Any]:
    """Give a hit as the API shows it."""
    return {key: value for key, value in asdict(hit).items() if key != "published_at"}
