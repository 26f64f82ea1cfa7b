"""The reader's addresses, one function each."""

import re
from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from api.library import search
from api.library.queries import LONGEST
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
        return slashed(request) if is_ours(path) else pages.missing(request)
    return pages.respond(request, f"/{path}")


def is_ours(path: str) -> bool:
    """Say whether an address without its slash may be one of the library's: it is no file, and stays on this site."""
    return "." not in path.rpartition("/")[2] and not path.startswith(("/", "\\"))


def slashed(request: HttpRequest) -> HttpResponse:
    """Lead on to the address with its slash, which may be there or not, so nobody keeps this for long."""
    response = HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    response["Cache-Control"] = f"public, max-age={LONGEST}"
    return response


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Whom to call, by country; ``?country=`` puts another country first."""
    desk = Desk.now_open()
    asked = request.GET.get("country", "").upper()
    country = asked if COUNTRY.fullmatch(asked) else ""
    key = f"/help/?country={country}"
    kept = memory.get(key, desk.stamp, desk.now)
    if kept is None:
        description = "Whom to call when you are in danger or thinking about ending your life: helplines by country."
        head = title_head("Help now", description, f"{settings.ORIGIN}/help/", index=True)
        html = desk.page(part("help", desk.frame.country), head, "/help/", country=country)
        kept = memory.put(key, desk.stamp, Document(html.encode()), desk.now, desk.holds())
    return answer(request, kept, seconds_left(kept, desk.now))


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that says that there is no connection, as the phone keeps it."""
    desk = Desk.now_open()
    html = desk.page(part("offline"), title_head("No Internet Connection"), "/offline/")
    return answer(request, Document(html.encode()), desk.holds())


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search. What is asked for is nobody's to keep."""
    desk = Desk.now_open()
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[: search.LONGEST_QUERY]
    title = f"{query} · Search" if query else "Search"
    results = found(query, desk) if query else ""
    html = desk.page(part("search"), title_head(title), "/search/", query=escape(query), results=results)
    return HttpResponse(html, headers={"Cache-Control": "private, no-store"})


def found(query: str, desk: Desk) -> str:
    """Set what a search has found, with the words that were found marked."""
    kinds = [kind for kind in search.SEARCHABLE if kind != "reference" and kind != "helpline"]
    answers = search.find(query, moment=desk.now, kinds=kinds, limit=30)
    many = len(answers.hits)
    count = f"The best {many}" if answers.more else f"{many} result{'' if many == 1 else 's'}"
    told = f'<h2 id="results">{count if many else "Nothing has these words"}</h2>'
    results = "".join(result(hit) for hit in answers.hits)
    hint = "" if many else '<p class="soft">Try fewer words, or look through <a href="/articles/">all articles</a>.</p>'
    return (
        f'<section aria-labelledby="results"><div class="head" role="status">{told}</div>{hint}'
        f'<div class="rows">{results}</div></section>'
    )


KIND_NAMES = {"article": "Article", "page": "Page", "topic": "Topic", "person": "Person"}


def result(hit: search.Hit) -> str:
    """Set one thing that was found."""
    return (
        f'<article class="result go stack near"><p class="kicker">{KIND_NAMES[hit.kind]}</p>'
        f'<h3><a href="{escape(hit.path or "/")}">{hit.title_html}</a></h3><p>{hit.excerpt_html}</p></article>'
    )


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The document without a page, its slots open."""
    desk = Desk.now_open()
    return answer(request, Document(release(desk.frame).shell.encode()), desk.holds())
