"""Joining a page from its parts: shell, fragment and what fills the fragment's slots.

The phone's worker joins the same parts by the same rules (`client/src/sw/compose.ts`). Both are held to
`tests/vectors/compose.json`; the rules are told in `docs/architecture.md`. Which banner stands where is
decided by `cms.banners.rule`.
Everything here is text in, text out: where cards, counts and banners come from is the caller's business.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

SITE_NAME = "Respite"
CARDS_ON_A_PAGE = 20
LATEST = 7
ARIA_CHOSEN = ' aria-current="true"'

SLOT = re.compile(r"<!--slot:([a-z][a-z-]*(?: [^ >]+)*)-->")
HERE = re.compile(r"<!--here:(/[^ >]*)-->")
WHERE = re.compile(r"<!--where ([^ >]+)-->(.*?)<!--/where-->", re.DOTALL)
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


def conditions(html: str) -> list[str]:
    """Name the conditions under which parts of a page stand, each once, in order."""
    return list(dict.fromkeys(match[1] for match in WHERE.finditer(html)))


def join(shell: str, head: str, main: str, fills: Mapping[str, str], path: str, now: datetime) -> str:
    """Give the whole page: the shell with its head, its main and its marked navigation."""
    page = _mark_here(shell, path)
    parts = {"head": head, "main": fill(main, fills, now), "languages": fills.get("languages", "")}
    return SLOT.sub(lambda match: parts.get(match[1], ""), page)


def fill(main: str, fills: Mapping[str, str], now: datetime) -> str:
    """Fill a fragment's slots, then the slots within what filled them, and no further.

    What nobody fills becomes nothing. What stands under a condition is shown where the fills name it (``where NAME``).
    What waits for its moment is shown from that moment on.
    """

    def once(html: str, then: Callable[[str], str]) -> str:
        return SLOT.sub(lambda match: then(fills.get(match[1], "")), html)

    filled = once(main, lambda inner: once(inner, lambda deepest: SLOT.sub("", deepest)))
    filled = WHERE.sub(lambda match: match[2] if fills.get(f"where {match[1]}") else "", filled)
    return AFTER.sub(lambda match: match[2] if datetime.fromisoformat(match[1]) <= now else "", filled)


def next_moment(main: str, now: datetime) -> datetime | None:
    """Say when something in this fragment is next due to appear by itself."""
    moments = (datetime.fromisoformat(match[1]) for match in AFTER.finditer(main))
    return min((moment for moment in moments if moment > now), default=None)


def _mark_here(shell: str, path: str) -> str:
    """Mark the navigation's link of the area a path is in; the home page, the shortest, is an area of its own."""
    home = min(HERE.findall(shell), key=len, default="")
    areas = [area for area in HERE.findall(shell) if area == path or (area != home and path.startswith(area))]
    here = max(areas, key=len, default=None)
    return HERE.sub(lambda match: ' aria-current="page"' if match[1] == here else "", shell)


def revision_head(revision: int | None) -> str:
    """Give what tells a page of which revision its text is; nothing for what nobody reads for long."""
    return "" if revision is None else f'\n<meta name="revision" content="{revision}">'


def short_head(title: str, path: str, home: str = "/") -> str:
    """Give the head that needs nothing but a title, as the phone uses it."""
    return f"<title>{escape(page_title(title, path, home))}</title>"


def page_title(title: str, path: str, home: str = "/") -> str:
    """Name a page as its tab does: the site alone at home, elsewhere what it is, then the site."""
    return SITE_NAME if path == home or not title else f"{title} · {SITE_NAME}"


# ---- Languages ---------------------------------------------------------------------------------

# What stands at the same address in every language, after what the language begins with.
IN_EVERY_LANGUAGE = re.compile(r"/(help|search|offline|contact)/|/(people|specialists)/.*")


def ways(
    path: str, root: str, translations: Sequence[Mapping[str, str]], known: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """Say where a page can be read in each language: its translation, the same page, or else that one's home.

    ``root`` is what the page's own language begins with. Translations have ``language, path``, languages
    ``code, root``.
    """
    translated = {translation["language"]: translation["path"] for translation in translations}
    inner = path.removeprefix(root)
    same = inner if IN_EVERY_LANGUAGE.fullmatch(inner) else "/"
    return {language["code"]: translated.get(language["code"], language["root"] + same) for language in known}


def languages(here: str, ways_: Mapping[str, str], known: Sequence[Mapping[str, str]]) -> str:
    """Set the choice of languages, each by its own name; nothing where there is no choice.

    A language has ``code, name, direction``.
    """
    if len(known) < 2:
        return ""
    items = "".join(_language(language, here, ways_[language["code"]]) for language in known)
    return f'<nav class="languages" aria-label="{_("Language")}"><ul>{items}</ul></nav>'


def _language(language: Mapping[str, str], here: str, way: str) -> str:
    code, name = escape(language["code"]), escape(language["name"])
    written = f'lang="{code}" dir="{language["direction"]}"'
    if language["code"] == here:
        return f'<li><span {written} aria-current="true">{name}</span></li>'
    return f'<li><a href="{escape(way)}" hreflang="{code}" {written}>{name}</a></li>'


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
    newer = f'<a href="{"./" if page == 2 else f"?page={page - 1}"}" rel="prev">{_("Newer")}</a>' if page > 1 else ""
    older = f'<a href="?page={page + 1}" rel="next">{_("Older")}</a>' if page < pages else ""
    told = _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}
    return f'<nav class="pager" aria-label="{_("Pages")}">{newer}<span>{told}</span>{older}</nav>'


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
    return f'<nav aria-label="{_("Countries")}"><ul class="pills">{pills}</ul></nav>' if len(names) > 1 else ""


def _country(name: str, code: str, mark: str) -> str:
    return f'<li><a class="pill" href="?country={escape(code)}"{mark}>{escape(name)}</a></li>'


def support(path: str) -> str:
    """Set the way to the page about the free consultation, where there is one."""
    return f'<a class="btn" href="{escape(path)}">{_("Find support")}</a>' if path else ""


def consultation(path: str) -> str:
    """Set the way to what is said of the free first consultation, where there is such a page."""
    return f'<p><a href="{escape(path)}">{_("What a free first consultation is")}</a></p>' if path else ""


def offer(html: str, placement: str, banner: str) -> str:
    """Set a banner's fragment in its place: the element around it knows which banner stands where, to count it."""
    if not html:
        return ""
    return f'<respite-offer placement="{escape(placement)}" banner="{escape(banner)}">{html}</respite-offer>'
