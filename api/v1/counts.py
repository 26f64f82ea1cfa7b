"""Taking in how often banners were shown and followed: sums that telephones made, from nobody in particular."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle

from api.v1 import representation, shapes
from api.v1.problems import CONTENT_TYPE, InvalidContent
from api.v1.reading import ReadView
from cms.banners import counting
from cms.banners.counting import Counted
from cms.banners.places import Placement

PLACES = [*Placement.values, counting.PROFILE]
LARGEST = 32 * 1024  # bytes
PROBLEMS = {
    400: (shapes.InvalidContent, "What was sent is not what is described here. Do not send it again."),
    406: (shapes.Problem, "The Accept header leaves out JSON."),
    415: (shapes.Problem, "Not sent as application/json."),
    429: (shapes.Problem, "Too many batches in a short time. Keep it, and send it later."),
    500: (shapes.Problem, "An error of ours. Keep it, and send it later."),
}


class CountsThrottle(AnonRateThrottle):
    """Counts batches by address for a minute, under a name from which nobody can read the address."""

    rate = "60/min"
    scope = "banner-counts"

    def get_ident(self, request: Request) -> str:
        return salted_hmac(self.scope, super().get_ident(request)).hexdigest()


class CountsView(ReadView):
    """Counts of banners. Looks at no session, sets no cookie, and keeps nothing about who sent them."""

    http_method_names = ("post", "options")  # type: ignore[misc]  # ReadView says the same
    parser_classes = (JSONParser,)
    throttle_classes = (CountsThrottle,)

    @extend_schema(
        operation_id="count_banners",
        summary="How often banners were shown and followed, as sums. Send no cookie: this is about nobody.",
        request=shapes.BannerCounts,
        responses={204: OpenApiResponse(description="Taken in, now or when it was sent before.")}
        | {
            (status, CONTENT_TYPE): OpenApiResponse(shape, description=text)
            for status, (shape, text) in PROBLEMS.items()
        },
        auth=[],
    )
    def post(self, request: Request) -> HttpResponse:
        self.read_parameters(request)
        batch, counted = read(content_of(request._request))
        counting.record(batch, counted)
        return representation.answer_nothing()


def content_of(request: HttpRequest) -> Any:
    """Give the JSON that was sent. A form of another site cannot send that type without asking first."""
    if request.content_type != "application/json":
        raise exceptions.UnsupportedMediaType(request.content_type or "")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise InvalidContent({"": [f"Send at most {LARGEST} bytes."]})
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise InvalidContent({"": ["Send JSON."]}) from None


def read(content: Any) -> tuple[UUID, list[Counted]]:
    """Read a batch, or raise what names everything that is wrong with it."""
    errors: dict[str, list[str]] = {}

    def given(part: Any, name: str, where: str, reader: Any, wanted: str) -> Any:
        try:
            return reader(part[name] if isinstance(part, dict) else None)
        except (KeyError, ValueError):
            errors[where + name] = [wanted]

    batch = given(content, "batch", "", uuid, "Use a uuid that is new for every batch.")
    entries = given(content, "counts", "", entries_of, f"Send a list of 1 to {counting.MOST_ENTRIES} counts.") or []
    counted = []
    for number, entry in enumerate(entries):
        where = f"counts.{number}."
        counted.append(
            Counted(
                given(entry, "banner", where, uuid, "Use the id of a banner."),
                given(entry, "placement", where, one_of(PLACES), "Use a placement."),
                given(entry, "event", where, one_of(events_of(entry)), "Use shown or followed; of a profile shown."),
                given(
                    entry, "day", where, day, f"Use a day (UTC) of the last {counting.TAKEN_FOR.days}, as 2026-11-02."
                ),
                given(
                    entry, "count", where, number_of_times, f"Use a whole number from 1 to {counting.MOST_IN_ENTRY}."
                ),
            )
        )
    if errors:
        raise InvalidContent(errors)
    return batch, counted


def uuid(value: Any) -> UUID:
    if not isinstance(value, str) or len(value) != 36:
        raise ValueError
    return UUID(value)


def entries_of(value: Any) -> list[Any]:
    if not isinstance(value, list) or not 1 <= len(value) <= counting.MOST_ENTRIES:
        raise ValueError
    return value


def events_of(entry: Any) -> Sequence[str]:
    """Name what can happen where something was: nobody follows a profile, which is the page itself."""
    is_profile = isinstance(entry, dict) and entry.get("placement") == counting.PROFILE
    return (counting.SHOWN,) if is_profile else counting.EVENTS


def one_of(choices: Sequence[str]) -> Any:
    def choice(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise ValueError
        return value

    return choice


def day(value: Any) -> date:
    if not isinstance(value, str) or len(value) != 10 or not counting.is_taken(date.fromisoformat(value)):
        raise ValueError
    return date.fromisoformat(value)


def number_of_times(value: Any) -> int:
    # A truth is a number to Python, and not to JSON.
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= counting.MOST_IN_ENTRY:
        raise ValueError
    return value
