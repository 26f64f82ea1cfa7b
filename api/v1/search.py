"""Search over everything published. What is searched for is neither logged nor kept by anybody."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.throttling import AnonRateThrottle

from api.library import search
from api.library.search.asking import Answer, ask
from api.library.search.suggestions import suggest
from api.library.words import LONGEST_QUERY
from api.v1 import parameters, representation, shapes
from api.v1.documentation import THROTTLED, documented
from api.v1.pagination import link
from api.v1.reading import ReadView
from api.v1.views import LANGUAGE, TOPIC

PAGE = 20
DEEPEST = 1000  # nobody reads further, and every page counts from the beginning


class SearchThrottle(AnonRateThrottle):
    """Search costs more than a read."""

    rate = "120/min"
    scope = "search"


class SuggestionThrottle(AnonRateThrottle):
    """Somebody types faster than they search."""

    rate = "300/min"
    scope = "suggestions"


class SearchView(ReadView):
    """Search."""

    throttle_classes = (SearchThrottle,)
    parameters = (
        parameters.words(
            "q",
            LONGEST_QUERY,
            "Finds what has all these words, or words that begin with them; a phrase in quotes is found word for word.",
        ),
        parameters.choice("kind", search.SEARCHABLE, "Only things of one kind."),
        TOPIC,
        LANGUAGE,
        parameters.choice("exact", ["true", "false"], "`true` leaves slips as they are.", "false"),
        parameters.integer("cursor", 0, DEEPEST, 0, "Leave it to the links `next` and `previous`."),
    )

    @documented(
        "search", "What has all the words, best first.", shapes.SearchResults, parameters, THROTTLED, cached=False
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        answer = ask(
            given["q"],
            moment=timezone.now(),
            exact=given["exact"] == "true",
            kind=given["kind"],
            topic=given["topic"],
            language=given["language"],
            offset=given["cursor"],
            limit=PAGE,
        )
        return representation.answer_private(content(answer) | pages(request, answer, given["cursor"]))


class SuggestionsView(ReadView):
    """Suggestions while somebody types."""

    throttle_classes = (SuggestionThrottle,)
    parameters = (
        parameters.words("q", LONGEST_QUERY, "What was typed so far: suggestions begin with its second letter."),
        LANGUAGE,
    )

    @documented(
        "suggest", "What may be meant, while it is typed.", shapes.Suggestions, parameters, THROTTLED, cached=False
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        suggestions = suggest(given["q"], moment=timezone.now(), language=given["language"])
        return representation.answer_private(
            {"query": given["q"], "suggestions": [asdict(suggestion) for suggestion in suggestions]}
        )


def content(answer: Answer) -> dict[str, Any]:
    """Give an answer as the API shows it, without the links to its neighbours."""
    return {
        "query": answer.query,
        "shown_for": answer.shown_for,
        "did_you_mean": answer.did_you_mean,
        "total": answer.found.total,
        "counts": answer.found.counts,
        "promoted": [promotion(one) for one in answer.promoted],
        "results": [result(hit) for hit in answer.found.hits],
    }


def promotion(data: dict[str, Any]) -> dict[str, Any]:
    """Give what editors put first, without the words that called for it."""
    return {name: value for name, value in data.items() if name not in ("phrases", "priority")}


def result(hit: search.Hit) -> dict[str, Any]:
    """Give a hit as the API shows it."""
    return {key: value for key, value in asdict(hit).items() if key != "published_at"}


def pages(request: HttpRequest, answer: Answer, start: int) -> dict[str, str | None]:
    """Give the links to the pages before and after this one."""
    asked = {key: value for key, value in request.GET.items() if key != "cursor"}
    following = str(start + PAGE) if answer.found.more and start + PAGE <= DEEPEST else None
    return {
        "next": link(request.path, asked, following),
        "previous": link(request.path, asked, str(max(0, start - PAGE)) if start else None),
    }
