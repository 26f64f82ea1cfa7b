"""Finding a specialist: the list, what it is filtered by, and how it is set.

The phone's worker has the same in `client/src/sw/finding.ts`; both are held to ``tests/vectors/finding.json``.
Everything here is text in, text out. Somebody comes as ``{"id", "featured", "facets", "card"}``, where facets are
``[name, value, label]``, the label in the language of the page. The order is :mod:`cms.specialists.rule`'s.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.specialists import rule

ON_A_PAGE = 20
LONGEST, MOST = 100, 20  # characters of a value, values of one name
UNQUOTED = "-_.!~*'()"  # what encodeURIComponent leaves as it is
# In the order in which they stand on the form; also the order in an address.
NAMES = ("offers_consultation", "reduced_fee", "way", "topic", "modality", "language", "country", "fee")
# Whose values have an order of their own; the others stand by their labels.
FIXED = {
    "way": ("video", "phone", "in_person", "writing"),
    "fee": ("lower", "middle", "higher"),
}

Asked = Mapping[str, Sequence[str]]
Row = Mapping[str, Any]


class Option(NamedTuple):
    """A value to filter by: what it is called, how many would be found with it, and whether it is chosen."""

    value: str
    label: str
    many: int
    is_chosen: bool


def asked_in(query: QueryDict) -> dict[str, list[str]]:
    """Read what a list is to be filtered by; what is no filter is passed over."""
    given = {name: query.getlist(name) for name in NAMES}
    known = {
        name: [value for value in dict.fromkeys(values) if value and len(value) <= LONGEST][:MOST]
        for name, values in given.items()
    }
    return {name: values for name, values in known.items() if values}


def values_of(row: Row, name: str) -> list[str]:
    """Give what somebody has of one facet."""
    return [value for facet, value, _label in row["facets"] if facet == name]


def fits(row: Row, asked: Asked) -> bool:
    """Say whether somebody has, of each thing that is asked for, one of the values that were chosen."""
    return all(any(value in values_of(row, name) for value in values) for name, values in asked.items())


def options(rows: Sequence[Row], asked: Asked, name: str) -> list[Option]:
    """Give what can be chosen of one facet, with how many would be found beside everything else that is chosen."""
    others = {other: values for other, values in asked.items() if other != name}
    found = [row for row in rows if fits(row, others)]
    labels = {value: label for row in rows for facet, value, label in row["facets"] if facet == name}
    chosen = asked.get(name, ())
    given = [
        Option(value, label, sum(value in values_of(row, name) for row in found), value in chosen)
        for value, label in labels.items()
    ]
    fixed = FIXED.get(name, ())
    return sorted(
        given,
        key=lambda option: (
            fixed.index(option.value) if option.value in fixed else len(fixed),
            option.label.lower(),
            option.value,
        ),
    )


def address(root: str, asked: Asked, page: int = 1) -> str:
    """Give the address of a list: its filters in their order, then the page."""
    pairs = [(name, value) for name in NAMES for value in asked.get(name, ())]
    pairs += [("page", str(page))] if page > 1 else []
    query = "&".join(f"{name}={quote(value, safe=UNQUOTED)}" for name, value in pairs)
    return f"{root}/specialists/" + (f"?{query}" if query else "")


def without(asked: Asked, name: str, value: str) -> dict[str, list[str]]:
    """Give what is asked for without one value."""
    left = {other: [one for one in values if (other, one) != (name, value)] for other, values in asked.items()}
    return {other: values for other, values in left.items() if values}


# ---- How it is set ---------------------------------------------------------------------------


def listed(rows: Sequence[Row], asked: Asked, root: str, now: datetime, page: int = 1) -> str:
    """Set the whole of it: filters beside what they find; a few words where nobody is listed at all."""
    if not rows:
        told = _("Nobody is listed here yet.")
        return f'<p class="note"><span>{told} <a href="{root}/help/">{_("Help now")}</a></span></p>'
    found = [row for row in rule.order(rows, now) if fits(row, asked)]
    return f'<div class="split">{filters(rows, asked, root)}{results(found, rows, asked, root, page)}</div>'


def filters(rows: Sequence[Row], asked: Asked, root: str) -> str:
    """Set the form: a group for each thing that somebody has, and what is chosen."""
    many = sum(len(values) for values in asked.values())
    title = _("Filters, %(many)s chosen") % {"many": many} if many else _("Filters")
    groups = "".join(_groups(rows, asked))
    clear = f'<a class="btn bare" href="{root}/specialists/">{_("Clear")}</a>' if many else ""
    return (
        f'<form class="side" action="{root}/specialists/" method="get" aria-label="{_("Filters")}">'
        f'<p class="wide-only" aria-hidden="true">{_("Filters")}</p>'
        f'<details class="filters folds"><summary>{title}</summary><div class="stack loose">{groups}'
        f'<div class="actions"><button class="btn" type="submit">{_("Show people")}</button>{clear}</div>'
        "</div></details></form>"
    )


def _groups(rows: Sequence[Row], asked: Asked) -> Iterable[str]:
    offer = [_box("offers_consultation", option) for option in options(rows, asked, "offers_consultation")] + [
        _box("reduced_fee", option) for option in options(rows, asked, "reduced_fee")
    ]
    yield _fieldset(_("Offer"), offer)
    yield _fieldset(_("How to meet"), [_box("way", option) for option in options(rows, asked, "way")])
    yield _fieldset(_("Works with"), [_box("topic", option) for option in options(rows, asked, "topic")])
    yield _choice("modality", _("Approach"), _("Any approach"), options(rows, asked, "modality"))
    yield _choice("language", _("Language"), _("Any language"), options(rows, asked, "language"))
    yield _choice("country", _("Country"), _("Any country"), options(rows, asked, "country"))
    yield _choice("fee", _("Fee for a session"), _("Any fee"), options(rows, asked, "fee"))


def _fieldset(legend: str, boxes: Sequence[str]) -> str:
    return f"<fieldset><legend>{legend}</legend>{''.join(boxes)}</fieldset>" if boxes else ""


def _box(name: str, option: Option) -> str:
    mark = " checked" if option.is_chosen else ""
    return (
        f'<label class="choice"><input type="checkbox" name="{name}" value="{escape(option.value)}"{mark}>'
        f" <span>{escape(option.label)}</span> <span>{option.many}</span></label>"
    )


def _choice(name: str, label: str, any_: str, given: Sequence[Option]) -> str:
    if not given:
        return ""
    items = "".join(
        f'<option value="{escape(option.value)}"{" selected" if option.is_chosen else ""}>'
        f"{escape(option.label)} ({option.many})</option>"
        for option in given
    )
    return (
        f'<div class="field"><label for="by-{name}">{label}</label><select id="by-{name}" name="{name}">'
        f'<option value="">{any_}</option>{items}</select></div>'
    )


def results(found: Sequence[Row], rows: Sequence[Row], asked: Asked, root: str, page: int) -> str:
    """Set who was found, twenty at a time, under what they were filtered by."""
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(page, 1), pages)
    shown = found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    count = ngettext("%(count)s person", "%(count)s people", len(found)) % {"count": len(found)}
    cards = f'<div class="found">{"".join(row["card"] for row in shown)}</div>' if shown else _nobody(root)
    return (
        f'<section aria-labelledby="found"><div class="head flush"><h2 id="found">{count}</h2>'
        f'<a href="#order">{_("How they are ordered")}</a></div>'
        f"{_chosen(rows, asked, root)}{cards}{_pager(asked, root, number, pages)}</section>"
    )


def _nobody(root: str) -> str:
    told = _("Nobody here has all of this. Take something away, or look at everybody.")
    everybody = f'<a href="{root}/specialists/">{_("Everybody")}</a>'
    return f'<p class="note"><span>{told} {everybody}</span></p>'


def _chosen(rows: Sequence[Row], asked: Asked, root: str) -> str:
    labels = {(name, value): label for row in rows for name, value, label in row["facets"]}
    pills = "".join(
        f'<li><a class="pill" href="{escape(address(root, without(asked, name, value)))}">'
        f"{escape(labels.get((name, value), value))}"
        '<svg class="icon small" aria-hidden="true" viewBox="0 0 24 24"><use href="#i-close"/></svg>'
        f'<span class="sr">{_("take away")}</span></a></li>'
        for name in NAMES
        for value in asked.get(name, ())
    )
    return f'<ul class="pills chosen" aria-label="{_("Chosen filters")}">{pills}</ul>' if pills else ""


def _pager(asked: Asked, root: str, page: int, pages: int) -> str:
    if pages < 2:
        return ""

    def way(number: int, word: str, relation: str) -> str:
        return f'<a href="{escape(address(root, asked, number))}" rel="{relation}">{word}</a>'

    before = way(page - 1, _("Back"), "prev") if page > 1 else ""
    after = way(page + 1, _("More people"), "next") if page < pages else ""
    told = _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}
    return f'<nav class="pager" aria-label="{_("Pages")}">{before}<span>{told}</span>{after}</nav>'
