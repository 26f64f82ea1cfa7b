"""The frame around every page: what the shell says, and which release it belongs to."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from csp.constants import HEADER as POLICY_HEADER
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

from api.library.models import Entry, Kind
from cms.pages.models import SiteSettings
from pwa.drawing import template_version

HERE = Path(__file__).parent
# The folders of static files that a phone keeps with the shell, and where the built worker lies.
KEPT_STATIC = ("pwa", "respite")
CLIENT_BUILD = HERE / "client" / "build"
PARTS = ("help", "offline", "search", "gone")
FOOTER_LINKS = 6
PERMISSIONS = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics", "interest-cohort")


@dataclass(frozen=True)
class Link:
    """A page and what it is called."""

    path: str
    title: str


@dataclass(frozen=True)
class Frame:
    """What stands around pages: the same for everybody, until an editor changes it.

    ``slots`` says whether the places that a page fills are left open.
    """

    footer: str
    country: str = ""
    crisis_note: str = ""
    support: str = ""
    links: tuple[Link, ...] = ()
    slots: bool = True
    version: str = ""


@dataclass(frozen=True)
class Release:
    """The document without its page, the pages that are no entries without their fills, and the release's name."""

    version: str
    shell: str
    parts: dict[str, str]
    assets: list[str]


def current_frame(now: datetime) -> Frame:
    """Read what stands around pages at a moment. Two queries."""
    site = SiteSettings.objects.first() or SiteSettings()
    pages = Entry.objects.running_at(now).filter(kind=Kind.PAGE).order_by("title", "id")
    support, information, specialists = "", [], []
    for stored, title, type_, audience in pages.values_list("path", "title", "data__type", "data__audience"):
        path = stored or ""
        if type_ == "information" and path.count("/") == 2:
            information.append(Link(path, title))
        elif type_ == "consultation" and audience == "specialist":
            specialists.append(Link(path, "For specialists"))
        elif type_ == "consultation":
            support = support or path
    links = tuple((information + specialists)[:FOOTER_LINKS])
    return Frame(site.footer, site.country, site.crisis_note, support, links)


@lru_cache(maxsize=8)
def release(frame: Frame) -> Release:
    """Draw the shell and the parts of a frame, and name them all by what they are."""
    shell = render_to_string("pwa/shell.html", {"frame": frame})
    parts = {name: part(name, frame.country) for name in PARTS}
    assets = kept_assets()
    known = json.dumps([shell, template_version(), parts, assets, reader_headers(), frame.crisis_note], sort_keys=True)
    version = hashlib.sha256(known.encode() + worker()).hexdigest()[:12]
    named = render_to_string("pwa/shell.html", {"frame": replace(frame, version=version)})
    return Release(version, named, parts, assets)


def part(name: str, country: str = "") -> str:
    """Draw the main of a page that is no entry, with its slots open."""
    return render_to_string(f"pwa/parts/{name}.html", {"country": country}).strip()


@lru_cache(maxsize=1)
def kept_assets() -> list[str]:
    """Give the addresses of the built files that belong to the shell."""
    root = HERE / "static"
    files = (file for folder in KEPT_STATIC for file in sorted((root / folder).rglob("*")))
    return [static(str(file.relative_to(root))) for file in files if file.is_file() and file.suffix != ".map"]


@lru_cache(maxsize=1)
def worker(name: str = "worker") -> bytes:
    """Read the built worker; nothing where the client has not been built."""
    built = CLIENT_BUILD / f"{name}.js"
    return built.read_bytes() if built.exists() else b""


def reader_headers() -> dict[str, str]:
    """Give the headers that a reader's page carries, in one order, for the pages that phones join themselves."""
    return {
        POLICY_HEADER.lower(): policy(settings.READER_POLICY),
        "permissions-policy": permissions_policy(),
        "referrer-policy": settings.SECURE_REFERRER_POLICY,
        "cross-origin-opener-policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": settings.X_FRAME_OPTIONS,
    }


def policy(directives: dict[str, list[str]]) -> str:
    """Write a content policy, in the same order every time."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in sorted(directives.items()))


def permissions_policy() -> str:
    """Give the policy that switches off what no page of ours asks a device for."""
    return ", ".join(f"{name}=()" for name in PERMISSIONS)
