"""The read side of the library: articles, references, banners, helplines, topics, people."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api.library import queries
from api.library.models import IN_EVERY_LANGUAGE, Entry, Facet, Kind
from api.v1 import parameters, reading, shapes
from api.v1.documentation import NOT_HERE, documented
from api.v1.pagination import Order
from api.v1.problems import not_found
from cms.banners import rule
from cms.banners.places import Placement
from cms.consultations.models import Audience

LANGUAGE = parameters.choice("language", dict(settings.LANGUAGES), "The language of what is wanted.")
DETAIL_LANGUAGE = parameters.choice(
    "language", dict(settings.LANGUAGES), "A slug belongs to one language.", settings.LANGUAGE_CODE
)
TOPIC = parameters.slug("topic", "The slug of a topic.")
AUTHOR = parameters.slug("author", "The slug of a person.")

NEWEST = Order("-published_at", "published_at", descending=True, is_time=True)
OLDEST = Order("published_at", "published_at", is_time=True)
BY_TITLE = Order("title", "title")
BY_TITLE_BACKWARDS = Order("-title", "title", descending=True)


def ordering(*orders: Order) -> parameters.Parameter:
    """Declare the parameter that chooses between orders; the first is the usual one."""
    return parameters.choice("ordering", [order.name for order in orders], "A hyphen turns it round.", orders[0].name)


def chosen(orders: tuple[Order, ...], name: str) -> Order:
    """Give the order of a name."""
    return next(order for order in orders if order.name == name)


class ArticleListView(reading.ListView):
    """Articles, as cards."""

    kind, form = Kind.ARTICLE, "card"
    orders = (NEWEST, OLDEST, BY_TITLE, BY_TITLE_BACKWARDS)
    parameters = (TOPIC, AUTHOR, LANGUAGE, ordering(*orders), reading.LIMIT, reading.CURSOR)

    @documented("list_articles", "Published articles, newest first, as cards.", shapes.ArticleList, parameters)
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        facets = [(name, given[name]) for name in ("topic", "author") if given[name]]
        order = chosen(self.orders, given["ordering"])
        return self.answer_page(request, order, given, facets=facets, language=given["language"])


class SlugView(reading.DetailView):
    """One thing that has a slug."""

    parameters = (DETAIL_LANGUAGE,)

    def answer_slug(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Answer with the entry of this slug."""
        language = self.read_parameters(request)["language"]
        if self.kind in IN_EVERY_LANGUAGE:
            language = settings.LANGUAGE_CODE
        return not_found() if "\x00" in slug else self.answer_one(request, slug=slug, language=language)


class ArticleView(SlugView):
    """One article."""

    kind = Kind.ARTICLE

    @documented(
        "get_article",
        "One article, with its body and references.",
        shapes.Article,
        SlugView.parameters,
        NOT_HERE,
        moves=True,
    )
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.answer_slug(request, slug)


class TopicListView(reading.ListView):
    """Topics by title."""

    kind = Kind.TOPIC
    parameters = (LANGUAGE, reading.LIMIT, reading.CURSOR)

    @documented("list_topics", "Topics, by title.", shapes.TopicList, parameters)
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        return self.answer_page(request, BY_TITLE, given, language=given["language"])


class TopicView(SlugView):
    """One topic."""

    kind = Kind.TOPIC

    @documented("get_topic", "One topic.", shapes.Topic, SlugView.parameters, NOT_HERE, moves=True)
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.answer_slug(request, slug)


class PersonView(SlugView):
    """One author or reviewer."""

    kind = Kind.PERSON

    @documented(
        "get_person", "One author or clinical reviewer.", shapes.Person, SlugView.parameters, NOT_HERE, moves=True
    )
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.answer_slug(request, slug)


class ReferenceListView(reading.ListView):
    """References by title."""

    kind = Kind.REFERENCE
    orders = (BY_TITLE, BY_TITLE_BACKWARDS)
    parameters = (ordering(*orders), reading.LIMIT, reading.CURSOR)

    @documented("list_references", "Every reference, by title.", shapes.ReferenceList, parameters)
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        return self.answer_page(request, chosen(self.orders, given["ordering"]), given)


class ReferenceView(reading.DetailView):
    """One reference."""

    kind = Kind.REFERENCE

    @documented("get_reference", "One reference.", shapes.Reference, problems=NOT_HERE)
    def get(self, request: HttpRequest, id: Any) -> HttpResponse:
        self.read_parameters(request)
        return self.answer_one(request, id=id)


class BannerListView(reading.ReadView):
    """The banners that run now, in the order in which one is chosen from them."""

    parameters = (
        parameters.choice("placement", Placement.values, "Where the banner is to stand."),
        parameters.choice("audience", Audience.values, "Whom the page area speaks to."),
        parameters.slug("topic", "The slug of a topic of the page: leaves out banners for other topics."),
        LANGUAGE,
    )

    @documented(
        "list_banners",
        "The banners that run now, in order: the first that is not on the page yet is the one to show.",
        shapes.BannerList,
        parameters,
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        now = timezone.now()
        found: QuerySet[Entry] = Entry.objects.running_at(now).filter(kind=Kind.BANNER)
        if given["language"]:
            found = found.filter(language=given["language"])
        for name in ("placement", "audience"):
            if given[name]:
                found = found.filter(with_facet(name, given[name]))
        if given["topic"]:
            any_topic = Exists(Facet.objects.filter(entry=OuterRef("pk"), name="topic"))
            found = found.filter(with_facet("topic", given["topic"]) | ~Q(any_topic))
        entries = queries.current_all(found.defer("text", "body_gzip", "body_br"), now)
        entries.sort(key=lambda entry: rule.rank(entry.data or {}))
        return reading.answer_whole_list(request, entries, queries.max_age(now, [Kind.BANNER]))


class HelplineListView(reading.ReadView):
    """Helplines by country."""

    parameters = (
        parameters.pattern("country", "[A-Z]{2}", "Use two capital letters, such as GB.", "ISO 3166-1 alpha-2, or EU."),
    )

    @documented("list_helplines", "Crisis and emergency services, by country.", shapes.HelplineList, parameters)
    def get(self, request: HttpRequest) -> HttpResponse:
        given = self.read_parameters(request)
        now = timezone.now()
        found: QuerySet[Entry] = Entry.objects.running_at(now).filter(kind=Kind.HELPLINE)
        if given["country"]:
            found = found.filter(with_facet("country", given["country"]))
        entries = queries.current_all(found.defer("text", "body_gzip", "body_br"), now)
        entries.sort(key=by_country)
        return reading.answer_whole_list(request, entries, queries.max_age(now, [Kind.HELPLINE]))


def by_country(helpline: Entry) -> tuple[Any, ...]:
    """Order helplines by country, then as editors put them."""
    data: dict[str, Any] = helpline.data or {}
    return data["country_name"], data["position"], data["name"], str(helpline.id)


def with_facet(name: str, value: str) -> Q:
    """Select what carries a facet, each entry once."""
    return Q(pk__in=Facet.objects.filter(name=name, value=value).values("entry"))
