"""Describes the pages that are not articles."""

from datetime import datetime
from typing import Any

from api.library.body import Body, words_of_panels, write_panels
from api.library.builders.references import described_references, words_of_reference
from api.library.citing import Citing
from api.library.description import Description, iso, lines
from api.library.models import Kind
from api.library.neighbours import Neighbours
from api.library.sources import Ground, end_of, key_of, to_the_second
from api.library.translations import Translations
from cms.articles.models import ArticleIndex
from cms.banners.blocks import PANEL_HEADINGS
from cms.consultations.models import ConsultationPage
from cms.pages.models import HomePage, InformationPage

AnyPage = HomePage | ArticleIndex | InformationPage | ConsultationPage


def describe_page(page: AnyPage, moment: datetime) -> Description:
    """Describe the home page, the list of articles, a page of information or one about the consultation."""
    kind, summary, own = _particulars(page)
    body = Body(getattr(page, "body", None) or [])
    translations = Translations(page)
    neighbours = Neighbours(moment)
    body.want(neighbours)
    translations.want(neighbours)
    neighbours.load()

    language = page.locale.language_code
    citing = Citing(neighbours, body.cited, ())
    blocks = body.write(neighbours, citing)
    references = described_references(citing)
    path = Ground.now().path_of(page) or f"/{page.slug}/"
    data: dict[str, Any] = {
        "id": str(page.public_id),
        "path": path,
        "slug": page.slug,
        "language": language,
        "translations": translations.told(neighbours),
        "type": kind,
        "title": page.title,
        "summary": summary,
        "body": blocks,
        "references": references,
        "citation_style": citing.style,
        "seo": {"title": page.seo_title or page.title, "description": page.search_description or summary},
        "published_at": iso(page.first_published_at or moment),
        "updated_at": iso(page.last_published_at or page.first_published_at or moment),
        **own,
    }
    return Description(
        kind=Kind.PAGE,
        id=page.public_id,
        path=path,
        slug=page.slug,
        language=language,
        title=page.title,
        data=data,
        text=lines(summary, words_of_panels(own.get("panels", [])), body.text, *map(words_of_reference, references)),
        facets=frozenset({("type", kind)}),
        ingredients=frozenset(neighbours.ingredients - {key_of(page)}),
        translations=translations.keys,
        source=key_of(page),
        published_at=to_the_second(page.first_published_at or moment),
        ends_at=end_of(page),
        good_until=neighbours.good_until,
    )


def _particulars(page: AnyPage) -> tuple[str, str, dict[str, Any]]:
    """Give a page's type, its summary, and the fields it alone has."""
    if isinstance(page, HomePage):
        return "home", page.lede.strip(), {"greeting": page.greeting.strip()}
    if isinstance(page, ArticleIndex):
        return "articles", page.introduction.strip(), {}
    if isinstance(page, ConsultationPage):
        panels = write_panels(page.panels_content, PANEL_HEADINGS[page.audience])
        return "consultation", page.summary.strip(), {"audience": page.audience, "panels": panels}
    return "information", page.summary.strip(), {}
