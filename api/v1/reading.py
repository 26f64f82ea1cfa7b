"""What every read of the API shares: who may ask, which parameters, and answers made of stored bytes."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from api.library import queries, quick
from api.library.models import Entry
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
        return representation.answer_nothing()


class DetailView(ReadView):
    """One thing, exactly as it was stored."""

    kind: ClassVar[str]

    def answer_one(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Answer with what has this slug or id, or say where it went. One query where it is here."""
        now = timezone.now()
        encoding = representation.choose_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        row = quick.one(self.kind, STORED[encoding], **address)
        if row is None or not row.has_begun(now) or row.is_over(now):
            return self.answer_elsewhere(request, row, now, **address)
        etag, body, boundaries = row.etag, row.stored, (row.starts_at, row.ends_at, row.good_until)
        if not row.is_current(now):
            entry = queries.current(Entry.objects.get(pk=row.id), now)
            etag, body, boundaries = entry.etag, getattr(entry, STORED[encoding]), (entry.ends_at, entry.good_until)
        max_age = queries.seconds_until(boundaries, now)
        return representation.answer(request, encoding, etag, lambda: bytes(body), max_age)

    def answer_elsewhere(
        self,
        request: HttpRequest,
        row: quick.Row | None,
        now: datetime,
        language: str = "",
        slug: str = "",
        **other: Any,
    ) -> HttpResponse:
        """Answer for what is not here: lead on to its new slug, or say that it is gone or never was. One query."""
        former = queries.formerly(self.kind, language, slug) if slug else None
        if former is not None and queries.is_running(former, now):
            path = reverse(request.resolver_match.view_name, args=[former.slug]) if request.resolver_match else ""
            asked = request.META.get("QUERY_STRING", "")
            response = HttpResponsePermanentRedirect(path + (f"?{asked}" if asked else ""))
            response["Cache-Control"] = f"public, max-age={queries.entry_max_age(former, now)}"
            return response
        if row is not None and row.is_over(now):
            raise Gone(row.reason, row.replacement_path)
        if former is not None:
            raise Gone(former.reason, former.replacement_path)
        return not_found()


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
    form: ClassVar[str] = "body"

    def answer_page(
        self, request: HttpRequest, order: pagination.Order, given: dict[str, Any], **filters: Any
    ) -> HttpResponse:
        """Answer with the page that the cursor names. Two queries: the page, and when anything next begins or ends."""
        now = timezone.now()
        page = pagination.page(self.kind, self.form, now, order, given["cursor"], given["limit"], **filters)
        asked = {key: value for key, value in request.GET.items() if key != "cursor"}
        return answer_list(
            request,
            self.stored(page.rows, now),
            queries.max_age(now, [self.kind]),
            next=pagination.link(request.path, asked, page.next),
            previous=pagination.link(request.path, asked, page.previous),
        )

    def stored(self, rows: Sequence[quick.Row], now: datetime) -> list[str | bytes]:
        """Give what is stored of the rows; what was made of something that has ended is made again."""
        outdated = [row.id for row in rows if not row.is_current(now)]
        if not outdated:
            return [row.stored for row in rows]
        anew = {entry.id: queries.current(entry, now) for entry in Entry.objects.filter(pk__in=outdated)}
        return [getattr(anew[row.id], self.form) if row.id in anew else row.stored for row in rows]


STORED = {"br": "body_br", "gzip": "body_gzip", "identity": "body"}
