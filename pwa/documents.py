"""What is no page: the worker, the manifest, the feed, the map of the site, the word to robots."""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from api.library.models import Entry, Kind
from api.library.queries import iso
from pwa.answers import Document, answer
from pwa.drawing import template_version
from pwa.frame import reader_headers, release, worker
from pwa.pages import Desk, memory, missing, seconds_left

JAVASCRIPT = "text/javascript; charset=utf-8"
FEED_LENGTH = 20
MAP_LENGTH = 50_000  # addresses, the limit of sitemaps.org
KEPT_PAGES = ["/help/"]

Make = Callable[[Desk], str]
View = Callable[[HttpRequest], HttpResponse]


def remembered(name: str, content_type: str) -> Callable[[Make], View]:
    """Make a view of what draws a public document: made once for each state of the library."""

    def view_of(make: Make) -> View:
        @require_safe
        def view(request: HttpRequest) -> HttpResponse:
            desk = Desk.now_open()
            kept = memory.get(name, desk.stamp, desk.now)
            if kept is None:
                document = Document(make(desk).encode(), content_type)
                kept = memory.put(name, desk.stamp, document, desk.now, desk.holds())
            return answer(request, kept, seconds_left(kept, desk.now))

        view.__doc__ = make.__doc__
        return view

    return view_of


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker with the release it belongs to in front of it; or, where it is retired, what takes it down."""
    desk = Desk.now_open()
    if settings.RETIRE_WORKER:
        script = worker("retire").decode()
    elif not worker():
        return missing(request, desk)
    else:
        known = json.dumps(known_to_worker(desk), ensure_ascii=False, separators=(",", ":"))
        script = f"self.__RESPITE={known.replace('<', chr(92) + 'u003c')};\n{worker().decode()}"
    response = answer(request, Document(script.encode(), JAVASCRIPT), 0)
    response["Cache-Control"] = "no-cache"
    return response


def known_to_worker(desk: Desk) -> dict[str, object]:
    """Give what the worker is told of its release; `pwa/client/README.md` names each part."""
    current = release(desk.frame)
    return {
        "version": current.version,
        "template_version": template_version(),
        "shell": current.shell,
        "parts": current.parts,
        "assets": current.assets,
        "pages": KEPT_PAGES,
        "headers": reader_headers(),
        "first_country": desk.frame.country,
        "crisis_note": desk.frame.crisis_note,
    }


@remembered("/manifest.webmanifest", "application/manifest+json")
def manifest(desk: Desk) -> str:
    """What a phone needs to know to install this."""
    icons = [
        {"src": static(f"respite/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    icons += [
        {
            "src": static(f"respite/maskable-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "maskable",
        }
        for size in (192, 512)
    ]
    return json.dumps(
        {
            "id": "/",
            "name": "Respite",
            "short_name": "Respite",
            "description": "Mental-health writing that can be read without a connection, with its sources.",
            "lang": "en",
            "dir": "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#f4f0ed",
            "theme_color": "#f4f0ed",
            "icons": icons,
            "shortcuts": [{"name": "Help now", "url": "/help/"}, {"name": "Search", "url": "/search/"}],
        },
        indent=1,
    )


@remembered("/feed.atom", "application/atom+xml; charset=utf-8")
def atom(desk: Desk) -> str:
    """The newest articles, for feed readers (RFC 4287)."""
    articles = Entry.objects.running_at(desk.now).filter(kind=Kind.ARTICLE).order_by("-published_at", "id")
    entries = [data for data in articles.values_list("data", flat=True)[:FEED_LENGTH] if data]
    updated = max((entry["updated_at"] for entry in entries), default="1970-01-01T00:00:00+00:00")
    return render_to_string("pwa/feed.xml", {"entries": entries, "updated": updated, "origin": settings.ORIGIN})


@remembered("/sitemap.xml", "application/xml")
def sitemap(desk: Desk) -> str:
    """Every public page there is."""
    running = Entry.objects.running_at(desk.now).exclude(path=None).exclude(path="").order_by("path")
    rows = running.values_list("path", "data__updated_at", "published_at")[:MAP_LENGTH]
    addresses = [(path, updated or iso(published) or "") for path, updated, published in rows]
    return render_to_string("pwa/sitemap.xml", {"addresses": addresses, "origin": settings.ORIGIN})


@remembered("/robots.txt", "text/plain; charset=utf-8")
def robots(desk: Desk) -> str:
    """Where robots have nothing to look for."""
    closed = ("/admin/", "/accounts/", "/search/", "/sync/", "/shell/", "/offline/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {settings.ORIGIN}/sitemap.xml"]
    return "\n".join(lines) + "\n"
