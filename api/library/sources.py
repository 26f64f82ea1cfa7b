"""Which things are published, as what, at which address, and whether an anonymous reader may see them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, PageViewRestriction, Site

from api.library.models import Entry, Kind
from cms.articles.models import Article, ArticleIndex, Topic
from cms.banners.models import Banner
from cms.consultations.models import ConsultationPage
from cms.helplines.models import Helpline
from cms.pages.models import HomePage, InformationPage
from cms.people.models import Person
from cms.promotions.models import PromotedResult
from cms.publishing.languages import root_of
from cms.references.models import Reference
from cms.specialists.models import Specialist

# In the order in which a whole library is built: what others are made of comes first.
KINDS: dict[type[Model], Kind] = {
    Topic: Kind.TOPIC,
    Person: Kind.PERSON,
    Reference: Kind.REFERENCE,
    Helpline: Kind.HELPLINE,
    HomePage: Kind.PAGE,
    ArticleIndex: Kind.PAGE,
    InformationPage: Kind.PAGE,
    ConsultationPage: Kind.PAGE,
    Article: Kind.ARTICLE,
    Banner: Kind.BANNER,
    PromotedResult: Kind.PROMOTION,
    Specialist: Kind.SPECIALIST,
}
SNIPPETS: list[type[Model]] = [model for model in KINDS if not issubclass(model, Page)]


def kind_of(source: Model) -> Kind | None:
    """Give the kind a thing is published as, or None where it is not."""
    return KINDS.get(type(source))


def type_of(model: type[Model]) -> ContentType:
    """Give the type by which entries and ingredients name a model: all pages are named as pages.

    A link in a rich text knows its target's id, and not what sort of page it is.
    """
    return ContentType.objects.get_for_model(Page if issubclass(model, Page) else model)


def key_of(source: Model) -> tuple[int, int]:
    """Give the content type's id and the primary key by which a source is named."""
    return type_of(type(source)).pk, source.pk


def source_of(entry: Entry) -> Any | None:
    """Load the source of an entry as it is now; None where there is none any more."""
    model = entry.source_type.model_class()
    source = model._default_manager.filter(pk=entry.source_id).first() if model else None
    return source.specific if isinstance(source, Page) else source


def sources_of(model: type[Model], after: int = 0, limit: int = 20) -> list[Any]:
    """Load the next sources of one model in the order of their keys."""
    return list(model._default_manager.filter(pk__gt=after).order_by("pk")[:limit])


def to_the_second(moment: datetime | None) -> datetime | None:
    """Give a moment without its fraction of a second, as the JSON says it, in UTC."""
    return moment.astimezone(UTC).replace(microsecond=0) if moment else None


@dataclass(frozen=True)
class Ground:
    """The part of the page tree that anonymous readers may walk on, read once for many pages."""

    # What the addresses of each language begin with, by where its home page stands in the tree.
    roots: dict[str, str]
    closed: tuple[str, ...]

    @classmethod
    def now(cls) -> "Ground":
        """Read the default site's home page in every language, and every restricted branch."""
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            return cls({}, ())
        homes = site.root_page.get_translations(inclusive=True).values_list("url_path", "locale__language_code")
        return cls({url_path: root_of(language) for url_path, language in homes}, _closed_branches())

    def path_of(self, page: Page) -> str | None:
        """Give a page's public path; None where it stands outside the site."""
        for url_path, root in self.roots.items():
            if page.url_path.startswith(url_path):
                return f"{root}/{page.url_path[len(url_path) :]}"
        return None

    def has(self, page: Page) -> bool:
        """Say whether a page stands in the site and neither it nor an ancestor is restricted."""
        return self.path_of(page) is not None and not page.path.startswith(self.closed)


def _closed_branches() -> tuple[str, ...]:
    """Give the tree paths of restricted pages; an alias is as closed as the page it repeats."""
    closed = set(PageViewRestriction.objects.values_list("page__path", flat=True))
    if not closed:
        return ()
    aliases = list(Page.objects.exclude(alias_of=None).values_list("path", "alias_of__path"))
    while reached := {path for path, of in aliases if path not in closed and of.startswith(tuple(closed))}:
        closed |= reached
    return tuple(sorted(closed))


def is_public(source: Any, moment: datetime, ground: Ground | None = None) -> bool:
    """Say whether an anonymous reader may see a thing at a moment.

    It is live (which it only becomes when somebody who may do so has published it), begun, not ended,
    and, if it is a page, stands in the site with no view restriction on it or above it.
    """
    if kind_of(source) is None or not source.live:
        return False
    if source.go_live_at and source.go_live_at > moment:
        return False
    ends_at = end_of(source)
    if ends_at and ends_at <= moment:
        return False
    return not isinstance(source, Page) or (ground or Ground.now()).has(source)


def end_of(source: Any) -> datetime | None:
    """Give the moment from which a thing is no longer public: the earlier of its ends."""
    ends = [end for end in (source.expire_at, getattr(source, "ends_at", None)) if end]
    return to_the_second(min(ends)) if ends else None
