"""The preview of a banner where it will stand: in its place on a page that is public now, and what is true of it."""

from html import escape
from typing import Any

from django.utils.translation import gettext as _

from api.library.models import Entry, Kind
from cms.banners import rule
from cms.banners.places import Placement
from cms.banners.previews import Spot
from cms.banners.rule import Because
from cms.consultations.models import Audience
from pwa import compose
from pwa.drawing import draw
from pwa.frame import release
from pwa.pages import Desk, title_head
from pwa.shelf import Shelf

ANY = "-"


def banner_page(desk: Desk, data: dict[str, Any], spot: Spot) -> str:
    """Give the page, with the banner in its place whatever else would stand there, and a note that tells the truth."""
    found = page_with(desk, data, spot)
    path, title, main = found or ("", str(Placement(spot.placement).label), stand_in(spot))
    shelf = Shelf(desk.frame, desk.now)
    # The draft takes the place of its public version.
    others = [banner for banner in shelf.running_banners if banner["id"] != data["id"]]
    shelf.running_banners = others
    slot = slot_of(main, spot)
    note = note_of(desk, data, spot, others, main, found is None)
    fills = shelf.fills(main) | {slot: compose.offer(draw(Kind.BANNER, data).html, spot.placement, data["id"])}
    noted = main.replace(">", f">{note}", 1)
    return compose.join(release(desk.frame).shell, title_head(title), noted, fills, path, desk.now)


def page_with(desk: Desk, data: dict[str, Any], spot: Spot) -> tuple[str, str, str] | None:
    """Find a public page with the place, about one of the banner's topics if there is one: its path, title and main."""
    running = Entry.objects.running_at(desk.now).filter(fragment__html__contains=f"<!--slot:banners {spot.placement} ")
    pages = running.filter(kind__in=[Kind.PAGE, Kind.ARTICLE], language=desk.frame.language)
    pages = pages.order_by("-published_at", "id")
    about = pages.filter(facets__name="topic", facets__value__in=data["topics"]).first() if data["topics"] else None
    entry = about or pages.first()
    return (entry.path or "", entry.title, entry.fragment.html) if entry else None


def stand_in(spot: Spot) -> str:
    """Give a page for a place that no public page has."""
    slot = f"<!--slot:banners {spot.placement} {spot.audience} {ANY}-->"
    title = escape(str(Placement(spot.placement).label))
    return f'<main id="main" class="narrow"><header class="stack"><h1>{title}</h1></header>{slot}</main>'


def slot_of(main: str, spot: Spot) -> str:
    """Give the slot of a main that is this place."""
    return next(slot for slot in compose.wanted(main) if slot.startswith(f"banners {spot.placement} "))


def note_of(
    desk: Desk, data: dict[str, Any], spot: Spot, others: list[dict[str, Any]], main: str, is_stand_in: bool
) -> str:
    """Say what readers will see here, and why, above the page."""
    sentences = [_("There is no public page with this place yet, so this one stands in for it.")] if is_stand_in else []
    sentences += truth(desk, data, spot, others, main)
    way = f'<a href="#offer-{escape(data["id"])}">{escape(_("Go to the banner"))}</a>'
    return f'<p class="note" data-tone="honey"><span>{escape(" ".join(sentences))} {way}</span></p>'


def truth(desk: Desk, data: dict[str, Any], spot: Spot, others: list[dict[str, Any]], main: str) -> list[str]:
    """Say whether readers of this page see the banner in this place: by the rule, as of now."""
    if data["audience"] != spot.audience:
        speaks, is_for = Audience(spot.audience).label, Audience(data["audience"]).label
        text = _("Readers will not see it here: this page speaks to %(speaks)s, and the banner is for %(for)s.")
        return [text % {"speaks": str(speaks).lower(), "for": str(is_for).lower()}]
    if spot.placement not in data["placements"]:
        return [_("Readers will not see it here: this place is not chosen for it.")]
    slots = [slot for slot in compose.wanted(main) if slot.startswith("banners ")]
    here = slots.index(slot_of(main, spot))
    places = [rule.Place.read(compose.parse(slot).words) for slot in slots]
    if not rule.is_about(data, places[here].topics):
        return [_("Readers will not see it here: no public page with this place is about its topics.")]
    # As if it ran already: from when until when is in its own fields.
    running = {**data, "starts_at": None, "ends_at": None} if not rule.runs(data, desk.now) else data
    standing = rule.arrange([*others, running], places, desk.now)
    sentences = [] if rule.runs(data, desk.now) else [_("It does not run today.")]
    if (instead := standing[here]) is running:
        return [*sentences, _("This is where readers will see it.")]
    if running in standing:
        return [
            *sentences,
            _("On this page it stands in an earlier place already, and stands on a page once."),
        ]
    winner = {"other": instead["heading"] if instead else ""}
    return [*sentences, REASONS[rule.because(data, instead)]() % winner] if instead else sentences


REASONS = {
    Because.PRIORITY: lambda: _("Readers see “%(other)s” here instead: it has the higher priority."),
    Because.TOPIC: lambda: _("Readers see “%(other)s” here instead: it is for the topics of this page."),
    Because.START: lambda: _("Readers see “%(other)s” here instead: it began later."),
    Because.IDENTIFIER: lambda: _("Readers see “%(other)s” here instead, by chance: give one a higher priority."),
}
