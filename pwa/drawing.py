"""Drawing an entry: its page without the frame, its card, and its head, from its data alone."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from api.library.models import IN_EVERY_LANGUAGE
from cms.articles.change_kind import ChangeKind
from cms.banners.places import SECTIONS
from cms.publishing.languages import codes, other_codes, root_of
from cms.references.evidence import Strength, StudyType
from cms.references.in_text import NUMBERS
from pwa import linked_data
from pwa.compose import page_title
from pwa.profile import in_words

HERE = Path(__file__).parent
DRAWN_BY = ("templates/pwa/fragments", "templates/pwa/cards", "templates/pwa/pieces")
DRAWN_WITH = ("drawing.py", "linked_data.py", "profile.py", "templatetags/respite.py")
DRAWN_KINDS = frozenset(
    {"article", "question", "page", "topic", "person", "banner", "helpline", "promotion", "specialist"}
)
SHARED_KINDS = DRAWN_KINDS.intersection(IN_EVERY_LANGUAGE)

# Ids that our templates give out themselves; a heading that claims one of them gets another.
OWN_ID = re.compile(
    r"main|share|references|changes|strengths|content-note|read-next|takeaways|further-reading"
    r"|fermata|dusk|rings|(ref|cite|cited|offer|[ip])-.*"
)
TYPE_LABELS = {
    "article-journal": gettext_lazy("Journal article"),
    "book": gettext_lazy("Book"),
    "chapter": gettext_lazy("Chapter in a book"),
    "report": gettext_lazy("Report"),
    "webpage": gettext_lazy("Web page"),
    "thesis": gettext_lazy("Thesis"),
    "article": gettext_lazy("Preprint"),
    "dataset": gettext_lazy("Data set"),
}
TYPE_TONES = {"article-journal": "moss", "book": "honey", "chapter": "honey"}
CHANGE_TONES = {ChangeKind.CORRECTION: "honey", ChangeKind.UPDATE: "plum", ChangeKind.REVIEW: "moss"}
PANEL_TONES = {"benefits": "moss", "suitable": "plum", "important": "honey"}
SHARE_LINKS = (
    (gettext_lazy("Email"), "mailto:?{}", {"subject": "title", "body": "url"}),
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
    digest = hashlib.sha256(" ".join([settings.ORIGIN, *codes()]).encode())
    files = [HERE / name for name in DRAWN_WITH]
    files += sorted(HERE.glob("locale/*/LC_MESSAGES/django.mo"))
    for folder in DRAWN_BY:
        files += sorted((HERE / folder).glob("*.html"))
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def draw(kind: str, data: Any, language: str = "") -> Drawn:
    """Draw an entry of a kind from the JSON that the API serves of it.

    It speaks the language of the entry; what the site has once for all languages is drawn in each of them.
    """
    with override(language or data.get("language") or settings.LANGUAGE_CODE):
        return _drawn(kind, _at_home(kind, data))


def draw_in_other_languages(kind: str, data: Any) -> dict[str, dict[str, str]]:
    """Draw what is shared between languages in each but the default one; nothing of what has a language itself."""
    return {code: draw(kind, data, code)._asdict() for code in other_codes()} if kind in SHARED_KINDS else {}


def _at_home(kind: str, data: Any) -> Any:
    """Give what is shared between languages with its addresses in the active one."""
    if kind not in SHARED_KINDS:
        return data
    if kind == "promotion":
        return _promotion_at_home(data)
    path = data.get("path")
    if not path:
        return {**data, **_words(data.get("words") or [])}
    everywhere = [{"language": code, "path": root_of(code) + path} for code in codes()]
    return {**data, "path": root() + path, "translations": everywhere}


def _promotion_at_home(data: dict[str, Any]) -> dict[str, Any]:
    """Give what editors put above a search, in a language they have not written in: the way to Help now, in our words.

    Other promoted results stand only in the language in which they are written.
    """
    if not root():
        return data
    if not data["is_help"]:
        return {}
    note = _(
        "If you are in danger, or thinking about ending your life, call someone now. Calls do not need the internet."
    )
    words = {"heading": _("Get help now"), "note": note, "label": _("Help now"), "path": f"{root()}/help/"}
    return {**data, **words}


def _words(written: list[dict[str, str]]) -> dict[str, str]:
    """Give what a helpline says of itself in the active language, where somebody has written it; else where it is not,
    the language that what is said is in."""
    language = get_language() or settings.LANGUAGE_CODE
    own = next((one for one in written if one["language"] == language), {})
    told = {name: own[name] for name in ("description", "hours") if own.get(name)}
    foreign = language != settings.LANGUAGE_CODE and "description" not in told
    return {**told, **({"words_language": settings.LANGUAGE_CODE} if foreign else {})}


def root() -> str:
    """Give what addresses of the active language begin with."""
    return root_of(get_language() or settings.LANGUAGE_CODE)


def _drawn(kind: str, data: Any) -> Drawn:
    return {
        "article": _article,
        "page": _page,
        "question": _question,
        "topic": _topic,
        "person": _person,
        "banner": _banner,
        "helpline": _helpline,
        "promotion": _promotion,
        "specialist": _specialist,
    }[kind](data)


def _article(data: dict[str, Any]) -> Drawn:
    sections = list(_with_room(_sections(data["body"])))
    groups = list(_groups(data))
    references = [reference for group in groups for reference in group["references"]]
    context = {
        "data": {**data, "was_updated": _days_differ(data["published_at"], data["updated_at"])},
        "sections": sections,
        "groups": groups,
        "retracted": [reference for reference in references if reference["status"] == "retracted"],
        "rated": any(reference["strength_label"] for reference in references),
        "changes": [_change(change) for change in data["changes"]],
        "contents": _contents(sections, groups),
        "share": _share(data["title"], data["path"]),
    }
    card = _render("cards/article.html", {"card": data})
    return Drawn(_render("fragments/article.html", context), card, _head(data, "article", linked_data.article(data)))


def _page(data: dict[str, Any]) -> Drawn:
    panels = [{**panel, "tone": PANEL_TONES[panel["kind"]]} for panel in data.get("panels") or []]
    context = {
        "data": {**data, "panels": panels},
        "sections": list(_sections(data.get("body") or [])),
        "groups": list(_groups(data)),
    }
    head = _head(data, "website", linked_data.page(data))
    return Drawn(_render(f"fragments/{data['type']}.html", context), "", head)


def _question(data: dict[str, Any]) -> Drawn:
    card = {**data, "answers": len(data["answers"])}
    head = _head(data, "article", linked_data.question(data))
    return Drawn(
        _render("fragments/question.html", {"data": data}), _render("cards/question.html", {"card": card}), head
    )


def _topic(data: dict[str, Any]) -> Drawn:
    context = {"data": data}
    head = _head(data, "website", linked_data.topic(data))
    return Drawn(_render("fragments/topic.html", context), _render("cards/topic.html", context), head)


def _person(data: dict[str, Any]) -> Drawn:
    known = {**data, "title": data["name"], "summary": data["credentials"]}
    return Drawn(
        _render("fragments/person.html", {"data": data}), "", _head(known, "profile", linked_data.person(data))
    )


def _specialist(data: dict[str, Any]) -> Drawn:
    told = in_words(data)
    known = {**told, "title": told["name"], "summary": f"{told['professional_title']}. {told['summary']}"}
    head = _head(known, "profile", linked_data.specialist(told))
    context = {"data": told}
    return Drawn(_render("fragments/specialist.html", context), _render("cards/specialist.html", context), head)


def _banner(data: dict[str, Any]) -> Drawn:
    return Drawn(_render("fragments/banner.html", {"data": data}), "", "")


def _helpline(data: dict[str, Any]) -> Drawn:
    return Drawn("", _render("cards/helpline.html", {"data": data}), "")


def _promotion(data: dict[str, Any]) -> Drawn:
    return Drawn(_render("fragments/promotion.html", {"data": data}) if data else "", "", "")


def draw_reference(data: dict[str, Any]) -> Drawn:
    """Draw a work by itself, as it will stand under an article."""
    context = {"reference": _reference({"ordinal": 1, **data})}
    return Drawn(f'<ul class="refs">{_render("pieces/reference.html", context)}</ul>', "", "")


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
            yield {"anchor": anchor, "title": _("Key takeaways"), "takeaways": block["items"]}
        if begins:
            blocks = [] if block["type"] == "takeaways" else [block]
            anchor = "" if block["type"] == "takeaways" else block["anchor"]
        else:
            blocks.append(block)
    if blocks:
        yield _section(anchor, blocks)


def _section(anchor: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {"anchor": anchor, "title": blocks[0]["text"] if anchor else "", "blocks": blocks}


def _with_room(sections: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Say before which sections a banner may stand: before each headed one but the first, ``after`` the one before it.

    Text before the first heading, and key takeaways, are no sections of their own here: a banner never parts what
    belongs together.
    """
    headed = 0
    for section in sections:
        if section["anchor"] and "takeaways" not in section:
            yield {**section, "after": headed if headed <= SECTIONS else 0}
            headed += 1
        else:
            yield section


def _own_anchor(anchor: str, taken: set[str]) -> str:
    """Give an anchor that nothing else on the page has."""
    free = f"{anchor}-section" if not anchor or OWN_ID.fullmatch(anchor) else anchor
    while free in taken:
        free += "-again"
    taken.add(free)
    return free


def _contents(sections: list[dict[str, Any]], groups: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"anchor": section["anchor"], "text": section["title"]} for section in [*sections, *groups] if section["anchor"]
    ]


def _groups(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the lists below a text that are not empty: the works it cites, and what else is to be read."""
    numbered = data["citation_style"] == NUMBERS
    titles = {"cited": ("references", _("References")), "further": ("further-reading", _("Further reading"))}
    for group, (anchor, title) in titles.items():
        if listed := [_reference(one) for one in data["references"] if one["group"] == group]:
            yield {
                "anchor": anchor,
                "title": title,
                "references": listed,
                "numbered": numbered,
                "element": "ol" if numbered else "ul",
                "start": listed[0]["ordinal"],
            }


def _places(places: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Add to each place what the way back to it is called: its section, counted where it comes again."""
    met: Counter[str] = Counter()
    for place in places:
        section = place["section"] or _("Before the first heading")
        met[section] += 1
        yield {**place, "label": section if met[section] == 1 else f"{section}, {met[section]}"}


def _reference(reference: dict[str, Any]) -> dict[str, Any]:
    """Add how a reference is labelled and where its work is found, if its formatted text does not lead there."""
    doi, link = reference["doi_url"], reference["doi_url"] or reference["url"]
    study_type, strength = reference["study_type"], reference["strength"]
    shown = link and f'href="{link}"' not in reference["formatted"]
    return {
        **reference,
        "cited_in": list(_places(reference.get("cited_in", []))),
        "study_type_label": str(StudyType(study_type).label) if study_type else "",
        "strength_label": str(Strength(strength).label) if strength else "",
        "type_label": str(TYPE_LABELS.get(reference["type"], _("Work"))),
        "tone": TYPE_TONES.get(reference["type"], "plum"),
        "link": link if shown else "",
        "link_label": doi.replace("https://doi.org/", "doi:") if doi else _("Where to find it"),
    }


def _change(change: dict[str, Any]) -> dict[str, Any]:
    """Add how a change note is labelled."""
    kind = ChangeKind(change["kind"])
    return {**change, "kind_label": str(kind.label), "tone": CHANGE_TONES[kind]}


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
        "page_title": page_title(title, data["path"], f"{root()}/"),
        "description": " ".join((seo.get("description") or data.get("summary") or data["title"]).split()),
        "url": settings.ORIGIN + data["path"],
        "type": type_,
        "locale": data.get("language", "en").replace("-", "_"),
        "image": image and {**image, "url": settings.ORIGIN + image["src"]},
        "published_at": data.get("published_at") if type_ == "article" else None,
        "updated_at": data.get("updated_at"),
        "linked_data": linked_data.as_script(linked),
        "alternates": mark_safe(alternates(_everywhere(data))),  # every part of it is escaped
    }
    return _render("pieces/head.html", {"head": head})


def _everywhere(data: dict[str, Any]) -> list[dict[str, str]]:
    """Give a thing's address in every language it can be read in, its own among them; none where that is all."""
    others = [one for one in data.get("translations") or [] if one["path"] != data["path"]]
    own = {"language": get_language() or settings.LANGUAGE_CODE, "path": data["path"]}
    return sorted([own, *others], key=lambda one: codes().index(one["language"])) if others else []


def alternates(everywhere: list[dict[str, str]]) -> str:
    """Link a page's versions to each other; who reads none of the languages is sent to the default one's."""
    if len(everywhere) < 2:
        return ""
    links = [(one["language"], one["path"]) for one in everywhere]
    links += [("x-default", path) for language, path in links if language == settings.LANGUAGE_CODE]
    return "\n".join(
        f'<link rel="alternate" hreflang="{escape(language)}" href="{escape(settings.ORIGIN + path)}">'
        for language, path in links
    )


def _days_differ(first: str, second: str) -> bool:
    return first[:10] != second[:10]


def _render(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"pwa/{template}", {"root": root(), **context}).strip()
