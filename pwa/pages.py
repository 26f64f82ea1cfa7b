"""Whole pages: what stands at an address, joined with the frame around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from api.library import queries
from api.library.models import Entry, Kind
from api.library.redirects import led_from
from cms.publishing.languages import codes, root_of, without_root
from cms.publishing.services import ledger
from cms.specialists.rule import next_day
from pwa import compose, leaves
from pwa.answers import Document, Memory, answer
from pwa.drawing import DRAWN_KINDS, SHARED_KINDS, alternates, draw
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
        boundaries = [compose.next_moment(main, self.now), next_day(self.now) if compose.conditions(main) else None]
        coming = queries.seconds_until(boundaries, self.now)
        return min(coming, queries.max_age(self.now))

    def page(
        self,
        main: str,
        head: str,
        path: str,
        number: int = 1,
        country: str = "",
        translations: Sequence[Mapping[str, str]] = (),
        asked: Mapping[str, Sequence[str]] | None = None,
        **known: str,
    ) -> str:
        """Join a whole page."""
        frame = self.frame
        ways = compose.ways(path, frame.root, translations, frame.languages)
        choice = {"languages": compose.languages(frame.language, ways, frame.languages)}
        fills = Shelf(frame, self.now, number, country, asked).fills(main) | choice | known
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
        base, name = leaves.belongs(path)
        found = queries.find(base, desk.now) or shared(base, desk)
        if found and found.moved_to and name:
            return moved(f"{found.moved_to}{name}/", desk)
        if found is None or found.entry is None:
            return elsewhere(request, desk, found)
        kept = entry_page(desk, key, found.entry, path, number, name) if found.entry.kind in DRAWN_KINDS else None
        if kept is None:
            return missing(request, desk)
    return answer(request, kept, seconds_left(kept, desk.now))


def elsewhere(request: HttpRequest, desk: Desk, found: queries.Found | None) -> HttpResponse:
    """Answer for an address at which nothing stands: where it went, why it is gone, or that it never was.

    What was led elsewhere by hand goes there, unless a withdrawal has a reason to give.
    """
    if found and found.moved_to:
        return moved(found.moved_to, desk)
    if found and found.gone and found.gone.reason:
        return gone(request, desk, found.gone)
    led = led_from(request.get_full_path(), desk.now)
    if led:
        return moved(led.to, desk, led.is_permanent)
    return gone(request, desk, found.gone) if found and found.gone else missing(request, desk)


def entry_page(desk: Desk, key: str, entry: Entry, path: str, number: int, name: str = "") -> Document | None:
    """Make and remember the page of an entry, or a further one by its name; None where there is no such page."""
    html, head = drawn(entry, desk.frame.language)
    main = leaves.leaf(html, name)
    if not main:
        return None
    if name:
        head = title_head(leaves.leaf_title(entry.title, name))
    head += compose.revision_head(entry.revision if entry.kind == Kind.ARTICLE else None)
    if number > 1 and not has_page(desk, main, number):
        return None
    translations = (entry.data or {}).get("translations") or ()
    document = Document(desk.page(main, head, path, number, translations=translations).encode())
    return memory.put(key, desk.stamp, document, desk.now, desk.holds(main))


def shared(path: str, desk: Desk) -> queries.Found | None:
    """Give what the site has once for all languages and shows in the words of each, such as a person."""
    if not desk.frame.root:
        return None
    found = queries.find(without_root(path), desk.now)
    if found and found.moved_to:
        return queries.Found(moved_to=desk.frame.root + found.moved_to)
    thing = found and (found.entry or found.gone)
    return found if thing and thing.kind in SHARED_KINDS else None


def drawn(entry: Entry, language: str) -> tuple[str, str]:
    """Give the main and the head of an entry as it is to be read now."""
    # An entry that was described anew for this answer is not the one its fragment was drawn of.
    fragment = Fragment.objects.filter(pk=entry.pk, entry__etag=entry.etag).first()
    if entry.kind in SHARED_KINDS and language != settings.LANGUAGE_CODE:
        kept = fragment.others.get(language) if fragment else None
        again = kept or draw(entry.kind, entry.data, language)._asdict()
        return again["html"], again["head"]
    now = fragment or draw(entry.kind, entry.data)
    return now.html, now.head


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


def moved(path: str, desk: Desk, is_permanent: bool = True) -> HttpResponse:
    """Lead on to where something went. It may go on again, so nobody keeps this for long."""
    response: HttpResponse = HttpResponsePermanentRedirect(path) if is_permanent else HttpResponseRedirect(path)
    response["Cache-Control"] = f"public, max-age={desk.holds()}"
    return response


def gone(request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Say that something was taken down, why, and what to read instead."""
    instead = queries.find(entry.replacement_path, desk.now) if entry.replacement_path else None
    card = Shelf(desk.frame, desk.now).card(instead.entry) if instead and instead.entry else ""
    reason = escape(entry.reason) if entry.deleted else ""
    html = desk.page(part("gone"), title_head(_("No longer here")), entry.path or "", reason=reason, replacement=card)
    return answer(request, Document(html.encode(), status=410), desk.holds())


def missing(request: HttpRequest, desk: Desk | None = None) -> HttpResponse:
    """Say that there is nothing at an address."""
    desk = desk or Desk.now_open()
    html = desk.page(part("missing"), title_head(_("Nothing at this address")), "")
    return answer(request, Document(html.encode(), status=404), NOT_FOUND_HOLDS)


def title_head(title: str, description: str = "", canonical: str = "", index: bool = False) -> str:
    """Give the head of a page that is no entry."""
    parts = [compose.short_head(title, "-")]
    if canonical:
        path = without_root(canonical.removeprefix(settings.ORIGIN))
        parts.append(alternates([{"language": code, "path": root_of(code) + path} for code in codes()]))
    if description:
        parts.append(f'<meta name="description" content="{escape(description)}">')
    if canonical:
        parts.append(f'<link rel="canonical" href="{escape(canonical)}">')
    if not index:
        parts.append('<meta name="robots" content="noindex">')
    return "\n".join(parts)
