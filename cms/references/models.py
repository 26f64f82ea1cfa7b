"""References: what an article rests on, in the shape of CSL-JSON."""

import calendar
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.publishing.models import PublishedSnippet
from cms.references.blocks import LocatorStreamBlock
from cms.references.evidence import ReferenceStatus, Strength, StudyType
from cms.references.identifiers import normal_doi, normal_isbn, normal_pages, whole_pages


class ReferenceType(models.TextChoices):
    """The kinds of work we can set; the values are CSL's own."""

    ARTICLE = "article-journal", _("Journal article")
    BOOK = "book", _("Book")
    CHAPTER = "chapter", _("Chapter in an edited book")
    REPORT = "report", _("Report")
    WEBPAGE = "webpage", _("Web page")
    THESIS = "thesis", _("Thesis")
    PREPRINT = "article", _("Preprint")
    DATASET = "dataset", _("Data set")


class Reference(PublishedSnippet, ClusterableModel):
    """A work that articles cite, with our note on what it found and why it matters."""

    type = models.CharField(_("type"), max_length=20, choices=ReferenceType.choices, default=ReferenceType.ARTICLE)
    title = models.TextField(_("title"))
    container_title = models.CharField(_("journal, book, site or archive"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher or university"), max_length=300, blank=True)
    year = models.SmallIntegerField(_("year"), null=True, blank=True, help_text=_("Leave empty for “n.d.”."))
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    volume = models.CharField(_("volume"), max_length=50, blank=True)
    issue = models.CharField(_("issue"), max_length=50, blank=True)
    pages = models.CharField(_("pages or article number"), max_length=50, blank=True)
    edition = models.CharField(_("edition"), max_length=50, blank=True)
    number = models.CharField(_("report or publication number"), max_length=100, blank=True)
    genre = models.CharField(
        _("what kind of thesis or data"),
        max_length=100,
        blank=True,
        help_text=_("Such as “Doctoral dissertation”, “Master’s thesis” or “Data set and code book”."),
    )
    version = models.CharField(_("version of the data"), max_length=50, blank=True)
    doi = models.CharField(_("DOI"), max_length=255, blank=True, help_text=_("Such as 10.1037/0022-3514.61.2.226"))
    isbn = models.CharField(_("ISBN"), max_length=40, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    accessed = models.DateField(_("read on"), null=True, blank=True)
    annotation = models.TextField(
        _("annotation"), blank=True, help_text=_("What it found, and why it matters here. An article may say its own.")
    )
    locators = StreamField(LocatorStreamBlock(), verbose_name=_("locators"), blank=True)
    study_type = models.CharField(_("type of study"), max_length=30, choices=StudyType.choices, blank=True)
    strength = models.CharField(
        _("strength"),
        max_length=10,
        choices=Strength.choices,
        blank=True,
        help_text=_("How sure you are of what we cite it for. Leave empty what cannot be rated, such as a theory."),
    )
    rated_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("rated by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rated_references",
    )
    rated_on = models.DateField(_("rated on"), null=True, blank=True)
    status = models.CharField(_("notice"), max_length=20, choices=ReferenceStatus.choices, default=ReferenceStatus.NONE)
    notice_doi = models.CharField(
        _("DOI of the notice"), max_length=255, blank=True, help_text=_("The notice’s own, not the work’s.")
    )
    notice_date = models.DateField(_("date of the notice"), null=True, blank=True)

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("container_title"),
        index.SearchField("doi"),
        index.RelatedFields("authors", [index.SearchField("family"), index.SearchField("organisation")]),
        index.FilterField("type"),
        index.FilterField("study_type"),
        index.FilterField("strength"),
        index.FilterField("status"),
        index.FilterField("year"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        year = self.year or _("n.d.")
        return f"{self.listed_title} ({year})"

    @property
    def listed_title(self) -> str:
        """Give the title by which it is opened from a list; a draft may have none."""
        return self.title or gettext("(no title)")

    def clean(self) -> None:
        """Make regular what can be, and refuse what cannot be right, in a draft too."""
        super().clean()
        self.title = " ".join(self.title.split())
        self.pages = whole_pages(self.pages)
        self.volume = normal_pages(re.sub(r"^\s*vols?(?:ume)?s?\b\.?\s*", "", self.volume, flags=re.IGNORECASE))
        errors = {**self._date_errors(), **self._identifier_errors()}
        if errors:
            raise ValidationError(errors)

    def _identifier_errors(self) -> dict[str, str]:
        errors = {}
        wrong_doi = gettext("This is not a DOI. A DOI begins with 10 and has a slash, such as 10.1037/a0012345.")
        wrong_isbn = gettext("This is not an ISBN: its last digit does not fit the others. Compare it with the book.")
        for name, normal, message in [
            ("doi", normal_doi, wrong_doi),
            ("notice_doi", normal_doi, wrong_doi),
            ("isbn", normal_isbn, wrong_isbn),
        ]:
            typed = getattr(self, name).strip()
            setattr(self, name, normal(typed) or typed)
            if typed and not normal(typed):
                errors[name] = message
        if self.url and not re.match(r"https?://", self.url, re.IGNORECASE):
            errors["url"] = gettext("The address has to begin with https:// or http://.")
        return errors

    def _date_errors(self) -> dict[str, str]:
        today = timezone.localdate()
        if self.year is not None and (self.year == 0 or self.year > today.year + 1):
            return {"year": gettext("The year has to be one of the past, or the next. Before our era, it is negative.")}
        if self.month is not None and not 1 <= self.month <= 12:
            return {"month": gettext("The month has to be a number from 1 to 12.")}
        if self.month and not self.year:
            return {"year": gettext("A month needs its year.")}
        if self.day is not None and not self.month:
            return {"month": gettext("A day needs its month.")}
        if self.day is not None and self.month:
            leap_or_not = self.year if self.year and self.year > 0 else 2000
            if not 1 <= self.day <= calendar.monthrange(leap_or_not, self.month)[1]:
                return {"day": gettext("This month has no such day.")}
        if self.accessed and self.accessed > today:
            return {"accessed": gettext("The day it was read cannot be in the future.")}
        if self.rated_on and self.rated_on > today:
            return {"rated_on": gettext("The day it was rated cannot be in the future.")}
        if self.notice_date and self.notice_date > today:
            return {"notice_date": gettext("The date of the notice cannot be in the future.")}
        return {}

    def publishing_problems(self) -> list[str]:
        """Give what its kind of work cannot be found without (APA 7, section 9.4), and authors without a name."""
        problems = []
        if self.type == ReferenceType.ARTICLE and not self.container_title.strip():
            problems.append(gettext("Name the journal in which the article appeared."))
        if self.type == ReferenceType.CHAPTER and not self.container_title.strip():
            problems.append(gettext("Name the book in which the chapter stands."))
        if self.type == ReferenceType.WEBPAGE and not self.url:
            problems.append(gettext("Give the address of the web page."))
        if self.type == ReferenceType.THESIS and not self.publisher.strip():
            problems.append(gettext("Name the university that granted the thesis."))
        named = bool(self.publisher.strip() or self.container_title.strip())
        if self.type == ReferenceType.PREPRINT and not named:
            problems.append(gettext("Name the archive in which the preprint stands."))
        if self.type == ReferenceType.DATASET and not (named or self.doi or self.url):
            problems.append(gettext("Name who publishes the data, or give its DOI or address."))
        for number, author in enumerate(self.authors.all(), start=1):
            if not author.family.strip() and not author.organisation.strip():
                message = gettext("Author %(number)d has no name: give a family name or an organisation, or remove it.")
                problems.append(message % {"number": number})
        return [*problems, *self._evidence_problems()]

    def _evidence_problems(self) -> list[str]:
        """Give what a rating or a notice lacks: a rating is somebody's, and a notice stands somewhere."""
        problems = []
        if self.strength and not (self.rated_by_id and self.rated_on):
            problems.append(gettext("Strength: say who rated it and on which day."))
        if not self.strength and (self.rated_by_id or self.rated_on):
            problems.append(gettext("Strength: choose a level, or remove who rated it and when."))
        if self.status != ReferenceStatus.NONE and not (self.notice_doi or self.notice_date):
            problems.append(gettext("Notice: give its DOI or its date, so that readers can find it."))
        if self.status == ReferenceStatus.NONE and (self.notice_doi or self.notice_date):
            problems.append(gettext("Notice: say whether the work was corrected or retracted, or remove the notice."))
        return problems


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
        verbose_name = _("author or editor")
        verbose_name_plural = _("authors and editors")

    def __str__(self) -> str:
        return self.organisation or f"{self.family}, {self.given}".strip(", ")

    def clean(self) -> None:
        super().clean()
        if self.organisation.strip() and (self.family.strip() or self.given.strip()):
            raise ValidationError({"organisation": _("Give either a person's names or an organisation, not both.")})


class Citation(models.Model):
    """A page whose text, as it stands in the database, cites a work. Written by :mod:`cms.references.keeping`."""

    # Wagtail counts the citations themselves, in the text.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "reference"], name="one_citation_row")]

    def __str__(self) -> str:
        return f"{self.page_id} cites {self.reference_id}"
