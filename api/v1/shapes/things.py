"""The kinds of things that are published."""

from rest_framework import serializers

from api.v1.shapes.pieces import BodyField, Fields, Image, Locator, PersonChip, Seo, TopicChip
from cms.articles.change_kind import ChangeKind
from cms.articles.models import Tone
from cms.banners.places import Placement
from cms.consultations.models import Audience
from cms.pages.models import CitationStyle
from cms.references.evidence import ReferenceStatus, Strength, StudyType
from cms.references.models import ReferenceType
from cms.specialists.choices import CURRENCIES, Band, Modality, Way


class Translation(Fields):
    """The same thing in another language."""

    language = serializers.CharField()
    path = serializers.CharField(help_text="Its page, on the same host.")


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
    study_type = serializers.ChoiceField(StudyType.choices, allow_blank=True, help_text="Empty where nobody said.")
    study_type_label = serializers.CharField(allow_blank=True)
    strength = serializers.ChoiceField(
        Strength.choices, allow_null=True, help_text="GRADE's levels, as a person chose; null: not rated."
    )
    strength_label = serializers.CharField(allow_blank=True)
    rated_by = PersonChip(allow_null=True, help_text="Who rated it; null where they are not public.")
    rated_on = serializers.DateField(allow_null=True)
    status = serializers.ChoiceField(ReferenceStatus.choices)
    notice_doi_url = serializers.CharField(allow_blank=True, help_text="Where the correction or retraction is told.")
    notice_date = serializers.DateField(allow_null=True)


class Reference(ReferenceFields):
    """A work that articles rest on."""


class CitationPlace(Fields):
    """A place in the text that cites a work."""

    anchor = serializers.CharField(help_text="The id of the citation in the page, such as cite-3.")
    text = serializers.CharField(help_text="What stands there: (Bowlby, 1988, p. 4).")
    section = serializers.CharField(allow_blank=True, help_text="The heading it stands below, if any.")


class ArticleReference(ReferenceFields):
    """A work as one article uses it: its own annotation and locators stand over the work's."""

    ordinal = serializers.IntegerField(min_value=1, help_text="Its place in the list; its number in the text.")
    group = serializers.ChoiceField(["cited", "further"], help_text="Cited in the text, or further reading.")
    notice_checked_on = serializers.DateField(
        allow_null=True, help_text="When an editor looked at what the notice means for this article; null: not yet."
    )
    cited_in = CitationPlace(many=True, help_text="Where the text cites it, in order.")


class Correction(Fields):
    """What was put right after publication."""

    date = serializers.DateField()
    note = serializers.CharField()


class ChangeNote(Fields):
    """What changed after publication."""

    date = serializers.DateField()
    kind = serializers.ChoiceField(ChangeKind.choices)
    note = serializers.CharField()


class Article(ArticleCard):
    """A whole article."""

    translations = Translation(many=True)
    updated_at = serializers.DateTimeField()
    content_note = serializers.CharField(allow_blank=True, help_text="What may be hard to read. Show it first.")
    body = BodyField()
    takeaways = serializers.ListField(child=serializers.CharField())
    references = ArticleReference(many=True, help_text="What is cited, then further reading.")
    citation_style = serializers.ChoiceField(CitationStyle.choices)
    reviewer = PersonChip(allow_null=True)
    next_review_at = serializers.DateField(allow_null=True, help_text="Once past, the review is overdue.")
    related = ArticleCard(many=True)
    changes = ChangeNote(many=True, help_text="Newest first: corrections, updates, reviews.")
    corrections = Correction(many=True, help_text="The corrections among the changes, in the editors' order.")
    state = serializers.ChoiceField(["fresh", "corrected"])
    seo = Seo()


class Topic(Fields):
    """What articles are about."""

    id = serializers.UUIDField()
    path = serializers.CharField()
    slug = serializers.CharField()
    language = serializers.CharField()
    translations = Translation(many=True)
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    tone = serializers.ChoiceField(Tone.choices)


class Person(PersonChip):
    """An author or clinical reviewer."""

    biography = serializers.CharField(allow_blank=True, help_text="Sanitised HTML.")
    photo = Image(allow_null=True)
    orcid = serializers.CharField(allow_blank=True)


class TopicVersion(TopicChip):
    """A topic as it stands on a specialist, in one language."""

    language = serializers.CharField()


class SpecialistTopic(TopicVersion):
    """What a specialist works with, in the default language where it has a version in it; and in the others."""

    translations = TopicVersion(many=True)


class Fee(Fields):
    """What a session costs."""

    amount = serializers.CharField(help_text="With two decimals: 70.00.")
    currency = serializers.ChoiceField(list(CURRENCIES), help_text="ISO 4217.")
    minutes = serializers.IntegerField(min_value=1)
    band = serializers.ChoiceField(Band.choices, help_text="Roughly, so that currencies can be compared.")


class ReducedFee(Fields):
    """What a session costs at a reduced fee, in the same currency, and for whom."""

    amount = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class FeaturedWindow(Fields):
    """A campaign during which this specialist may stand first: those of its first ``cap`` by the lot of the day do."""

    campaign = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    cap = serializers.IntegerField(min_value=1)


class SpecialistCard(Fields):
    """A specialist as they stand in lists; ``docs/specialists.md`` has the rule of the order."""

    id = serializers.UUIDField()
    path = serializers.CharField(help_text="Their page, on the same host.")
    slug = serializers.CharField()
    name = serializers.CharField()
    professional_title = serializers.CharField()
    summary = serializers.CharField()
    written_in = serializers.CharField(help_text="The language of their own words, ISO 639-1.")
    photo = Image(allow_null=True)
    topics = SpecialistTopic(many=True)
    modalities = serializers.ListField(child=serializers.ChoiceField(Modality.choices))
    languages = serializers.ListField(child=serializers.CharField(), help_text="ISO 639-1.")
    ways = serializers.ListField(child=serializers.ChoiceField(Way.choices))
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    country_name = serializers.CharField()
    place = serializers.CharField(allow_blank=True)
    fee = Fee(allow_null=True)
    reduced_fee = ReducedFee(allow_null=True)
    verified_on = serializers.DateField(allow_null=True)
    offers_consultation = serializers.BooleanField(help_text="A first consultation of 30 minutes, free.")
    featured = FeaturedWindow(many=True)


class Registration(Fields):
    """Where somebody is registered."""

    body = serializers.CharField()
    number = serializers.CharField()
    country = serializers.CharField(allow_blank=True)
    country_name = serializers.CharField(allow_blank=True)


class Verification(Fields):
    """What we have checked, by whom and until when it holds."""

    checked = serializers.CharField(allow_blank=True)
    checked_on = serializers.DateField(allow_null=True)
    checked_by = PersonChip(allow_null=True, help_text="Null where they are not public.")
    valid_until = serializers.DateField(allow_null=True)


class Specialist(SpecialistCard):
    """A verified specialist."""

    approach = serializers.CharField(help_text="Plain text; an empty line parts paragraphs.")
    cancelling = serializers.CharField(allow_blank=True)
    registration = Registration()
    verification = Verification()
    updated_at = serializers.DateTimeField()


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
    language = serializers.CharField()
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


class HelplineWords(Fields):
    """What a helpline is for and when it is open, in another language than the site's first."""

    language = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    hours = serializers.CharField(allow_blank=True)


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
    words = HelplineWords(many=True)


class PageFields(Fields):
    """What every page has that is not an article."""

    id = serializers.UUIDField()
    path = serializers.CharField()
    slug = serializers.CharField()
    language = serializers.CharField()
    translations = Translation(many=True)
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    body = BodyField()
    references = ArticleReference(many=True, help_text="What the text cites.")
    citation_style = serializers.ChoiceField(CitationStyle.choices)
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


PAGES: dict[str, serializers.Serializer | type[serializers.Serializer]] = {
    "home": HomePage,
    "articles": ArticlesPage,
    "information": InformationPage,
    "consultation": ConsultationPage,
}
