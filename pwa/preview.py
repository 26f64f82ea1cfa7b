"""Previews of drafts: the page that a reader will get, as online, as offline, and the JSON that clients will get."""

import json
from html import escape
from typing import Any

from csp.constants import HEADER as POLICY_HEADER
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.admin.userbar import Userbar

from api.library.build import describe
from api.library.description import Description
from api.library.models import Entry, Kind
from cms.banners.models import Banner
from cms.banners.previews import spot_of
from cms.banners.schedule import places_of
from cms.specialists.models import Campaign
from pwa import compose, leaves
from pwa.banner_preview import banner_page
from pwa.campaign_preview import campaign_page
from pwa.drawing import Drawn, draw, draw_reference
from pwa.frame import policy, release
from pwa.pages import Desk, title_head

CONNECTION = 'class="connection" role="status">'
SCRIPT = '<script type="module"'


def respond(thing: Any, request: HttpRequest, mode: str) -> HttpResponse:
    """Answer with a preview of a page or snippet as it is set on this object.

    Modes: reader, offline, json; of a banner also each audience and place. A campaign has the list that it changes.
    """
    if isinstance(thing, Campaign):
        return HttpResponse(campaign_page(Desk.now_open(), thing), headers={"Cache-Control": "private, no-store"})
    described = describe(thing, timezone.now())
    with override(described.language):
        return _respond(thing, request, mode, described)


def _respond(thing: Any, request: HttpRequest, mode: str, described: Description) -> HttpResponse:
    """Answer in the language of the thing, whatever the editor's own is."""
    desk = Desk.now_open()
    headers = {"Cache-Control": "private, no-store"}
    spot = spot_of(mode, thing.placements) if isinstance(thing, Banner) else None
    if spot is not None:
        html = banner_page(desk, described.data, spot)
    else:
        html = {"offline": offline_page, "json": json_page}.get(mode, reader_page)(desk, described)
    if getattr(request, "in_preview_panel", False):
        # The editor's checks of accessibility run from the userbar.
        html = html.replace("</body>", Userbar(object=thing).render_html({"request": request}) + "</body>")
        headers |= {POLICY_HEADER: policy(settings.ADMIN_POLICY)}
    return HttpResponse(html, headers=headers)


def reader_page(desk: Desk, described: Description) -> str:
    """Give the page as a reader will get it, with the banners that run now."""
    drawn = drawn_of(described)
    return desk.page(main_of(described, drawn), drawn.head or title_head(described.title), described.path or "")


def offline_page(desk: Desk, described: Description) -> str:
    """Give the same page as a phone without a connection joins it: the short head, and the state in words."""
    drawn, path = drawn_of(described), described.path or ""
    html = desk.page(main_of(described, drawn), compose.short_head(described.title, path), path)
    kept = Entry.objects.running_at(desk.now).filter(kind=Kind.ARTICLE).count()
    readable = ngettext(
        "%(count)s article can be read on this phone.", "%(count)s articles can be read on this phone.", kept
    )
    state = f"{_('No connection.')} {readable % {'count': kept}}"
    html = html.replace(CONNECTION, CONNECTION.replace(">", f' data-connection="offline">{state}'), 1)
    # The script would find that there is a connection, and say so.
    return html[: html.index(SCRIPT)] + html[html.index("</script>", html.index(SCRIPT)) + len("</script>") :]


def json_page(desk: Desk, described: Description) -> str:
    """Give the JSON that the API will serve, indented, on a page to read it on."""
    text = json.dumps(described.data, ensure_ascii=False, indent=2)
    main = (
        f'<main id="main"><h1>JSON of {escape(described.title)}</h1>'
        f'<pre class="code" tabindex="0">{escape(text)}</pre></main>'
    )
    return compose.join(release(desk.frame).shell, title_head("JSON"), main, {}, "", desk.now)


def drawn_of(described: Description) -> Drawn:
    """Draw a description; a reference, which has no page of its own, as it stands under an article."""
    if described.kind == Kind.REFERENCE:
        return draw_reference(described.data)
    return draw(described.kind, described.data)


def main_of(described: Description, drawn: Drawn) -> str:
    """Give a whole main also of what is only part of other pages."""
    if drawn.html.startswith("<main"):
        return leaves.leaf(drawn.html)
    piece = drawn.html or f'<ul class="lines">{drawn.card}</ul>'
    told = ""
    if described.kind == Kind.BANNER:
        places = places_of(described.data["placements"]) or _("no page yet")
        told = f'<p class="fine">{_("Stands on: %(places)s.") % {"places": escape(places)}}</p>'
    return f'<main id="main"><h1 class="sr">{escape(described.title)}</h1>{told}{piece}</main>'
