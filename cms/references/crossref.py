"""What Crossref knows of a DOI, asked politely and with patience that ends.

https://api.crossref.org/swagger-ui/ and https://www.crossref.org/documentation/retrieve-metadata/rest-api/
"""

import email.utils
import html
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import urllib3
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.references.formats.items import Item, canonical, clean

DEADLINE = 20.0  # seconds for everything, retries included
CONNECT, READ = 4.0, 8.0
TRIES = 3
LARGEST = 2 * 1024 * 1024  # bytes of an answer
REDIRECTS = 2
PASSING = frozenset({429, 500, 502, 503, 504})
TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "chapter",
    "proceedings-article": "chapter",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "proceedings": "book",
    "report": "report",
    "report-component": "report",
    "standard": "report",
    "dissertation": "thesis",
    "posted-content": "article",
    "dataset": "dataset",
    "database": "dataset",
}


class LookupFailed(Exception):
    """Crossref gave no answer that can be used; the message says what happened and what to do."""


@dataclass(frozen=True)
class Found:
    """What Crossref says: a CSL-JSON item, and notices such as that the work was retracted, a sentence each."""

    item: Item
    notices: list[str] = field(default_factory=list)


def look_up(
    doi: str, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
) -> Found:
    """Ask Crossref for a DOI in its normal form. Raises :class:`LookupFailed`."""
    until = clock() + DEADLINE
    wait = 1.0
    for attempt in range(1, TRIES + 1):
        is_last = attempt == TRIES
        try:
            status, headers, body = request(doi, until, clock)
        except urllib3.exceptions.NewConnectionError as error:  # to urllib3 a kind of timeout
            raise LookupFailed(unreachable()) from error
        except urllib3.exceptions.TimeoutError as error:
            if is_last or clock() + wait >= until:
                raise LookupFailed(_("Crossref did not answer in time. Fill the form in, or try again.")) from error
        except urllib3.exceptions.HTTPError as error:
            raise LookupFailed(unreachable()) from error
        else:
            if status not in PASSING:
                return read_answer(status, body)
            wait = max(wait, retry_after(headers.get("Retry-After", "")))
            if is_last or clock() + wait >= until:
                message = _("Crossref is busy (it answered %(status)d). Fill the form in, or try again in a minute.")
                raise LookupFailed(message % {"status": status})
        sleep(wait)
        wait *= 2
    raise AssertionError("the last try returns or raises")


def unreachable() -> str:
    """Say that there is no way to Crossref."""
    return _("Crossref cannot be reached: there may be no network. Fill the form in, or try again later.")


def request(doi: str, until: float, clock: Callable[[], float]) -> tuple[int, Any, bytes]:
    """Ask once, following redirects on the same host alone. Raises what urllib3 raises, and :class:`LookupFailed`."""
    address = f"{settings.CROSSREF_URL}/works/{quote(doi, safe='')}"
    home = urlsplit(address)[:2]
    with urllib3.PoolManager() as pool:
        for _redirect in range(REDIRECTS + 1):
            left = max(0.1, until - clock())
            timeout = urllib3.Timeout(connect=min(CONNECT, left), read=min(READ, left))
            answer = pool.request(
                "GET",
                address,
                headers={"User-Agent": user_agent(), "Accept": "application/json"},
                timeout=timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                location = answer.headers.get("Location")
                if answer.status in (301, 302, 303, 307, 308) and location:
                    address = urljoin(address, location)
                    if urlsplit(address)[:2] != home:
                        break
                    continue
                return answer.status, answer.headers, read_body(answer, until, clock)
            finally:
                answer.close()
    raise LookupFailed(_("Crossref's answer cannot be used. Fill the form in by hand."))


def read_body(answer: urllib3.BaseHTTPResponse, until: float, clock: Callable[[], float]) -> bytes:
    """Read an answer that is neither too large nor too slow."""
    body = bytearray()
    for chunk in answer.stream(65536, decode_content=True):
        body += chunk
        if len(body) > LARGEST:
            raise LookupFailed(_("Crossref's answer is too large. Fill the form in by hand."))
        if clock() > until:
            raise urllib3.exceptions.TimeoutError
    return bytes(body)


def user_agent() -> str:
    """Say who asks and how to reach them, as Crossref wishes."""
    contact = f"; mailto:{settings.CROSSREF_CONTACT}" if settings.CROSSREF_CONTACT else ""
    return f"Respite/1.0 ({settings.ORIGIN}{contact})"


def retry_after(header: str) -> float:
    """Give the seconds that a Retry-After asks for, in either of its forms (RFC 9110, section 10.2.3)."""
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
        return max(0.0, (moment - timezone.now()).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def read_answer(status: int, body: bytes) -> Found:
    """Make of an answer what Crossref says. Raises :class:`LookupFailed`."""
    if status == 404:
        message = _(
            "Crossref does not know this DOI. Check it; some DOIs, of data sets for instance, are kept elsewhere."
        )
        raise LookupFailed(message)
    try:
        message = json.loads(body)["message"]
        if status != 200 or not isinstance(message, dict) or not message.get("DOI"):
            raise ValueError
        return Found(item_of(message), notices_of(message))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LookupFailed(_("Crossref's answer cannot be used. Fill the form in by hand.")) from error


def item_of(message: dict[str, Any]) -> Item:
    """Give the CSL-JSON item of a work as Crossref describes it."""
    title, subtitle, container, isbn = (
        first(message.get(key)) for key in ("title", "subtitle", "container-title", "ISBN")
    )
    kind = TYPES.get(clean(message.get("type")), "book")
    if subtitle and subtitle.lower() not in title.lower():
        title = f"{title.rstrip(':')}: {subtitle}"
    item = {
        **{key: message.get(key) for key in ("volume", "issue", "DOI")},
        "type": kind,
        "title": title.removesuffix("."),
        "author": people(message.get("author")),
        "editor": people(message.get("editor")),
        "container-title": container or (group_title(message) if kind == "article" else ""),
        # Of an article, its publisher is told to nobody.
        "publisher": "" if kind == "article-journal" else plain(message.get("publisher")),
        "page": message.get("page") or message.get("article-number"),
        "edition": message.get("edition-number"),
        "number": message.get("report-number") if kind == "report" else "",
        "issued": year_alone(message) if kind != "webpage" else message.get("issued"),
        "ISBN": isbn if kind in ("book", "report") else "",
    }
    return canonical(item)


def year_alone(message: dict[str, Any]) -> Any:
    """Give the date of the issue rather than of the first appearance online: that is the one that is cited."""
    return next((message[key] for key in ("published-print", "issued", "published") if message.get(key)), None)


def group_title(message: dict[str, Any]) -> str:
    """Give where a preprint was posted."""
    institution = message.get("institution")
    named = institution[0] if isinstance(institution, list) and institution else institution
    return plain(named.get("name")) if isinstance(named, dict) else plain(message.get("group-title"))


def first(value: Any) -> str:
    """Give the first text of a list of them, without markup."""
    return plain(value[0] if isinstance(value, list) and value else value)


def plain(value: Any) -> str:
    """Give text without the tags and entities that publishers leave in it."""
    return clean(html.unescape(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", clean(value))))


def people(value: Any) -> list[dict[str, Any]]:
    """Give CSL names from Crossref's: an organisation has a ``name``."""
    listed = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return [
        {"literal": plain(one["name"])}
        if one.get("name")
        else {key: plain(one.get(key)) for key in ("family", "given", "suffix")}
        for one in listed
    ]


def notices_of(message: dict[str, Any]) -> list[str]:
    """Give what Crossref says was done to the work since, or what it does to another, a sentence each."""
    said = []
    for notice in listed_notices(message, "updated-by"):
        words = _(
            "Crossref lists a notice about this work: %(kind)s, https://doi.org/%(doi)s. Read it, and set Notice."
        )
        said.append(words % notice)
    for notice in listed_notices(message, "update-to"):
        words = _("This is itself a notice (%(kind)s) about https://doi.org/%(doi)s. Cite that work instead?")
        said.append(words % notice)
    return said


def listed_notices(message: dict[str, Any], key: str) -> list[dict[str, str]]:
    """Give kind and DOI of each notice, once."""
    value = message.get(key)
    listed = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    found = [(clean(one.get("label") or one.get("type")), clean(one.get("DOI"))) for one in listed]
    return [{"kind": kind or "update", "doi": doi} for kind, doi in dict.fromkeys(found) if doi][:5]
