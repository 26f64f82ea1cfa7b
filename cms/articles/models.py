"""Articles, the pages that list them, and their topics."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.articles.blocks import ArticleBodyBlock
from cms.publishing.models import Identified, PublishedSnippet
from cms.publishing.preview import PublicPreview
from cms.references.blocks import LocatorStreamBlock


class Tone(models.TextChoices):
    """The four voices of the visual language, lent to plates as decoration."""

    PLUM = "plum", _("Plum")
    HONEY = "honey", _("Honey")
    MOSS = "moss", _("Moss")
    CLAY = "clay", _("Clay")


class Topic(PublishedSnippet):
    """What articles are about, as readers look for it."""

    title = models.CharField(_("title"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    summary = models.TextField(_("summary"), blank=True)
    tone = models.CharField(_("colour"), max_length=10, choices=Tone.choices, default=Tone.PLUM)

    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.FilterField("live")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class ArticleIndex(PublicPreview, Identified, Page):
    """A page below which articles stand, and which lists them."""

    introduction = models.TextField(_("introduction"), blank=True)

    subpage_types = ["articles.Article"]
    parent_page_types = ["pages.HomePage"]
    exclude_fields_in_copy = ["public_id"]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")


class Article(PublicPreview, Identified, Page):
    """An article: what it says, who answers for it, what it rests on, and when it was checked."""

    summary = models.TextField(_("summary"), help_text=_("One or two sentences, shown in lists and above the article."))
    image = models.ForeignKey(
        "pictures.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    image_alt = models.CharField(
        _("alternative text"), max_length=300, blank=True, help_text=_("What the picture shows. Empty if it only decorates.")
    )
    content_note = models.TextField(
        _("content note"), blank=True, help_text=_("What in this article may be hard to read. Shown before it begins.")
    )
    body = StreamField(ArticleBodyBlock(), verbose_name=_("body"))
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="articles")
    reviewer = models.ForeignKey(
        "people.Person",
        verbose_name=_("clinical reviewer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviewed_articles",
    )
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("public reason for withdrawal"), blank=True, editable=False)
    withdrawal_replacement = models.ForeignKey(
        "self",
        verbose_name=_("what to read instead"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    parent_page_types = ["articles.ArticleIndex"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["public_id", "withdrawal_reason", "withdrawal_replacement"]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class ArticleAuthor(Orderable):
    """One author of an article, in order."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="authorships"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")


class ArticleReference(Orderable):
    """One reference of an article, in order, with the article's own annotation and locators over the work's."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="references")
    reference = models.ForeignKey(
        "references.Reference", verbose_name=_("reference"), on_delete=models.PROTECT, related_name="uses"
    )
    annotation = models.TextField(_("annotation for this article"), blank=True)
    locators = StreamField(LocatorStreamBlock(), verbose_name=_("locators for this article"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")


class ArticleRelation(Orderable):
    """An article to read after this one."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="relations")
    related = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")


class ArticleCorrection(Orderable):
    """What was put right after publication, said in public."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="corrections")
    date = models.DateField(_("date"))
    note = models.TextField(_("what was corrected"))

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
