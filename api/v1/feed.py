"""The change feed: everything that was published, changed or taken back, in the order of commits."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api.library import queries
from api.library.cursors import BadCursor, Cursor, CursorGone
from api.library.models import Entry
from api.v1 import parameters, problems, representation, shapes
from api.v1.documentation import CURSOR_GONE, documented
from api.v1.parameters import Parameter
from api.v1.reading import ReadView

HOLDS = 5  # seconds


def read_cursor(text: str) -> str:
    """Check a cursor's form; whether it leads anywhere is for the library to say."""
    try:
        Cursor.read(text)
    except BadCursor as error:
        raise ValueError(str(error)) from error
    return text


AFTER = Parameter(
    "after",
    read_cursor,
    {"type": "string", "pattern": r"^[0-9]{1,18}(-[0-9]{1,18}-[0-9a-f]{12})?$"},
    "`0`, or the `cursor` of the answer before.",
    "0",
)


class ChangesView(ReadView):
    """Changes after a cursor."""

    parameters = (AFTER, parameters.integer("limit", 1, 200, 100, "How many changes a page has."))

    @documented(
        "list_changes",
        "What changed since a cursor. Start with 0; go on with `cursor` while `more`, and come back with it later.",
        shapes.Changes,
        parameters,
        CURSOR_GONE,
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        now = timezone.now()
        try:
            found = queries.changes(given["after"], given["limit"], now)
        except CursorGone as error:
            raise problems.CursorGone from error
        body = b'{"changes":[%b],"cursor":%b,"more":%b,"epoch":%b}' % (
            b",".join(change(entry, now) for entry in found.entries),
            serialised(found.cursor),
            serialised(found.more),
            serialised(found.epoch),
        )
        return representation.answer_made(request, body, HOLDS)


def change(entry: Entry, now: datetime) -> bytes:
    """Give one change; its data are the stored bytes."""
    op = queries.op_of(entry, now)
    if op == "upsert":
        entry = queries.current(entry, now)
        data = bytes(entry.body)
    else:
        data = serialised(queries.deletion_data(entry))
    head = serialised(
        {
            "revision": entry.revision,
            "op": op,
            "kind": entry.kind,
            "id": str(entry.id),
            "path": entry.path,
            "etag": entry.etag,
            "starts_at": queries.iso(entry.starts_at),
            "ends_at": queries.iso(entry.ends_at),
        }
    )
    return head[:-1] + b',"data":' + data + b"}"


def serialised(value: Any) -> bytes:
    """Give JSON as it is served."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
