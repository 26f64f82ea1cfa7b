"""The page to which other apps share links: what of ours a link leads to. What was shared is nobody's to keep."""

from html import escape
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.library import queries
from api.library.models import Entry, Kind
from api.library.redirects import led_from
from cms.publishing.languages import language_of, root_of, without_root
from pwa.drawing import SHARED_KINDS
from pwa.frame import PLACES, part
from pwa.pages import Desk, title_head
from pwa.shared_link import SharedLink, read_shared
from pwa.shelf import Shelf


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Show what a shared link leads to, to be opened or saved; it leads nobody anywhere by itself."""
    desk = Desk.now_open()
    url, text, title = (request.GET.get(name, "") for name in ("url", "text", "title"))
    name, fills = taken(desk, read_shared(url, text, title, settings.ORIGIN))
    head = title_head(_("Shared with Respite"))
    html = desk.page(part(name), head, f"{desk.frame.root}/share/", 1, "", (), None, **fills)
    # Where a reader goes from here is not to be told what was shared: not even our own server's log.
    return HttpResponse(html, headers={"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"})


def taken(desk: Desk, link: SharedLink) -> tuple[str, dict[str, str]]:
    """Choose the part of the page, with what fills it, for what was shared."""
    query = {"query": escape(link.words)}
    if not link.path:
        return "share-empty" if link.is_empty else "share-elsewhere", query
    root, inner = root_of(language_of(link.path)), without_root(link.path)
    if place := PLACES.get(inner.strip("/")):
        return "share-page", {"way": escape(root + inner), "title": escape(str(place))}
    entry, way = standing_at(link.path, desk)
    if entry is None:
        return "share-missing", query | {"way": escape(quote(link.path))}
    data = entry.data or {}
    fills = {"way": escape(way), "title": escape(entry.title)}
    if entry.kind != Kind.ARTICLE:
        return "share-page", fills
    return "share-article", fills | {
        "card": Shelf(desk.frame, desk.now).card(entry),
        "id": str(entry.pk),
        "summary": escape(data.get("summary") or ""),
        "language": escape(entry.language),
        "minutes": str(data.get("reading_minutes") or ""),
        "updated": escape(data.get("updated_at") or ""),
    }


def standing_at(path: str, desk: Desk, is_moved: bool = False) -> tuple[Entry | None, str]:
    """Give what stands at an address, or where that leads on to, and its own address."""
    found = queries.find(path, desk.now)
    if found and found.entry:
        return found.entry, path
    if not is_moved and (found and found.moved_to):
        return standing_at(found.moved_to, desk, is_moved=True)
    # People are there once for all languages, and have an address in each.
    if root := root_of(language_of(path)):
        same = queries.find(without_root(path), desk.now)
        if same and same.entry and same.entry.kind in SHARED_KINDS:
            return same.entry, root + (same.entry.path or "/")
    led = None if found or is_moved else led_from(path, desk.now)
    return standing_at(led.to, desk, is_moved=True) if led and led.to.startswith("/") else (None, "")
