"""What is no page: the worker, the manifest, the feed, the map of the site, the word to robots."""

import hashlib
import json
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.library.models import Entry, Kind
from api.library.queries import iso
from cms.notifications.kinds import places
from cms.publishing.languages import codes, root_of
from pwa.answers import Document, answer
from pwa.drawing import template_version
from pwa.frame import PLACES, Frame, current_frame, kept_assets, reader_headers, release, spoken, worker
from pwa.pages import Desk, memory, missing, seconds_left

JAVASCRIPT = "text/javascript; charset=utf-8"
# On the phone every file is at hand: to name them ahead would only keep the page from being shown first.
HINT = re.compile(r'<link rel="modulepreload"[^>]*>\n')
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
            key = desk.frame.root + name
            kept = memory.get(key, desk.stamp, desk.now)
            if kept is None:
                document = Document(make(desk).encode(), content_type)
                kept = memory.put(key, desk.stamp, document, desk.now, desk.holds())
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
    faces = [face(current_frame(desk.now, code)) for code in codes()]
    known = {
        "template_version": template_version(),
        "faces": faces,
        "assets": kept_assets(),
        "pages": [root_of(code) + page for code in codes() for page in KEPT_PAGES],
        "headers": reader_headers(),
        "first_country": desk.frame.country,
        "places": places(),
    }
    told = json.dumps(known, sort_keys=True).encode()
    return {"version": hashlib.sha256(told + worker()).hexdigest()[:12], **known}


def face(frame: Frame) -> dict[str, object]:
    """Give what stands around the pages of one language, and what the worker says in it."""
    drawn = release(frame)
    return {
        "version": drawn.version,
        "language": frame.language,
        "root": frame.root,
        "languages": frame.languages,
        "shell": HINT.sub("", drawn.shell),
        "parts": drawn.parts,
        "crisis_note": frame.crisis_note,
        "words": spoken("worker", frame.language),
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
            "description": _("Mental-health writing that can be read without a connection, with its sources."),
            "lang": desk.frame.language,
            "dir": desk.frame.direction,
            "start_url": f"{desk.frame.root}/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#f4f0ed",
            "theme_color": "#f4f0ed",
            "icons": icons,
            "categories": ["health", "education"],
            # What comes in from outside opens beside what is open: there somebody may be writing.
            "launch_handler": {"client_mode": "navigate-new"},
            # The first may be all that a phone shows.
            "shortcuts": [
                {"name": str(name), "url": f"{desk.frame.root}/{place}/", "icons": [shortcut_icon(place)]}
                for place, name in PLACES.items()
            ],
            "share_target": {
                "action": f"{desk.frame.root}/share/",
                "method": "GET",
                "params": {"title": "title", "text": "text", "url": "url"},
            },
        },
        indent=1,
    )


def shortcut_icon(place: str) -> dict[str, str]:
    """Give the picture of a shortcut; `pwa.icons` draws it."""
    return {"src": static(f"respite/shortcut-{place}.png"), "sizes": "96x96", "type": "image/png"}


@remembered("/feed.atom", "application/atom+xml; charset=utf-8")
def atom(desk: Desk) -> str:
    """The newest articles, for feed readers (RFC 4287)."""
    articles = Entry.objects.running_at(desk.now).filter(kind=Kind.ARTICLE, language=desk.frame.language)
    articles = articles.order_by("-published_at", "id")
    entries = [data for data in articles.values_list("data", flat=True)[:FEED_LENGTH] if data]
    updated = max((entry["updated_at"] for entry in entries), default="1970-01-01T00:00:00+00:00")
    return render_to_string(
        "pwa/feed.xml",
        {
            "entries": entries,
            "updated": updated,
            "origin": settings.ORIGIN,
            "root": desk.frame.root,
            "language": desk.frame.language,
        },
    )


@remembered("/sitemap.xml", "application/xml")
def sitemap(desk: Desk) -> str:
    """Every public page there is, each with its translations."""
    running = Entry.objects.running_at(desk.now).exclude(path=None).exclude(path="").order_by("path")
    rows = running.values_list("path", "language", "data__updated_at", "published_at", "data__translations")[
        :MAP_LENGTH
    ]
    addresses = [
        {
            "path": path,
            "updated": updated or iso(published) or "",
            "everywhere": [{"language": language, "path": path}, *translations] if translations else [],
        }
        for path, language, updated, published, translations in rows
    ]
    return render_to_string("pwa/sitemap.xml", {"addresses": addresses, "origin": settings.ORIGIN})


@remembered("/robots.txt", "text/plain; charset=utf-8")
def robots(desk: Desk) -> str:
    """Where robots have nothing to look for."""
    closed = ["/admin/", "/accounts/", "/sync/"]
    unlisted = ("/search/", "/shell/", "/offline/", "/on-this-phone/", "/saved/", "/share/")
    closed += [root_of(code) + path for path in unlisted for code in codes()]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {settings.ORIGIN}/sitemap.xml"]
    return "\n".join(lines) + "\n"
