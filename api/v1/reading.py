"""What every read of the API shares: who may ask, which parameters, and answers made of stored bytes."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from api.library import queries
from api.library.models import Entry, EntryQuerySet
from api.v1 import pagination, parameters, representation
from api.v1.parameters import Parameter
from api.v1.problems import Gone, not_found

ACCEPTABLE = {"application/json", "application/*", "*/*"}

CURSOR = Parameter(
    "cursor", str, {"type": "string"}, "Where a page begins: leave it to the links `next` and `previous`."
)
LIMIT = parameters.integer("limit", 1, 100, 20, "How many things a page has.")


class JsonOnly(BaseContentNegotiation):
    """Accepts whoever accepts JSON; a wrong Accept header is 406."""

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        accepted = request.META.get("HTTP_ACCEPT", "*/*")
        renderer = next(iter(renderers))
        if accepted == "*/*" or any(_wants_json(part) for part in accepted.split(",")):
            return renderer, "application/json"
        raise NotAcceptable


def _wants_json(part: str) -> bool:
    name, *attributes = (piece.strip().lower() for piece in part.split(";"))
    return name in ACCEPTABLE and not any(piece in ("q=0", "q=0.0", "q=0.00", "q=0.000") for piece in attributes)


class ReadView(APIView):
    """A view that is the same for everybody: it looks at no cookie and no session."""

    authentication_classes: ClassVar[Sequence[Any]] = ()
    permission_classes: ClassVar[Sequence[Any]] = ()
    renderer_classes: ClassVar[Sequence[Any]] = (JSONRenderer,)
    content_negotiation_class = JsonOnly
    http_method_names: ClassVar[Sequence[str]] = ("get", "head", "options")
    parameters: ClassVar[Sequence[Parameter]] = ()

    def read_parameters(self, request: HttpRequest) -> dict[str, Any]:
        """Give this view's parameters, or raise what names the wrong ones."""
        return parameters.read(request.GET, self.parameters)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say which methods there are."""
        response = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
        del response["Content-Type"]
        return response


class DetailView(ReadView):
    """One thing, exactly as it was stored."""

    def answer_entry(self, request: HttpRequest, found: QuerySet[Entry]) -> HttpResponse:
        """Answer with the living entry among these, or say that it is gone or never was. One query."""
        now = timezone.now()
        encoding = representation.choose_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        entry = found.order_by("deleted", "-revision").only(*STATE, STORED[encoding]).first()
        if entry is None or (not entry.deleted and entry.starts_at and entry.starts_at > now):
            return not_found()
        if not queries.is_running(entry, now):
            raise Gone(entry.reason, entry.replacement_path)
        entry = queries.current(entry, now)
        body = getattr(entry, STORED[encoding])
        return representation.answer(
            request, encoding, entry.etag, lambda: bytes(body), queries.entry_max_age(entry, now)
        )


def answer_list(
    request: HttpRequest, pieces: Iterable[str | bytes], max_age: int, next: str | None, previous: str | None
) -> HttpResponse:
    """Answer with a list joined from stored JSON."""
    joined = b",".join(piece.encode() if isinstance(piece, str) else bytes(piece) for piece in pieces)
    ends = json.dumps({"next": next, "previous": previous}, separators=(",", ":")).encode()
    return representation.answer_made(request, b'{"results":[' + joined + b"]," + ends[1:], max_age)


def answer_whole_list(request: HttpRequest, entries: Iterable[Entry], max_age: int) -> HttpResponse:
    """Answer with a list that is short by its nature, in one page."""
    return answer_list(request, [entry.body for entry in entries], max_age, next=None, previous=None)


class ListView(ReadView):
    """A page of a list, put together from stored pieces."""

    kind: ClassVar[str]
    column: ClassVar[str] = "body"

    def running(self) -> EntryQuerySet:
        """Give the entries of this kind that may be shown now."""
        return Entry.objects.running_at(timezone.now()).filter(kind=self.kind)

    def answer_page(
        self, request: HttpRequest, found: QuerySet[Entry], order: pagination.Order, given: dict[str, Any]
    ) -> HttpResponse:
        """Answer with the page that the cursor names. Two queries: the page, and when anything next begins or ends."""
        now = timezone.now()
        cursor = pagination.read_cursor(given["cursor"], order) if given["cursor"] else None
        page = pagination.page(found.only(*STATE, order.column, self.column), order, cursor, given["limit"])
        asked = {key: value for key, value in request.GET.items() if key != "cursor"}
        return answer_list(
            request,
            [getattr(entry, self.column) for entry in queries.current_all(page.entries, now)],
            queries.max_age(now, [self.kind]),
            next=pagination.link(request.path, asked, page.next),
            previous=pagination.link(request.path, asked, page.previous),
        )


STORED = {"br": "body_br", "gzip": "body_gzip", "identity": "body"}
STATE = ("id", "etag", "deleted", "starts_at", "ends_at", "good_until", "reason", "replacement_path")
