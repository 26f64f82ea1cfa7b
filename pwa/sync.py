"""The change feed as a phone takes it: with each entry's page and card, and of its data what a phone needs."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from api.library import queries
from api.library.cursors import BadCursor, CursorGone
from api.library.models import Entry, Kind
from pwa.answers import Document, answer
from pwa.drawing import DRAWN_KINDS, template_version
from pwa.models import Fragment

MOST = 500
HOLDS = 5  # seconds


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed after a cursor. Everything needed to read it offline is in it."""
    asked = request.GET.get("limit", "100")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:4]) <= MOST):
        return problem(400, "This limit cannot be used", f"limit is a number from 1 to {MOST}.")
    now = timezone.now()
    try:
        feed = queries.changes(request.GET.get("after", "0"), int(asked), now, defer=("body", "card"))
    except BadCursor as error:
        return problem(400, "This is no cursor", str(error))
    except CursorGone as error:
        return problem(410, "Start again from 0", str(error))
    fragments = Fragment.objects.in_bulk([entry.pk for entry in feed.entries])
    told = [told_of(entry, fragments.get(entry.pk), now) for entry in feed.entries]
    body = {
        "changes": [change for change in told if change is not None],
        "cursor": feed.cursor,
        "more": feed.more,
        "remaining": remaining(feed),
        "epoch": feed.epoch,
        "template_version": template_version(),
    }
    document = Document(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), "application/json")
    return answer(request, document, HOLDS)


def remaining(feed: queries.Changes) -> int:
    """Count the changes that follow after a page of the feed."""
    if not feed.more:
        return 0
    after = Entry.objects.filter(revision__gt=feed.entries[-1].revision)
    return after.exclude(kind=Kind.REFERENCE).count()


def told_of(entry: Entry, fragment: Fragment | None, now: Any) -> dict[str, Any] | None:
    """Give one change as phones take it; None for what is no business of theirs."""
    if entry.kind not in DRAWN_KINDS:
        return None
    op = queries.op_of(entry, now)
    change: dict[str, Any] = {"revision": entry.revision, "op": op, "kind": entry.kind, "id": str(entry.pk)}
    change |= {"path": entry.path, "etag": entry.etag}
    if op == "delete":
        return {**change, "data": queries.deletion_data(entry)}
    return {
        **change,
        "starts_at": queries.iso(entry.starts_at),
        "ends_at": queries.iso(entry.ends_at),
        "title": entry.title,
        "published_at": queries.iso(entry.published_at),
        "data": reduced(entry.kind, entry.data),
        "html": fragment.html if fragment else "",
        "card": fragment.card if fragment else "",
    }


def reduced(kind: str, data: Any) -> dict[str, Any]:
    """Give of an entry's data what a phone needs beside its page and card."""
    if kind in (Kind.BANNER, Kind.HELPLINE):
        return data
    if kind == Kind.ARTICLE:
        topics = [topic["slug"] for topic in data["topics"]]
        authors = [author["slug"] for author in data["authors"]]
        return {
            "topics": topics,
            "authors": authors,
            "summary": data["summary"],
            "reading_minutes": data["reading_minutes"],
        }
    kept = ("slug", "type", "audience")
    return {name: data[name] for name in kept if name in data}


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """Answer with what is wrong, as RFC 9457 has it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(json.dumps(body), content_type="application/problem+json", status=status, headers=headers)
