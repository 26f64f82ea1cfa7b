"""Articles, the pages that list them, and their topics."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.articles import panels
from cms.articles.blocks import ArticleBodyBlock
from cms.publishing.models import PublishedPage, PublishedSnippet
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


class ArticleIndex(PublishedPage):
    """A page below which articles stand, and which lists them."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = panels.INDEX_CONTENT
    subpage_types = ["articles.Article"]
    parent_page_types = ["pages.HomePage"]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")


class Article(PublishedPage):
    """An article: what it says, who answers for it, what it rests on, and when it was checked."""

    summary = models.TextField(_("summary"), help_text=_("One or two sentences, shown in lists and above the article."))
    image = models.ForeignKey(
        "pictures.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    image_alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows. Empty if it only decorates."),
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

    # Withdrawn in public is not the same as edited in private: a draft never carries these two.
    WITHDRAWAL = ("withdrawal_reason", "withdrawal_replacement_id")

    edit_handler = panels.ARTICLE
    slug_space = "article"
    parent_page_types = ["articles.ArticleIndex"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = [*PublishedPage.exclude_fields_in_copy, "withdrawal_reason", "withdrawal_replacement"]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def publishing_problems(self) -> list[str]:
        """Give what an article still lacks: somebody who answers for it, a topic, and dates that agree."""
        problems = []
        if not self.authorships.exists():
            problems.append(gettext("Authors: add at least one author."))
        if not self.topics.exists():
            problems.append(gettext("Topics: choose at least one topic, so that readers find it."))
        if self.reviewed_on and not self.reviewer_id:
            problems.append(gettext("Clinical reviewer: a date of review needs the person who reviewed it."))
        if self.reviewed_on and self.next_review_on and self.next_review_on <= self.reviewed_on:
            problems.append(gettext("Next review: choose a date after the last review."))
        if stray := self._subsection_without_section():
            message = gettext(
                "Body: “%(heading)s” is a subsection, but no section stands before it. Make it a section."
            )
            problems.append(message % {"heading": stray})
        works = [use.reference_id for use in self.references.all()]
        if len(works) != len(set(works)):
            problems.append(gettext("References: the same reference stands twice. Remove one."))
        return problems

    def _subsection_without_section(self) -> str:
        """Give the first heading if it is a subsection's: those who listen would miss a level (WCAG 1.3.1)."""
        first = next((block.value for block in self.body if block.block_type == "heading"), None)
        return str(first["text"]) if first and first["level"] == "3" else ""

    def with_content_json(self, content: dict[str, Any]) -> "Article":
        """Give this article with the content of a revision, but with its withdrawal as it is."""
        article = super().with_content_json(content)
        for name in self.WITHDRAWAL:
            setattr(article, name, getattr(self, name))
        return article

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; an article that has gone live, by whichever way and at whichever hour, is withdrawn no longer."""
        if self.live and kwargs.get("update_fields") is None:
            self.withdrawal_reason, self.withdrawal_replacement_id = "", None
        return super().save(*args, **kwargs)


class ArticleAuthor(Orderable):
    """One author of an article, in order."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="authorships"
    )

    panels = panels.AUTHOR

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

    panels = panels.REFERENCE

    class Meta(Orderable.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")


class ArticleRelation(Orderable):
    """An article to read after this one."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="relations")
    related = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+")

    panels = panels.RELATION

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")


class ArticleCorrection(Orderable):
    """What was put right after publication, said in public."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="corrections")
    date = models.DateField(_("date"))
    note = models.TextField(_("what was corrected"))

    panels = panels.CORRECTION

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
