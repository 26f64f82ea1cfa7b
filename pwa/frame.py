"""The frame around every page: what the shell says, and which release it belongs to."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from csp.constants import HEADER as POLICY_HEADER
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _

from api.library.models import Entry, Kind
from cms.pages.models import SiteSettings
from cms.publishing.languages import codes, direction_of, root_of
from pwa.drawing import template_version

HERE = Path(__file__).parent
# The folders of static files that a phone keeps with the shell, and where the built worker lies.
KEPT_STATIC = ("pwa", "respite")
CLIENT_BUILD = HERE / "client" / "build"
# Pages of ours that are no entries, by their addresses, in the order of need.
PLACES: dict[str, Any] = {
    "help": gettext_lazy("Help now"),
    "search": gettext_lazy("Search"),
    "saved": gettext_lazy("Saved"),
    "on-this-phone": gettext_lazy("On this phone"),
}
PARTS = (
    *(
        "help",
        "offline",
        "on-this-phone",
        "search",
        "titled",
        "gone",
        "saved",
        "contact",
        "specialists",
        "join",
        "write",
    ),
    *("share-article", "share-page", "share-missing", "share-elsewhere", "share-empty"),
)
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

    ``slots`` says whether the places that a page fills are left open; ``homes`` names the languages that have a
    home page, to which a reader may go over.
    """

    footer: str
    country: str = ""
    crisis_note: str = ""
    support: str = ""
    links: tuple[Link, ...] = ()
    slots: bool = True
    version: str = ""
    language: str = settings.LANGUAGE_CODE
    homes: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """What the addresses of this language begin with."""
        return root_of(self.language)

    @property
    def direction(self) -> str:
        """The direction in which it is written."""
        return direction_of(self.language)

    @property
    def words(self) -> dict[str, Any]:
        """What the page's script says, by what it says in the default language; nothing in that language itself."""
        return spoken("page", self.language)

    @property
    def is_worker_retired(self) -> bool:
        """Whether no phone is to have a worker any more, for the page's script to make none."""
        return bool(settings.RETIRE_WORKER)

    @property
    def first_chunks(self) -> list[str]:
        """The files that the page's script imports at once, for the document to name."""
        return first_chunks()

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The languages between which a reader may choose, as :func:`pwa.compose.languages` takes them."""
        names = dict(settings.LANGUAGES)
        offered = [code for code in codes() if code in self.homes or code == self.language]
        return [
            {"code": code, "name": names[code], "root": root_of(code), "direction": direction_of(code)}
            for code in offered
        ]


@dataclass(frozen=True)
class Release:
    """The document without its page, the pages that are no entries without their fills, and the release's name."""

    version: str
    shell: str
    parts: dict[str, str]
    assets: list[str]


def current_frame(now: datetime, language: str = "") -> Frame:
    """Read what stands around pages of a language (the active one) at a moment. Two queries."""
    language = language or get_language() or settings.LANGUAGE_CODE
    site = SiteSettings.objects.first() or SiteSettings()
    pages = Entry.objects.running_at(now).filter(kind=Kind.PAGE).order_by("title", "id")
    with override(language):
        return _frame_of(site, list(pages.values_list(*FRAMED)), language)


FRAMED = ("path", "title", "language", "data__type", "data__audience")


def _frame_of(site: SiteSettings, pages: Iterable[tuple[Any, ...]], language: str) -> Frame:
    root = root_of(language)
    homes = tuple(page_language for _path, _title, page_language, type_, _audience in pages if type_ == "home")
    support, information, specialists = "", [], []
    for stored, title, page_language, type_, audience in pages:
        if page_language != language:
            continue
        path = stored or ""
        if type_ == "information" and path.removeprefix(root).count("/") == 2:
            information.append(Link(path, title))
        elif type_ == "consultation" and audience == "specialist":
            specialists.append(Link(path, _("For specialists")))
        elif type_ == "consultation":
            support = support or path
    links = tuple((information + specialists)[:FOOTER_LINKS])
    footer, crisis_note = site.words_in(language)
    return Frame(footer, site.country, crisis_note, support, links, language=language, homes=homes)


@lru_cache(maxsize=8)
def release(frame: Frame) -> Release:
    """Draw the shell and the parts of a frame in its language, and name them all by what they are."""
    with override(frame.language):
        return _drawn(frame)


def _drawn(frame: Frame) -> Release:
    shell = render_to_string("pwa/shell.html", {"frame": frame})
    parts = {name: part(name, frame.country) for name in PARTS}
    assets = kept_assets()
    known = json.dumps([shell, template_version(), parts, assets, reader_headers(), frame.crisis_note], sort_keys=True)
    version = hashlib.sha256(known.encode() + worker()).hexdigest()[:12]
    named = render_to_string("pwa/shell.html", {"frame": replace(frame, version=version)})
    return Release(version, named, parts, assets)


def part(name: str, country: str = "") -> str:
    """Draw the main of a page that is no entry in the active language, with its slots open."""
    return render_to_string(
        f"pwa/parts/{name}.html", {"country": country, "root": root_of(get_language() or "")}
    ).strip()


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


@lru_cache(maxsize=1)
def first_chunks() -> list[str]:
    """Give the static files that the page's script imports at once, as the build has found them."""
    built = CLIENT_BUILD / "first.json"
    names: list[str] = json.loads(built.read_text()) if built.exists() else []
    return names


@lru_cache(maxsize=1)
def scripts_words() -> dict[str, list[list[str]]]:
    """Give what the scripts say, as the client's build has found it: ``page`` and ``worker``, each a list of one
    text, or of two for one and for many."""
    built = CLIENT_BUILD / "words.json"
    found: dict[str, list[list[str]]] = json.loads(built.read_text()) if built.exists() else {}
    return found


@lru_cache(maxsize=16)
def spoken(script: str, language: str) -> dict[str, Any]:
    """Give what a script says in a language, by what it says in the default one."""
    if language == settings.LANGUAGE_CODE:
        return {}
    with override(language):
        return {
            texts[0]: [ngettext(texts[0], texts[1], count) for count in (1, 2)] if len(texts) == 2 else _(texts[0])
            for texts in scripts_words().get(script, [])
        }


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
