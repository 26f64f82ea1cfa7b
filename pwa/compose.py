"""Joining a page from its parts: shell, fragment and what fills the fragment's slots.

The phone's worker joins the same parts by the same rules (`client/src/sw/compose.ts`). Both are held to
`tests/vectors/compose.json` and `tests/vectors/banners.json`; the rules are told in `docs/architecture.md`.
Everything here is text in, text out: where cards, counts and banners come from is the caller's business.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple, TypeVar

SITE_NAME = "Respite"
CARDS_ON_A_PAGE = 20
LATEST = 7
ARIA_CHOSEN = ' aria-current="true"'

Banner = TypeVar("Banner", bound=Mapping[str, Any])

SLOT = re.compile(r"<!--slot:([a-z][a-z-]*(?: [^ >]+)*)-->")
HERE = re.compile(r"<!--here:(/[^ >]*)-->")
AFTER = re.compile(r"<!--after ([^ >]+)-->(.*?)<!--/after-->", re.DOTALL)


class Slot(NamedTuple):
    """What a slot asks for: its name, its bare words, its named values."""

    name: str
    words: list[str]
    values: dict[str, str]


def parse(slot: str) -> Slot:
    """Read a slot's inside, such as ``articles topic=sleep`` or ``banners home client -``."""
    name, *arguments = slot.split(" ")
    words = [argument for argument in arguments if "=" not in argument]
    values = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    return Slot(name, words, values)


def wanted(html: str) -> list[str]:
    """Name the slots in a piece of a page, each once, in order."""
    return list(dict.fromkeys(SLOT.findall(html)))


def join(shell: str, head: str, main: str, fills: Mapping[str, str], path: str, now: datetime) -> str:
    """Give the whole page: the shell with its head, its main and its marked navigation."""
    page = _mark_here(shell, path)
    parts = {"head": head, "main": fill(main, fills, now)}
    return SLOT.sub(lambda match: parts.get(match[1], ""), page)


def fill(main: str, fills: Mapping[str, str], now: datetime) -> str:
    """Fill a fragment's slots, then the slots within what filled them, and no further.

    What nobody fills becomes nothing. What waits for its moment is shown from that moment on.
    """

    def once(html: str, then: Callable[[str], str]) -> str:
        return SLOT.sub(lambda match: then(fills.get(match[1], "")), html)

    filled = once(main, lambda inner: once(inner, lambda deepest: SLOT.sub("", deepest)))
    return AFTER.sub(lambda match: match[2] if datetime.fromisoformat(match[1]) <= now else "", filled)


def next_moment(main: str, now: datetime) -> datetime | None:
    """Say when something in this fragment is next due to appear by itself."""
    moments = (datetime.fromisoformat(match[1]) for match in AFTER.finditer(main))
    return min((moment for moment in moments if moment > now), default=None)


def _mark_here(shell: str, path: str) -> str:
    """Mark the navigation's link of the area a path is in; the home page is an area of its own."""
    areas = [area for area in HERE.findall(shell) if area == path or (area != "/" and path.startswith(area))]
    here = max(areas, key=len, default=None)
    return HERE.sub(lambda match: ' aria-current="page"' if match[1] == here else "", shell)


def short_head(title: str, path: str) -> str:
    """Give the head that needs nothing but a title, as the phone uses it."""
    return f"<title>{escape(page_title(title, path))}</title>"


def page_title(title: str, path: str) -> str:
    """Name a page as its tab does: the site alone at home, elsewhere what it is, then the site."""
    return SITE_NAME if path == "/" or not title else f"{title} · {SITE_NAME}"


# ---- What fills the slots ----------------------------------------------------------------------


def latest(cards: Sequence[str]) -> str:
    """Set the newest articles' cards: the first by itself, up to six after it."""
    if not cards:
        return ""
    first = f'<div class="first">{cards[0]}</div>'
    others = "".join(cards[1:LATEST])
    return f'{first}<div class="rows columns">{others}</div>' if others else first


def articles(cards: Sequence[str], page: int = 1, count: int | None = None) -> str:
    """Set one page of articles' cards; below them the way to newer and older ones, where there are more."""
    if not cards:
        return ""
    rows = f'<div class="rows">{"".join(cards)}</div>'
    pages = -(-(len(cards) if count is None else count) // CARDS_ON_A_PAGE)
    return rows + _pager(page, pages) if pages > 1 else rows


def _pager(page: int, pages: int) -> str:
    newer = f'<a href="{"./" if page == 2 else f"?page={page - 1}"}" rel="prev">Newer</a>' if page > 1 else ""
    older = f'<a href="?page={page + 1}" rel="next">Older</a>' if page < pages else ""
    return f'<nav class="pager" aria-label="Pages">{newer}<span>Page {page} of {pages}</span>{older}</nav>'


def topics(cards: Sequence[str]) -> str:
    """Set the cards of topics."""
    return f'<ul class="topics">{"".join(cards)}</ul>' if cards else ""


def helplines(lines: Sequence[Mapping[str, Any]], first_country: str = "") -> str:
    """Set helplines by country, one country first, the others by name.

    A line has ``country, country_name, position, name, id, card``.
    """
    ordered = sorted(
        lines,
        key=lambda line: (
            line["country"] != first_country,
            line["country_name"].lower(),
            line["country"],
            line["position"],
            line["name"].lower(),
            line["id"],
        ),
    )
    countries: dict[str, list[Mapping[str, Any]]] = {}
    for line in ordered:
        countries.setdefault(line["country"], []).append(line)
    return "".join(
        f"<section><h2>{escape(group[0]['country_name'])}</h2>"
        f'<ul class="lines">{"".join(line["card"] for line in group)}</ul></section>'
        for group in countries.values()
    )


def countries(lines: Sequence[Mapping[str, Any]], chosen: str) -> str:
    """Set the choice of countries, for whoever is somewhere else; nothing where there is no choice."""
    names = sorted({(line["country_name"], line["country"]) for line in lines})
    pills = "".join(_country(name, code, ARIA_CHOSEN if code == chosen else "") for name, code in names)
    return f'<nav aria-label="Countries"><ul class="pills">{pills}</ul></nav>' if len(names) > 1 else ""


def _country(name: str, code: str, mark: str) -> str:
    return f'<li><a class="pill" href="?country={escape(code)}"{mark}>{escape(name)}</a></li>'


def support(path: str) -> str:
    """Set the way to the page about the free consultation, where there is one."""
    return f'<a class="btn" href="{escape(path)}">Find support</a>' if path else ""


def choose_banner(
    banners: Sequence[Banner], placement: str, audience: str, page_topics: Sequence[str], now: datetime
) -> Banner | None:
    """Choose the banner that stands in a slot at a moment.

    A banner has ``id, placements, audience, topics, starts_at, ends_at, priority``.
    """
    standing = [
        banner
        for banner in banners
        if placement in banner["placements"]
        and banner["audience"] == audience
        and (not banner["topics"] or set(banner["topics"]) & set(page_topics))
        and _runs(banner, now)
    ]
    return min(standing, key=_rank, default=None)


def _runs(banner: Mapping[str, Any], now: datetime) -> bool:
    begun = banner["starts_at"] is None or datetime.fromisoformat(banner["starts_at"]) <= now
    lasting = banner["ends_at"] is None or datetime.fromisoformat(banner["ends_at"]) > now
    return begun and lasting


def _rank(banner: Mapping[str, Any]) -> tuple[int, bool, float, str]:
    """Order banners: priority, then one for these topics before one for all, then the latest begun, then the id."""
    starts = float("-inf") if banner["starts_at"] is None else datetime.fromisoformat(banner["starts_at"]).timestamp()
    return -banner["priority"], not banner["topics"], -starts, banner["id"]


def banner_topics(word: str) -> list[str]:
    """Read the topics of a banner slot; ``-`` stands for none."""
    return [] if word == "-" else word.split(",")
