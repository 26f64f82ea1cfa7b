"""The page on which one searches. What is asked for is nobody's to keep."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from api.library.models import SEARCHABLE, Kind
from api.library.search import Hit
from api.library.search.asking import Answer, ask
from api.library.words import LONGEST_QUERY, terms_of
from pwa.drawing import SHARED_KINDS, draw, root
from pwa.frame import part
from pwa.models import Fragment
from pwa.pages import Desk, page_number, title_head
from pwa.shelf import Shelf

ON_A_PAGE = 20
LAST_PAGE = 50
PLURALS: Mapping[str, Any] = {
    Kind.ARTICLE: _("Articles"),
    Kind.PAGE: _("Pages"),
    Kind.TOPIC: _("Topics"),
    Kind.QUESTION: _("Questions"),
    Kind.SPECIALIST: _("Specialists"),
    Kind.PERSON: _("People"),
    Kind.REFERENCE: _("References"),
    Kind.HELPLINE: _("Helplines"),
}


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search, or say what there is to look through."""
    desk = Desk.now_open()
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    results = found(request, desk, query) if query else begin(desk)
    title = gettext("%(query)s · Search") % {"query": query} if query else gettext("Search")
    html = desk.page(
        part("search"), title_head(title), f"{desk.frame.root}/search/", query=escape(query), results=results
    )
    # Where a reader goes from here is not to be told what they looked for: not even our own server's log.
    return HttpResponse(html, headers={"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"})


def begin(desk: Desk) -> str:
    """Give the way in for somebody who does not know what to ask for: the topics."""
    shelf = Shelf(desk.frame, desk.now)
    html = render_to_string("pwa/search/begin.html", {"root": desk.frame.root, "topics": "".join(shelf.topics())})
    return shelf.filled(html)


def found(request: HttpRequest, desk: Desk, query: str) -> str:
    """Set what a search has found."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in SEARCHABLE else None
    exact = request.GET.get("exact") == "true"
    number = min(page_number(request) or 1, LAST_PAGE)
    language, start = desk.frame.language, (number - 1) * ON_A_PAGE
    answer = ask(query, moment=desk.now, exact=exact, language=language, kind=kind, offset=start, limit=ON_A_PAGE)
    has_kind = answer.found.counts.get(kind, 0) if kind else answer.found.total
    context = {
        "root": desk.frame.root,
        "query": query,
        "answer": answer,
        "told": told(answer, has_kind),
        "asks_nothing": not terms_of(query),
        "has_mended": answer.shown_for != query,
        "mended_link": link(answer.shown_for),
        "exact_link": link(query, exact="true"),
        "offer_link": link(answer.did_you_mean),
        "words": [(word, link(word)) for word in answer.known_words],
        "kinds": kinds(answer, query, kind, exact),
        "has_help": any(one["is_help"] for one in answer.promoted),
        "promoted": [draw(Kind.PROMOTION, one, language).html for one in answer.promoted],
        "results": [
            {
                "hit": hit,
                "name": Kind(hit.kind).label,
                "path": (desk.frame.root if hit.kind in SHARED_KINDS else "") + (hit.path or "/"),
                "card": card,
                "others": hit.citing_count - len(hit.cited_by),
            }
            for hit, card in with_cards(answer, language)
        ],
        "newer": link(query, kind, exact, number - 1) if number > 1 else "",
        "older": link(query, kind, exact, number + 1) if answer.found.more and number < LAST_PAGE else "",
        "number": number,
        "pages": min(LAST_PAGE, -(-has_kind // ON_A_PAGE)),
    }
    return render_to_string("pwa/search/results.html", context)


def told(answer: Answer, many: int) -> str:
    """Say in a heading what has come of it."""
    if not many:
        return gettext("Nothing has all of these words")
    return ngettext("%(many)s result", "%(many)s results", many) % {"many": many}


def kinds(answer: Answer, query: str, chosen: str | None, exact: bool) -> list[dict[str, Any]]:
    """Give the choice between the kinds there are, with how many there are of each; nothing without a choice."""
    counts = answer.found.counts
    if len(counts) < 2 and not chosen:
        return []
    every = {"name": gettext("All"), "many": answer.found.total, "link": link(query, None, exact), "here": not chosen}
    return [every] + [
        {"name": PLURALS[kind], "many": counts.get(kind, 0), "link": link(query, kind, exact), "here": kind == chosen}
        for kind in SEARCHABLE
        if kind in counts or kind == chosen
    ]


def link(query: str, kind: str | None = None, exact: bool | str = False, page: int = 1) -> str:
    """Give the address of a search."""
    asked = {"q": query, "kind": kind, "exact": "true" if exact else None, "page": page if page > 1 else None}
    return f"{root()}/search/?" + urlencode({name: value for name, value in asked.items() if value})


def with_cards(answer: Answer, language: str) -> list[tuple[Hit, str]]:
    """Give hits with the card of a helpline, so that nobody has to go elsewhere to call it. One query."""
    lines = [UUID(hit.id) for hit in answer.found.hits if hit.kind == Kind.HELPLINE]
    fragments = Fragment.objects.filter(pk__in=lines).values_list("pk", "card", "others") if lines else []
    cards = {str(pk): others.get(language, {}).get("card") or card for pk, card, others in fragments}
    return [(hit, cards.get(hit.id, "")) for hit in answer.found.hits]
