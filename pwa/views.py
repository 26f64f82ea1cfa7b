"""The reader's addresses, one function each."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.library import queries
from api.v1.unknown import unknown
from pwa import pages
from pwa.answers import Document, answer
from pwa.frame import part, release
from pwa.pages import Desk, memory, seconds_left, title_head

COUNTRY = re.compile(r"[A-Z]{2}")


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Whatever the library has at an address. Addresses end in a slash."""
    if "\x00" in path:  # which no column can be asked for
        return pages.missing(request)
    if path and not path.endswith("/"):
        return unslashed(request, path)
    return pages.respond(request, f"/{path}")


def unslashed(request: HttpRequest, path: str) -> HttpResponse:
    """Answer for an address without its slash: lead on to what stands at the one with it, and say what never was."""
    if is_own(f"/{path}/"):
        return slashed(request)
    desk = Desk.now_open()
    found = queries.find(f"/{path}/", desk.now) if may_be_page(path) else None
    return slashed(request) if found and found.entry else pages.elsewhere(request, desk, found)


def is_own(path: str) -> bool:
    """Say whether an address is one of the site's own, and not left to the library."""
    try:
        return resolve(path).func not in (page, unknown)
    except Resolver404:
        return False


def may_be_page(path: str) -> bool:
    """Say whether an address without its slash may be one of the library's: it is no file, and stays on this site."""
    return "." not in path.rpartition("/")[2] and not path.startswith(("/", "\\"))


def slashed(request: HttpRequest) -> HttpResponse:
    """Lead on to the address with its slash. What stands there may go, so nobody keeps this for long."""
    response = HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    response["Cache-Control"] = f"public, max-age={queries.LONGEST}"
    return response


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Whom to call, by country; ``?country=`` puts another country first."""
    desk = Desk.now_open()
    asked = request.GET.get("country", "").upper()
    country = asked if COUNTRY.fullmatch(asked) else ""
    root = desk.frame.root
    key = f"{root}/help/?country={country}"
    kept = memory.get(key, desk.stamp, desk.now)
    if kept is None:
        description = _("Whom to call when you are in danger or thinking about ending your life: helplines by country.")
        head = title_head(_("Help now"), description, f"{settings.ORIGIN}{root}/help/", index=True)
        html = desk.page(part("help", desk.frame.country), head, f"{root}/help/", country=country)
        kept = memory.put(key, desk.stamp, Document(html.encode()), desk.now, desk.holds())
    return answer(request, kept, seconds_left(kept, desk.now))


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that says that there is no connection, as the phone keeps it."""
    return filled_by_phone(request, "offline", _("No Internet Connection"))


@require_safe
def on_this_phone(request: HttpRequest) -> HttpResponse:
    """What is kept on the phone that looks at it."""
    return filled_by_phone(request, "on-this-phone", _("On this phone"))


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The page on which a reader's browser shows what it keeps for them."""
    return filled_by_phone(request, "saved", _("Saved"))


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Where somebody writes to the team."""
    return filled_by_phone(request, "contact", _("Contact us"))


def filled_by_phone(request: HttpRequest, name: str, title: str) -> HttpResponse:
    """Answer with a part that stands at the address of its name: the same bytes for everybody."""
    desk = Desk.now_open()
    html = desk.page(part(name), title_head(title), f"{desk.frame.root}/{name}/")
    return answer(request, Document(html.encode()), desk.holds())


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The document without a page, its slots open."""
    desk = Desk.now_open()
    return answer(request, Document(release(desk.frame).shell.encode()), desk.holds())
