"""Whole pages: what stands at an address, joined with the frame around it."""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from api.library import queries
from api.library.models import Entry
from cms.publishing.services import ledger
from pwa import compose
from pwa.answers import Document, Memory, answer
from pwa.drawing import DRAWN_KINDS, draw
from pwa.frame import Frame, current_frame, part, release
from pwa.models import Fragment
from pwa.shelf import Shelf

NOT_FOUND_HOLDS = 5  # seconds: what is published next at this address is not to wait

memory = Memory()


@dataclass(frozen=True)
class Desk:
    """What a request for a page needs to know: when it is, and what stands around pages now."""

    now: datetime
    frame: Frame
    revision: int
    epoch: str

    @classmethod
    def now_open(cls) -> "Desk":
        """Read the state of the library and of the frame. Three queries."""
        # The revision is read first: what is made after it is at least as new as its stamp says.
        head = ledger()
        now = timezone.now()
        return cls(now, current_frame(now), head.revision, str(head.epoch))

    @property
    def stamp(self) -> object:
        """Name the state: the same stamp, the same pages."""
        return self.revision, self.epoch, self.frame

    def holds(self, main: str = "") -> int:
        """Give the seconds for which what is made now stays true, if nobody publishes. One query."""
        coming = queries.seconds_until([compose.next_moment(main, self.now)], self.now)
        return min(coming, queries.max_age(self.now))

    def page(self, main: str, head: str, path: str, number: int = 1, country: str = "", **known: str) -> str:
        """Join a whole page."""
        fills = Shelf(self.frame, self.now, number, country).fills(main) | known
        return compose.join(release(self.frame).shell, head, main, fills, path, self.now)


def respond(request: HttpRequest, path: str) -> HttpResponse:
    """Answer for an address of the library: its page, where it went, why it is gone, or that it never was."""
    desk = Desk.now_open()
    number = page_number(request)
    if number is None:
        return missing(request, desk)
    key = f"{path}?page={number}"
    kept = memory.get(key, desk.stamp, desk.now)
    if kept is None:
        found = queries.find(path, desk.now)
        if found is None or (found.entry and found.entry.kind not in DRAWN_KINDS):
            return missing(request, desk)
        if found.moved_to:
            return moved(found.moved_to, desk)
        if found.gone:
            return gone(request, desk, found.gone)
        kept = entry_page(desk, key, found.entry, path, number) if found.entry else None
        if kept is None:
            return missing(request, desk)
    return answer(request, kept, seconds_left(kept, desk.now))


def entry_page(desk: Desk, key: str, entry: Entry, path: str, number: int) -> Document | None:
    """Make and remember the page of an entry; None where a list has no such page."""
    main, head = drawn(entry)
    if number > 1 and not has_page(desk, main, number):
        return None
    document = Document(desk.page(main, head, path, number).encode())
    return memory.put(key, desk.stamp, document, desk.now, desk.holds(main))


def drawn(entry: Entry) -> tuple[str, str]:
    """Give the main and the head of an entry as it is to be read now."""
    # An entry that was described anew for this answer is not the one its fragment was drawn of.
    fragment = Fragment.objects.filter(pk=entry.pk, entry__etag=entry.etag).first() or draw(entry.kind, entry.data)
    return fragment.html, fragment.head


def has_page(desk: Desk, main: str, number: int) -> bool:
    """Say whether a main has a list that is long enough to have this page."""
    shelf = Shelf(desk.frame, desk.now, number)
    lists = [compose.parse(slot).values for slot in compose.wanted(main) if compose.parse(slot).name == "articles"]
    return any(shelf.count(values) > (number - 1) * compose.CARDS_ON_A_PAGE for values in lists)


def page_number(request: HttpRequest) -> int | None:
    """Read which page of a list is asked for; None for what is no such number."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked[:6]) > 0 and len(asked) < 6 else None


def seconds_left(document: Document, now: datetime) -> int:
    """Give the whole seconds for which a remembered document is still true."""
    return max(0, int((document.until - now).total_seconds())) if document.until else 0


def moved(path: str, desk: Desk) -> HttpResponse:
    """Lead on to where something went. It may go on again, so nobody keeps this for long."""
    response = HttpResponsePermanentRedirect(path)
    response["Cache-Control"] = f"public, max-age={desk.holds()}"
    return response


def gone(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Say that something was taken down, why, and what to read instead."""
    instead = queries.find(entry.replacement_path, desk.now) if entry.replacement_path else None
    card = Shelf(desk.frame, desk.now).card(instead.entry) if instead and instead.entry else ""
    reason = escape(entry.reason) if entry.deleted else ""
    html = desk.page(part("gone"), title_head("No longer here"), entry.path or "", reason=reason, replacement=card)
    return answer(request, Document(html.encode(), status=410), desk.holds())


def missing(request: HttpRequest, desk: Desk | None = None) -> HttpResponse:
    """Say that there is nothing at an address."""
    desk = desk or Desk.now_open()
    html = desk.page(part("missing"), title_head("Nothing at this address"), "")
    return answer(request, Document(html.encode(), status=404), NOT_FOUND_HOLDS)


def title_head(title: str, description: str = "", canonical: str = "", index: bool = False) -> str:
    """Give the head of a page that is no entry."""
    parts = [compose.short_head(title, "-")]
    if description:
        parts.append(f'<meta name="description" content="{escape(description)}">')
    if canonical:
        parts.append(f'<link rel="canonical" href="{escape(canonical)}">')
    if not index:
        parts.append('<meta name="robots" content="noindex">')
    return "\n".join(parts)
