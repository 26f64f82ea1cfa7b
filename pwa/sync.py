"""The change feed as a phone takes it: with each entry's page and card, and of its data what a phone needs."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from api.library import queries
from api.library.cursors import BadCursor, CursorGone
from api.library.models import Entry, FormerPath, Kind
from cms.helplines.countries import country_name
from pwa.answers import Document, answer
from pwa.drawing import DRAWN_KINDS, template_version
from pwa.models import Fragment
from pwa.profile import facets_of

MOST = 500
MOST_TEXTS = 50
HOLDS = 5  # seconds


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed after a cursor. Everything needed to read it offline is in it."""
    asked = request.GET.get("limit", "100")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:4]) <= MOST):
        return problem(400, "This limit cannot be used", f"limit is a number from 1 to {MOST}.")
    texts = request.GET.get("texts", "yes")
    if texts not in ("yes", "no"):
        return problem(400, "This cannot be asked", "texts is yes, or no for articles without theirs.")
    now = timezone.now()
    try:
        feed = queries.changes(request.GET.get("after", "0"), int(asked), now, defer=("body", "card"))
    except BadCursor as error:
        return problem(400, "This is no cursor", str(error))
    except CursorGone as error:
        return problem(410, "Start again from 0", str(error))
    fragments = Fragment.objects.in_bulk([entry.pk for entry in feed.entries])
    former = former_paths(feed)
    told = [told_of(entry, fragments.get(entry.pk), now, former.get(entry.pk, [])) for entry in feed.entries]
    changes = [change for change in told if change is not None]
    body = {
        "changes": changes if texts == "yes" else [titled(change) for change in changes],
        "cursor": feed.cursor,
        "more": feed.more,
        "remaining": remaining(feed),
        "epoch": feed.epoch,
        "template_version": template_version(),
    }
    document = Document(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), "application/json")
    return answer(request, document, HOLDS)


def titled(change: dict[str, Any]) -> dict[str, Any]:
    """Give a change without its text, for a phone that has no room for more: only an article's can be left out."""
    return {name: told for name, told in change.items() if name != "html"} if change["kind"] == Kind.ARTICLE else change


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """The texts of some articles, each with the revision it is of; what is not public any more is not among them."""
    asked = request.GET.get("ids", "").split(",")
    try:
        ids = [UUID(one) for one in asked]
    except ValueError:
        return problem(400, "This is no list of ids", "ids are those of articles, with commas between them.")
    if len(ids) > MOST_TEXTS:
        return problem(400, "These are too many", f"At most {MOST_TEXTS} texts are given at once.")
    entries = Entry.objects.running_at(timezone.now()).filter(kind=Kind.ARTICLE, pk__in=ids, fragment__isnull=False)
    found = entries.values_list("pk", "revision", "fragment__html")
    told = [{"id": str(key), "revision": revision, "html": html} for key, revision, html in found]
    body = json.dumps({"texts": told}, ensure_ascii=False, separators=(",", ":"))
    return answer(request, Document(body.encode(), "application/json"), HOLDS)


def remaining(feed: queries.Changes) -> int:
    """Count the changes that follow after a page of the feed."""
    if not feed.more:
        return 0
    after = Entry.objects.filter(revision__gt=feed.entries[-1].revision)
    return after.exclude(kind=Kind.REFERENCE).count()


def former_paths(feed: queries.Changes) -> dict[Any, list[str]]:
    """Give the addresses at which the entries of a page of the feed once stood, by their ids."""
    former: dict[Any, list[str]] = {}
    rows = FormerPath.objects.filter(entry__in=[entry.pk for entry in feed.entries]).order_by("path")
    for key, path in rows.values_list("entry_id", "path"):
        former.setdefault(key, []).append(path)
    return former


def told_of(entry: Entry, fragment: Fragment | None, now: Any, former: Sequence[str] = ()) -> dict[str, Any] | None:
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
        "language": entry.language,
        "title": entry.title,
        "published_at": queries.iso(entry.published_at),
        **({"former": list(former)} if former else {}),
        "data": reduced(entry.kind, entry.data),
        "html": fragment.html if fragment else "",
        "card": fragment.card if fragment else "",
        **({"others": others_of(entry, fragment)} if fragment and fragment.others else {}),
    }


def others_of(entry: Entry, fragment: Fragment) -> dict[str, dict[str, Any]]:
    """Give what is shared between languages as each of the others shows it: its page, its card, what it is found by."""
    country = (entry.data or {}).get("country", "")
    told: dict[str, dict[str, Any]] = {}
    for language, drawn in fragment.others.items():
        told[language] = {name: drawn[name] for name in ("html", "card") if drawn[name]}
        with override(language):
            if country and entry.kind == Kind.HELPLINE:
                told[language]["country_name"] = country_name(country)
            if entry.kind == Kind.SPECIALIST:
                told[language]["facets"] = facets_of(entry.data or {})
    return told


def reduced(kind: str, data: Any) -> dict[str, Any]:
    """Give of an entry's data what a phone needs beside its page and card."""
    if kind in (Kind.BANNER, Kind.HELPLINE, Kind.PROMOTION):
        return data
    if kind == Kind.ARTICLE:
        topics = [topic["slug"] for topic in data["topics"]]
        authors = [author["slug"] for author in data["authors"]]
        return {
            "topics": topics,
            "authors": authors,
            "summary": data["summary"],
            "reading_minutes": data["reading_minutes"],
            "updated_at": data["updated_at"],
            "translations": data.get("translations", []),
        }
    if kind == Kind.SPECIALIST:
        return {
            "slug": data["slug"],
            "summary": data["summary"],
            "topics": [chip["slug"] for chip in data["topics"]],
            "featured": data["featured"],
            "facets": facets_of(data),
        }
    kept = ("slug", "type", "audience", "translations")
    return {name: data[name] for name in kept if name in data}


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """Answer with what is wrong, as RFC 9457 has it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(json.dumps(body), content_type="application/problem+json", status=status, headers=headers)
