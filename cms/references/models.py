"""References: what an article rests on, in the shape of CSL-JSON."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.publishing.models import PublishedSnippet
from cms.references.blocks import LocatorStreamBlock


class ReferenceType(models.TextChoices):
    """The kinds of work we can set; the values are CSL's own."""

    ARTICLE = "article-journal", _("Journal article")
    BOOK = "book", _("Book")
    CHAPTER = "chapter", _("Chapter in an edited book")
    REPORT = "report", _("Report")
    WEBPAGE = "webpage", _("Web page")


class ReferenceStatus(models.TextChoices):
    """What became of the work after it was published."""

    NONE = "none", _("No notice")
    CORRECTED = "corrected", _("Corrected")
    RETRACTED = "retracted", _("Retracted")


class Reference(PublishedSnippet, ClusterableModel):
    """A work that articles cite, with our note on what it found and why it matters."""

    type = models.CharField(_("type"), max_length=20, choices=ReferenceType.choices, default=ReferenceType.ARTICLE)
    title = models.TextField(_("title"))
    container_title = models.CharField(_("journal, book or site"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    year = models.SmallIntegerField(_("year"), null=True, blank=True, help_text=_("Leave empty for “n.d.”."))
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    volume = models.CharField(_("volume"), max_length=50, blank=True)
    issue = models.CharField(_("issue"), max_length=50, blank=True)
    pages = models.CharField(_("pages or article number"), max_length=50, blank=True)
    edition = models.CharField(_("edition"), max_length=50, blank=True)
    number = models.CharField(_("report number"), max_length=100, blank=True)
    doi = models.CharField(_("DOI"), max_length=255, blank=True, help_text=_("Such as 10.1037/0022-3514.61.2.226"))
    isbn = models.CharField(_("ISBN"), max_length=17, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    accessed = models.DateField(_("read on"), null=True, blank=True)
    annotation = models.TextField(
        _("annotation"), blank=True, help_text=_("What it found, and why it matters here. An article may say its own.")
    )
    locators = StreamField(LocatorStreamBlock(), verbose_name=_("locators"), blank=True)
    status = models.CharField(_("notice"), max_length=20, choices=ReferenceStatus.choices, default=ReferenceStatus.NONE)

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("container_title"),
        index.SearchField("doi"),
        index.RelatedFields("authors", [index.SearchField("family"), index.SearchField("organisation")]),
        index.FilterField("type"),
        index.FilterField("year"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        year = self.year or _("n.d.")
        return f"{self.title} ({year})"


class ReferenceAuthor(Orderable):
    """One author or editor of a work, a person or an organisation, in order."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")

    reference = ParentalKey(Reference, on_delete=models.CASCADE, related_name="authors")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.AUTHOR)
    family = models.CharField(_("family name"), max_length=200, blank=True)
    given = models.CharField(_("given names"), max_length=200, blank=True)
    suffix = models.CharField(_("suffix"), max_length=20, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.organisation or f"{self.family}, {self.given}".strip(", ")
