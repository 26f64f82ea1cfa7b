"""Addresses that editors have led elsewhere by hand, such as those of an older site (Wagtail's redirects).

What is published, and where it once stood, comes before them: they answer only where the library has nothing to show
and no withdrawal to explain. One site; so for which site a redirect was entered makes no difference.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from api.library import queries
from api.library.models import Entry
from api.library.sources import type_of

MOST_STEPS = 5  # from one redirect to another, all taken at once


@dataclass(frozen=True)
class Led:
    """Where an address was led: a path of this site or a whole address elsewhere."""

    to: str
    is_permanent: bool


def led_from(full_path: str, moment: datetime) -> Led | None:
    """Give where an address, with its query, was led by hand; None where it was not, or leads nowhere or in a circle.

    One query where there is no redirect.
    """
    permanent, been = True, set()
    for _step in range(MOST_STEPS):
        if full_path in been:
            return None
        been.add(full_path)
        redirect = _redirect_of(full_path)
        if redirect is None:
            return None
        permanent = permanent and redirect.is_permanent
        target = _target_of(redirect, moment)
        if target is None or not _is_ours(target):
            return Led(target, permanent) if target else None
        local = target.removeprefix(settings.ORIGIN) or "/"
        found = queries.find(urlsplit(local).path, moment)
        if found and found.entry:
            return Led(local, permanent)
        if found and found.moved_to:
            return Led(found.moved_to, permanent)
        full_path = local
    return None


def _redirect_of(full_path: str) -> Redirect | None:
    """Find the redirect of an address: with its query before without, decoded before as it was sent."""
    sent = Redirect.normalise_path(full_path, decode_unicode=False)
    spellings = [uri_to_iri(sent), sent, uri_to_iri(sent.partition("?")[0]), sent.partition("?")[0]]
    spellings = [one for one in dict.fromkeys(spellings) if "\x00" not in one and len(one) <= 255]
    found = {redirect.old_path: redirect for redirect in Redirect.objects.filter(old_path__in=spellings)}
    return next((found[one] for one in spellings if one in found), None)


def _target_of(redirect: Redirect, moment: datetime) -> str | None:
    if redirect.redirect_page_id:
        pages = Entry.objects.running_at(moment).filter(source_type=type_of(Page), source_id=redirect.redirect_page_id)
        return pages.values_list("path", flat=True).first()
    link = redirect.redirect_link
    return link if link.startswith(("https://", "http://")) else None


def _is_ours(target: str) -> bool:
    return target.startswith("/") or f"{target}/".startswith(f"{settings.ORIGIN}/")
