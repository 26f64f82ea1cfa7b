"""The shapes of what is published, for the OpenAPI document alone: the stored JSON is served as it is.

Every response of every API test is validated against these, so a shape that the library's builders
change without changing it here is seen at once. ``docs/architecture.md`` has the same shapes in words.
"""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from cms.articles.models import Tone
from cms.banners.models import Placement
from cms.consultations.models import Audience
from cms.references.models import ReferenceStatus, ReferenceType

Fields = serializers.Serializer[Any]


class ImageSource(Fields):
    """One width of a picture."""

    src = serializers.CharField()
    width = serializers.IntegerField(min_value=1)


class Image(Fields):
    """A picture in the widths there are of it; ``src`` is the one for a page of usual width."""

    src = serializers.CharField()
    width = serializers.IntegerField(min_value=1)
    height = serializers.IntegerField(min_value=1)
    alt = serializers.CharField(allow_blank=True, help_text="What it shows; empty where it only decorates.")
    sources = ImageSource(many=True)


class TopicChip(Fields):
    """A topic as it stands on an article."""

    id = serializers.UUIDField()
    path = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    tone = serializers.ChoiceField(Tone.choices)


class PersonChip(Fields):
    """A person as an article names them."""

    id = serializers.UUIDField()
    path = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    credentials = serializers.CharField(allow_blank=True)


class Seo(Fields):
    """What search engines and link previews are told."""

    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)


class Locator(Fields):
    """A place in a work and what is to be found there; ``text`` is what is printed."""

    label = serializers.ChoiceField(["page", "chapter", "section", "paragraph", "table", "figure"])
    value = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    text = serializers.CharField()


# ---- Blocks of a body ------------------------------------------------------------------------


class Block(Fields):
    """What every block has."""

    id = serializers.CharField()


class HeadingBlock(Block):
    """Begins a section; ``anchor`` is its id in the page."""

    type = serializers.ChoiceField(["heading"])
    text = serializers.CharField()
    level = serializers.IntegerField(min_value=2, max_value=3)
    anchor = serializers.CharField()


class TextBlock(Block):
    """Paragraphs and lists, sanitised: safe to put in a page as it is."""

    type = serializers.ChoiceField(["text"])
    html = serializers.CharField(allow_blank=True)


class QuoteBlock(Block):
    """Words set apart, with whose they are where they are somebody's."""

    type = serializers.ChoiceField(["quote"])
    text = serializers.CharField()
    attribution = serializers.CharField(allow_blank=True)


class TakeawaysBlock(Block):
    """What to remember."""

    type = serializers.ChoiceField(["takeaways"])
    items = serializers.ListField(child=serializers.CharField())


class ExerciseBlock(Block):
    """Something to try, in steps."""

    type = serializers.ChoiceField(["exercise"])
    title = serializers.CharField()
    introduction = serializers.CharField(allow_blank=True)
    steps = serializers.ListField(child=serializers.CharField())


class ListBlock(Block):
    """A list under a title of its own."""

    type = serializers.ChoiceField(["list"])
    title = serializers.CharField(allow_blank=True)
    items = serializers.ListField(child=serializers.CharField())


class ImageBlock(Block):
    """A picture that says something."""

    type = serializers.ChoiceField(["image"])
    image = Image(allow_null=True)
    caption = serializers.CharField(allow_blank=True)


class FindSupportBlock(Block):
    """An offer of help; leads to Help now."""

    type = serializers.ChoiceField(["find_support"])
    title = serializers.CharField()
    text = serializers.CharField()


BLOCKS: dict[str, type[Fields]] = {
    "heading": HeadingBlock,
    "text": TextBlock,
    "quote": QuoteBlock,
    "takeaways": TakeawaysBlock,
    "exercise": ExerciseBlock,
    "list": ListBlock,
    "image": ImageBlock,
    "find_support": FindSupportBlock,
}
AnyBlock = PolymorphicProxySerializer(
    component_name="Block", serializers=BLOCKS, resource_type_field_name="type", many=True
)


@extend_schema_field(AnyBlock)
class BodyField(serializers.ListField):
    """The blocks of a body, in order."""


# ---- The kinds of things ---------------------------------------------------------------------


class ArticleCard(Fields):
    """An article as it stands in lists."""

    id = serializers.UUIDField()
    path = serializers.CharField(help_text="Its page, on the same host.")
    slug = serializers.CharField()
    language = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    image = Image(allow_null=True)
    topics = TopicChip(many=True)
    authors = PersonChip(many=True)
    reading_minutes = serializers.IntegerField(min_value=1)
    published_at = serializers.DateTimeField()
    reviewed_at = serializers.DateField(allow_null=True)


class ReferenceFields(Fields):
    """What a reference has wherever it stands."""

    id = serializers.UUIDField()
    type = serializers.ChoiceField(ReferenceType.choices)
    csl = serializers.DictField(help_text="The work as a CSL-JSON item.")
    formatted = serializers.CharField(help_text="In APA 7, as sanitised HTML.")
    annotation = serializers.CharField(allow_blank=True, help_text="What it found, and why it matters here.")
    locators = Locator(many=True)
    doi_url = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(ReferenceStatus.choices)


class Reference(ReferenceFields):
    """A work that articles rest on."""


class ArticleReference(ReferenceFields):
    """A work as one article uses it: its own annotation and locators stand over the work's."""

    ordinal = serializers.IntegerField(min_value=1)
    cited_in = serializers.ListField(child=serializers.CharField(), help_text="Blocks that cite it; empty so far.")


class Correction(Fields):
    """What was put right after publication."""

    date = serializers.DateField()
    note = serializers.CharField()


class Article(ArticleCard):
    """A whole article."""

    updated_at = serializers.DateTimeField()
    content_note = serializers.CharField(allow_blank=True, help_text="What may be hard to read. Show it first.")
    body = BodyField()
    takeaways = serializers.ListField(child=serializers.CharField())
    references = ArticleReference(many=True)
    reviewer = PersonChip(allow_null=True)
    next_review_at = serializers.DateField(allow_null=True, help_text="Once past, the review is overdue.")
    related = ArticleCard(many=True)
    corrections = Correction(many=True)
    state = serializers.ChoiceField(["fresh", "corrected"])
    seo = Seo()


class Topic(Fields):
    """What articles are about."""

    id = serializers.UUIDField()
    path = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    tone = serializers.ChoiceField(Tone.choices)


class Person(PersonChip):
    """An author or clinical reviewer."""

    biography = serializers.CharField(allow_blank=True, help_text="Sanitised HTML.")
    photo = Image(allow_null=True)
    orcid = serializers.CharField(allow_blank=True)


class Panel(Fields):
    """A headed panel; the headings are fixed by audience and kind."""

    kind = serializers.ChoiceField(["benefits", "suitable", "important"])
    heading = serializers.CharField()
    introduction = serializers.CharField(allow_blank=True)
    items = serializers.ListField(child=serializers.CharField())


class CallToAction(Fields):
    """Where a banner leads."""

    label = serializers.CharField()
    path = serializers.CharField()


class Banner(Fields):
    """A consultation banner. It stands from its start to its end, by the clock of whoever shows it."""

    id = serializers.UUIDField()
    audience = serializers.ChoiceField(Audience.choices)
    heading = serializers.CharField()
    lead = serializers.CharField(allow_blank=True)
    panels = Panel(many=True)
    call_to_action = CallToAction(allow_null=True)
    placements = serializers.ListField(child=serializers.ChoiceField(Placement.choices))
    topics = serializers.ListField(child=serializers.CharField(), help_text="Slugs; empty means all.")
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    priority = serializers.IntegerField()


class Helpline(Fields):
    """A crisis or emergency service of one country."""

    id = serializers.UUIDField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2, or EU.")
    country_name = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    text_number = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    hours = serializers.CharField(allow_blank=True)
    is_emergency = serializers.BooleanField()
    position = serializers.IntegerField()
    verified_on = serializers.DateField(allow_null=True, help_text="When one of us last checked it; null: not yet.")


class PageFields(Fields):
    """What every page has that is not an article."""

    id = serializers.UUIDField()
    path = serializers.CharField()
    slug = serializers.CharField()
    language = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    body = BodyField()
    seo = Seo()
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class HomePage(PageFields):
    """The first page."""

    type = serializers.ChoiceField(["home"])
    greeting = serializers.CharField()


class ArticlesPage(PageFields):
    """The list of articles."""

    type = serializers.ChoiceField(["articles"])


class InformationPage(PageFields):
    """A page such as About or Privacy."""

    type = serializers.ChoiceField(["information"])


class ConsultationPage(PageFields):
    """About the free initial consultation, to one audience."""

    type = serializers.ChoiceField(["consultation"])
    audience = serializers.ChoiceField(Audience.choices)
    panels = Panel(many=True)


PAGES: dict[str, type[Fields]] = {
    "home": HomePage,
    "articles": ArticlesPage,
    "information": InformationPage,
    "consultation": ConsultationPage,
}


# ---- The change feed -------------------------------------------------------------------------


class ChangeFields(Fields):
    """What every change says."""

    revision = serializers.IntegerField(min_value=1, help_text="Rises in the order of commits.")
    id = serializers.UUIDField()
    path = serializers.CharField(allow_null=True)
    etag = serializers.CharField(allow_blank=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)


DATA: dict[str, Any] = {
    "article": Article(),
    "page": PolymorphicProxySerializer("Page", serializers=PAGES, resource_type_field_name="type"),
    "topic": Topic(),
    "person": Person(),
    "reference": Reference(),
    "banner": Banner(),
    "helpline": Helpline(),
}


def upsert_of(kind: str, data: Any) -> type[Fields]:
    """Give the shape of a change that publishes or republishes a thing of one kind."""
    fields = {
        "op": serializers.ChoiceField(["upsert"]),
        "kind": serializers.ChoiceField([kind]),
        "data": data,
        "__doc__": f"Published or changed: put this {kind} in the place of what you have under its id.",
    }
    return type(f"{kind.capitalize()}Upsert", (ChangeFields,), fields)


class Withdrawal(Fields):
    """Why something was withdrawn, and what to read instead."""

    reason = serializers.CharField()
    replacement_path = serializers.CharField(allow_null=True, allow_blank=True)


class Deletion(ChangeFields):
    """No longer public: drop what you have under this id. ``data`` says why, where there is a public reason."""

    op = serializers.ChoiceField(["delete"])
    kind = serializers.ChoiceField(list(DATA))
    data = Withdrawal(allow_null=True)


AnyChange = PolymorphicProxySerializer(
    component_name="Change",
    serializers=[*(upsert_of(kind, data) for kind, data in DATA.items()), Deletion],
    resource_type_field_name=None,
    many=True,
)


@extend_schema_field(AnyChange)
class ChangesField(serializers.ListField):
    """Changes, in the order in which they were committed."""


class Changes(Fields):
    """One page of the change feed. Keep ``cursor`` with what you stored, and ask with it next time."""

    changes = ChangesField()
    cursor = serializers.CharField()
    more = serializers.BooleanField(help_text="There is more already: ask again at once.")
    epoch = serializers.UUIDField(help_text="Names this history of revisions.")


# ---- Search, session, problems ---------------------------------------------------------------


class SearchResult(Fields):
    """Something that was found. ``title_html`` and ``excerpt_html`` are escaped text with ``<mark>`` elements."""

    kind = serializers.ChoiceField([kind for kind in DATA if kind != "banner"])
    id = serializers.UUIDField()
    path = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    title_html = serializers.CharField()
    excerpt_html = serializers.CharField(allow_blank=True)


class SearchResults(Fields):
    """One page of what was found, best first."""

    query = serializers.CharField(allow_blank=True)
    results = SearchResult(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class SessionUser(Fields):
    """Who is signed in."""

    name = serializers.CharField(allow_blank=True)
    email = serializers.EmailField()
    may_edit = serializers.BooleanField(help_text="May enter the editors' area.")


class Session(Fields):
    """Who I am, and the token that a write must carry in the header X-CSRFToken."""

    signed_in = serializers.BooleanField()
    user = SessionUser(allow_null=True)
    csrf_token = serializers.CharField()


class Problem(Fields):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField()


class InvalidParameters(Problem):
    """Query parameters that cannot be used."""

    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Sentences, by parameter."
    )


class GoneProblem(Problem):
    """What was public and no longer is."""

    reason = serializers.CharField(allow_null=True, help_text="Why it was withdrawn, where that was said in public.")
    replacement_path = serializers.CharField(allow_null=True, help_text="The page to read instead.")


def listing(name: str, item: type[Fields]) -> type[Fields]:
    """Give the shape of a list of things: its page, and the addresses of its neighbours, as paths on the same host."""
    fields = {
        "results": item(many=True),
        "next": serializers.CharField(allow_null=True),
        "previous": serializers.CharField(allow_null=True),
        "__doc__": "One page of a list.",
    }
    return type(name, (Fields,), fields)


ArticleList = listing("ArticleList", ArticleCard)
ReferenceList = listing("ReferenceList", Reference)
TopicList = listing("TopicList", Topic)
BannerList = listing("BannerList", Banner)
HelplineList = listing("HelplineList", Helpline)
