"""Articles, the pages that list them, and their topics."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.articles import panels
from cms.articles.blocks import ArticleBodyBlock
from cms.articles.change_kind import ChangeKind
from cms.articles.page_form import ArticleForm
from cms.publishing.models import InOneLanguage, PublishedPage, PublishedSnippet
from cms.references.blocks import LocatorStreamBlock
from cms.references.citing import CitesReferences
from cms.references.evidence import ReferenceStatus
from cms.references.models import Reference


class Tone(models.TextChoices):
    """The four voices of the visual language, lent to plates as decoration."""

    PLUM = "plum", _("Plum")
    HONEY = "honey", _("Honey")
    MOSS = "moss", _("Moss")
    CLAY = "clay", _("Clay")


class Topic(InOneLanguage, PublishedSnippet):
    """What articles are about, as readers look for it."""

    title = models.CharField(_("title"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100)
    summary = models.TextField(_("summary"), blank=True)
    tone = models.CharField(_("colour"), max_length=10, choices=Tone.choices, default=Tone.PLUM)

    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.FilterField("live")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["title", "pk"]
        unique_together = [*InOneLanguage.Meta.unique_together, ("slug", "locale")]

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


class Article(CitesReferences, PublishedPage):
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
    # What is to be said of the next version: it travels with the draft, and is a change note once that is published.
    change_kind = models.CharField(
        _("kind"), max_length=12, choices=ChangeKind.choices, default=ChangeKind.UPDATE, blank=True
    )
    change_note = models.TextField(
        _("what changed since the last version"),
        blank=True,
        help_text=_("One or two sentences for readers, or nothing. They appear with the day on which you publish."),
    )
    answers_notices = models.BooleanField(
        _("this version takes the notices on its sources into account"), default=False
    )
    shared = models.BooleanField(
        _("shared with all writers"),
        default=False,
        help_text=_(
            "Other writers may then open and change this article. Until then only you may, and whoever reviews "
            "and publishes it. Holds as soon as it is saved."
        ),
    )
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

    # Withdrawn in public, or shared within the team, is not the same as edited: a draft never carries these.
    NOT_DRAFTED = ("shared", "withdrawal_reason", "withdrawal_replacement_id")

    edit_handler = panels.ARTICLE
    base_form_class = ArticleForm
    slug_space = "article"
    parent_page_types = ["articles.ArticleIndex"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = [
        *PublishedPage.exclude_fields_in_copy,
        "shared",
        "withdrawal_reason",
        "withdrawal_replacement",
        "change_kind",
        "change_note",
        "answers_notices",
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def publishing_problems(self) -> list[str]:
        """Give what an article still lacks: somebody who answers for it, a topic, and dates that agree."""
        problems = super().publishing_problems()
        if not self.authorships.exists():
            problems.append(gettext("Authors: add at least one author."))
        if not self.topics.exists():
            problems.append(gettext("Topics: choose at least one topic, so that readers find it."))
        if foreign := [topic.title for topic in self.topics.all() if topic.locale_id != self.locale_id]:
            message = gettext("Topics: “%(topics)s” is in another language than the article. Choose its translation.")
            problems.append(message % {"topics": ", ".join(foreign)})
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
        """Give this article with the content of a revision, but shared and withdrawn as it is."""
        article = super().with_content_json(content)
        for name in self.NOT_DRAFTED:
            setattr(article, name, getattr(self, name))
        return article

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; an article that has gone live, by whichever way and at whichever hour, is withdrawn no longer.

        What that version has to say of its change is told with it, on the day on which it went live.
        """
        if not self.live or kwargs.get("update_fields") is not None:
            return super().save(*args, **kwargs)
        from cms.articles.changes import note_answers, tell_change

        self.withdrawal_reason, self.withdrawal_replacement_id = "", None
        with transaction.atomic():
            answer = tell_change(self)
            saved = super().save(*args, **kwargs)
            note_answers(self, answer)
            return saved


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


class ArticleChange(Orderable):
    """What changed after publication, said in public."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind.choices, default=ChangeKind.CORRECTION)
    date = models.DateField(_("date"))
    note = models.TextField(_("what changed"))

    panels = panels.CHANGE

    class Meta(Orderable.Meta):
        verbose_name = _("change note")
        verbose_name_plural = _("change notes")


class NoticeCheck(models.Model):
    """That somebody has looked at what a correction or retraction of a source means for an article.

    It holds for the notice as it stood: when a corrected work is retracted, or corrected once more, the article is
    to be looked at again. Checks are a log: none is ever changed.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notice_checks")
    reference = models.ForeignKey("references.Reference", on_delete=models.CASCADE, related_name="notice_checks")
    status = models.CharField(_("notice"), max_length=20, choices=ReferenceStatus.choices)
    notice_date = models.DateField(_("date of the notice"), null=True, blank=True)
    note = models.TextField(_("what was found"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)

    class Meta:
        verbose_name = _("check of a notice")
        verbose_name_plural = _("checks of notices")
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article}: {self.reference}"

    def answers(self, reference: Reference) -> bool:
        """Say whether this is about the notice that a work has now."""
        same_day = self.notice_date == reference.notice_date or not (self.notice_date and reference.notice_date)
        return self.status == reference.status and same_day
