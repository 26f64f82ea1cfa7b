"""Drawing an entry: its page without the frame, its card, and its head, from its data alone."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings
from django.template.loader import render_to_string

from pwa import linked_data
from pwa.compose import page_title

HERE = Path(__file__).parent
DRAWN_BY = ("templates/pwa/fragments", "templates/pwa/cards", "templates/pwa/pieces")
DRAWN_WITH = ("drawing.py", "linked_data.py", "templatetags/respite.py")
DRAWN_KINDS = frozenset({"article", "page", "topic", "person", "banner", "helpline"})

# Ids that our templates give out themselves; a heading that claims one of them gets another.
OWN_ID = re.compile(
    r"main|share|references|corrections|content-note|read-next|takeaways|fermata|dusk|rings|(ref|cite|offer|[ip])-.*"
)
TYPE_LABELS = {
    "article-journal": "Journal article",
    "book": "Book",
    "chapter": "Chapter in a book",
    "report": "Report",
    "webpage": "Web page",
}
TYPE_TONES = {"article-journal": "moss", "book": "honey", "chapter": "honey"}
PANEL_TONES = {"benefits": "moss", "suitable": "plum", "important": "honey"}
SHARE_LINKS = (
    ("Email", "mailto:?{}", {"subject": "title", "body": "url"}),
    ("WhatsApp", "https://wa.me/?{}", {"text": "both"}),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?{}", {"u": "url"}),
    ("Bluesky", "https://bsky.app/intent/compose?{}", {"text": "both"}),
)


class Drawn(NamedTuple):
    """What is kept of an entry for readers; see :class:`pwa.models.Fragment`."""

    html: str
    card: str
    head: str


@cache
def template_version() -> str:
    """Name the fragment templates as they are: another text, or another public address, is another version."""
    digest = hashlib.sha256(settings.ORIGIN.encode())
    files = [HERE / name for name in DRAWN_WITH]
    for folder in DRAWN_BY:
        files += sorted((HERE / folder).glob("*.html"))
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def draw(kind: str, data: Any) -> Drawn:
    """Draw an entry of a kind from the JSON that the API serves of it."""
    return {
        "article": _article,
        "page": _page,
        "topic": _topic,
        "person": _person,
        "banner": _banner,
        "helpline": _helpline,
    }[kind](data)


def _article(data: dict[str, Any]) -> Drawn:
    sections = list(_sections(data["body"]))
    references = [_reference(reference) for reference in data["references"]]
    context = {
        "data": {**data, "was_updated": _days_differ(data["published_at"], data["updated_at"])},
        "sections": sections,
        "references": references,
        "contents": _contents(sections, bool(references)),
        "share": _share(data["title"], data["path"]),
    }
    card = _render("cards/article.html", {"card": data})
    return Drawn(_render("fragments/article.html", context), card, _head(data, "article", linked_data.article(data)))


def _page(data: dict[str, Any]) -> Drawn:
    panels = [{**panel, "tone": PANEL_TONES[panel["kind"]]} for panel in data.get("panels") or []]
    context = {"data": {**data, "panels": panels}, "sections": list(_sections(data.get("body") or []))}
    head = _head(data, "website", linked_data.page(data))
    return Drawn(_render(f"fragments/{data['type']}.html", context), "", head)


def _topic(data: dict[str, Any]) -> Drawn:
    context = {"data": data}
    head = _head(data, "website", linked_data.topic(data))
    return Drawn(_render("fragments/topic.html", context), _render("cards/topic.html", context), head)


def _person(data: dict[str, Any]) -> Drawn:
    known = {**data, "title": data["name"], "summary": data["credentials"]}
    return Drawn(
        _render("fragments/person.html", {"data": data}), "", _head(known, "profile", linked_data.person(data))
    )


def _banner(data: dict[str, Any]) -> Drawn:
    return Drawn(_render("fragments/banner.html", {"data": data}), "", "")


def _helpline(data: dict[str, Any]) -> Drawn:
    return Drawn("", _render("cards/helpline.html", {"data": data}), "")


def draw_reference(data: dict[str, Any]) -> Drawn:
    """Draw a work by itself, as it will stand under an article."""
    context = {"reference": _reference({"ordinal": 1, **data})}
    return Drawn(f'<ol class="refs">{_render("pieces/reference.html", context)}</ol>', "", "")


# ---- The parts of an article -------------------------------------------------------------------


def _sections(body: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Group blocks under their headings; takeaways are a section of their own."""
    blocks: list[dict[str, Any]] = []
    anchor = ""
    taken: set[str] = set()
    for block in body:
        if block["type"] == "heading":
            block = {**block, "anchor": _own_anchor(block["anchor"], taken)}
        begins = block["type"] == "takeaways" or (block["type"] == "heading" and str(block["level"]) == "2")
        if begins and blocks:
            yield _section(anchor, blocks)
        if block["type"] == "takeaways":
            anchor = _own_anchor("key-takeaways", taken)
            yield {"anchor": anchor, "title": "Key takeaways", "takeaways": block["items"]}
        if begins:
            blocks = [] if block["type"] == "takeaways" else [block]
            anchor = "" if block["type"] == "takeaways" else block["anchor"]
        else:
            blocks.append(block)
    if blocks:
        yield _section(anchor, blocks)


def _section(anchor: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {"anchor": anchor, "title": blocks[0]["text"] if anchor else "", "blocks": blocks}


def _own_anchor(anchor: str, taken: set[str]) -> str:
    """Give an anchor that nothing else on the page has."""
    free = f"{anchor}-section" if not anchor or OWN_ID.fullmatch(anchor) else anchor
    while free in taken:
        free += "-again"
    taken.add(free)
    return free


def _contents(sections: list[dict[str, Any]], has_references: bool) -> list[dict[str, str]]:
    listed = [{"anchor": section["anchor"], "text": section["title"]} for section in sections if section["anchor"]]
    return listed + ([{"anchor": "references", "text": "References"}] if has_references else [])


def _reference(reference: dict[str, Any]) -> dict[str, Any]:
    """Add how a reference is labelled and where its work is found, if its formatted text does not lead there."""
    doi, link = reference["doi_url"], reference["doi_url"] or reference["url"]
    shown = link and f'href="{link}"' not in reference["formatted"]
    return {
        **reference,
        "type_label": TYPE_LABELS.get(reference["type"], "Work"),
        "tone": TYPE_TONES.get(reference["type"], "plum"),
        "link": link if shown else "",
        "link_label": doi.replace("https://doi.org/", "doi:") if doi else "Where to find it",
    }


def _share(title: str, path: str) -> dict[str, Any]:
    """Give the plain links that share a page's canonical address, with nothing added to it."""
    url = settings.ORIGIN + path
    values = {"title": title, "url": url, "both": f"{title} {url}"}
    sites = [
        {"name": name, "href": pattern.format(urlencode({k: values[v] for k, v in query.items()}, quote_via=quote))}
        for name, pattern, query in SHARE_LINKS
    ]
    return {"url": url, "title": title, "sites": sites}


# ---- The head ----------------------------------------------------------------------------------


def _head(data: dict[str, Any], type_: str, linked: dict[str, Any]) -> str:
    seo = data.get("seo") or {}
    title = seo.get("title") or data["title"]
    image = data.get("image") or data.get("photo")
    head = {
        "title": title,
        "page_title": page_title(title, data["path"]),
        "description": " ".join((seo.get("description") or data.get("summary") or data["title"]).split()),
        "url": settings.ORIGIN + data["path"],
        "type": type_,
        "locale": data.get("language", "en").replace("-", "_"),
        "image": image and {**image, "url": settings.ORIGIN + image["src"]},
        "published_at": data.get("published_at") if type_ == "article" else None,
        "updated_at": data.get("updated_at"),
        "linked_data": linked_data.as_script(linked),
    }
    return _render("pieces/head.html", {"head": head})


def _days_differ(first: str, second: str) -> bool:
    return first[:10] != second[:10]


def _render(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"pwa/{template}", context).strip()
