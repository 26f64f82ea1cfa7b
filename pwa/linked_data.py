"""What a page says of itself to machines: schema.org in JSON-LD."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cms.references.csl_item import date_parts

CSL_TYPES = {
    "article-journal": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "report": "Report",
    "webpage": "WebPage",
    "thesis": "Thesis",
    "article": "ScholarlyArticle",
    "dataset": "Dataset",
}
# What may not stand in a script element as it is: it could end it, or begin a comment in it.
ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def as_script(linked: dict[str, Any]) -> SafeString:
    """Serialise linked data so that it can stand inside a script element."""
    known = json.dumps({"@context": "https://schema.org", **linked}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(known.translate(ESCAPED))  # every character with a meaning in HTML is escaped


def article(data: dict[str, Any]) -> dict[str, Any]:
    """Describe an article as a scholarly article on a medical web page, with what it cites."""
    url = settings.ORIGIN + data["path"]
    known: dict[str, Any] = {
        "@type": ["ScholarlyArticle", "MedicalWebPage"],
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": data["title"],
        "description": data["summary"],
        "inLanguage": data["language"],
        "datePublished": data["published_at"],
        "dateModified": data["updated_at"],
        "timeRequired": f"PT{data['reading_minutes']}M",
        "isAccessibleForFree": True,
        "author": [_person(chip) for chip in data["authors"]],
        "about": [{"@type": "Thing", "name": topic["title"]} for topic in data["topics"]],
        "citation": [_work(reference) for reference in data["references"]],
        "publisher": {"@type": "Organization", "name": "Respite", "url": f"{settings.ORIGIN}/"},
    }
    if data["reviewer"]:
        known["reviewedBy"] = _person(data["reviewer"])
    if data["reviewed_at"]:
        known["lastReviewed"] = data["reviewed_at"][:10]
    if data["image"]:
        known["image"] = settings.ORIGIN + data["image"]["src"]
    if data["corrections"]:
        known["correction"] = [
            {"@type": "CorrectionComment", "datePublished": correction["date"], "text": correction["note"]}
            for correction in data["corrections"]
        ]
    return known


def page(data: dict[str, Any]) -> dict[str, Any]:
    """Describe a page of information, or the site itself where it is the home page."""
    url = settings.ORIGIN + data["path"]
    if data["type"] == "home":
        return {
            "@type": "WebSite",
            "name": "Respite",
            "url": url,
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{settings.ORIGIN}/search/?q={{search_term_string}}",
                "query-input": "required name=search_term_string",
            },
        }
    type_ = "CollectionPage" if data["type"] == "articles" else "WebPage"
    known = {
        "@type": type_,
        "@id": url,
        "url": url,
        "name": data["title"],
        "description": data["summary"],
        "dateModified": data["updated_at"],
    }
    if data["references"]:
        known["citation"] = [_work(reference) for reference in data["references"]]
    return known


def topic(data: dict[str, Any]) -> dict[str, Any]:
    """Describe the page that collects a topic's articles."""
    url = settings.ORIGIN + data["path"]
    about = {"@type": "Thing", "name": data["title"]}
    return {"@type": "CollectionPage", "@id": url, "url": url, "name": data["title"], "about": about}


def person(data: dict[str, Any]) -> dict[str, Any]:
    """Describe the page of an author or reviewer."""
    url = settings.ORIGIN + data["path"]
    known = {"@type": "Person", "name": data["name"], "jobTitle": data["credentials"], "url": url}
    if data["orcid"]:
        known["sameAs"] = f"https://orcid.org/{data['orcid']}"
    return {"@type": "ProfilePage", "@id": url, "url": url, "mainEntity": known}


def specialist(data: dict[str, Any]) -> dict[str, Any]:
    """Describe the page of somebody who offers help, in the words that :func:`pwa.profile.in_words` has added."""
    url = settings.ORIGIN + data["path"]
    known: dict[str, Any] = {
        "@type": "Person",
        "name": data["name"],
        "jobTitle": data["professional_title"],
        "description": data["summary"],
        "knowsLanguage": data["languages"],
        "knowsAbout": [topic["title"] for topic in data["topics"]],
        "memberOf": {"@type": "Organization", "name": data["registration"]["body"]},
        "url": url,
    }
    if data["photo"]:
        known["image"] = settings.ORIGIN + data["photo"]["src"]
    return {"@type": "ProfilePage", "@id": url, "url": url, "dateModified": data["updated_at"], "mainEntity": known}


def _person(chip: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": chip["name"],
        "honorificSuffix": chip["credentials"],
        "url": settings.ORIGIN + chip["path"],
    }


def _work(reference: dict[str, Any]) -> dict[str, Any]:
    """Describe a cited work from its CSL-JSON."""
    csl = reference["csl"]
    work: dict[str, Any] = {"@type": CSL_TYPES.get(reference["type"], "CreativeWork"), "name": csl.get("title", "")}
    authors = [_author(name) for name in csl.get("author", [])]
    if authors:
        work["author"] = authors
    if parts := date_parts(csl, "issued"):
        work["datePublished"] = "-".join(f"{part:02}" for part in parts)
    if csl.get("container-title"):
        work["isPartOf"] = {"@type": "CreativeWork", "name": csl["container-title"]}
    if csl.get("publisher"):
        work["publisher"] = {"@type": "Organization", "name": csl["publisher"]}
    if link := reference["doi_url"] or reference["url"]:
        work["url"] = link
    if reference["status"] == "retracted":
        work["creativeWorkStatus"] = "Retracted"
    if reference["doi_url"]:
        work["identifier"] = reference["doi_url"]
    return work


def _author(name: dict[str, Any]) -> dict[str, Any]:
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    return {"@type": "Person", "name": " ".join(filter(None, [name.get("given"), name.get("family")]))}
