"""All advice on a text, in the order in which it is worth taking."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.articles.advice import findings
from cms.articles.advice.findings import Finding, Known
from cms.articles.advice.prose import Passage, passages_of
from cms.articles.advice.reading import Readability, readability_of, sentences_in
from cms.references.evidence import ReferenceStatus
from cms.references.models import Reference

RETRACTED = str(ReferenceStatus.RETRACTED)
# Where words are not divided by spaces, counting them says nothing.
WITHOUT_SPACES = ("ja", "zh", "th", "lo", "km", "my")


@dataclass(frozen=True)
class Group:
    """Advice of one kind under its heading."""

    title: str
    findings: list[Finding]


@dataclass(frozen=True)
class Advice:
    """What there is to say of a text. ``readability`` is None where its language is not written in spaced words."""

    readability: Readability | None
    is_english: bool
    groups: list[Group]

    @property
    def count(self) -> int:
        """Give how many pieces of advice there are."""
        return sum(len(group.findings) for group in self.groups)


def advise(passages: list[Passage], language: str, known: Known, about_the_page: Iterable[Finding] = ()) -> Advice:
    """Give all advice on passages in a language (its code, such as ``en`` or ``de-AT``). Pure."""
    primary = language.lower().partition("-")[0]
    has_words = primary not in WITHOUT_SPACES
    sentences = [
        sentence
        for passage in passages
        if passage.kind in ("paragraph", "item")
        for sentence in sentences_in(passage.text)
    ]
    groups = [
        Group(_("Sources"), list(findings.sources(passages, known))),
        Group(_("Pictures"), [*about_the_page, *findings.pictures(passages)]),
        Group(_("Links"), list(findings.links(passages, known))),
        Group(_("Headings"), list(findings.headings(passages))),
        Group(_("Long sentences"), list(findings.long_sentences(passages)) if has_words else []),
        Group(_("Long paragraphs"), list(findings.long_paragraphs(passages)) if has_words else []),
    ]
    readability = readability_of(sentences, primary == "en") if has_words else None
    return Advice(readability, primary == "en", [group for group in groups if group.findings])


def advise_on(body: Iterable[Any], language: str, about_the_page: Iterable[Finding] = ()) -> Advice:
    """Give all advice on a body; three queries, however long it is."""
    passages = passages_of(body)
    pages, works = findings.pointed_to(passages)
    return advise(passages, language, Known(states_of_pages(pages), states_of_works(works)), about_the_page)


def states_of_pages(keys: set[int]) -> dict[int, str]:
    """Give ``public``, ``draft`` or ``private`` for each page that is there."""
    if not keys:
        return {}
    listed = Page.objects.filter(pk__in=keys)
    public = set(listed.live().public().values_list("pk", flat=True))
    return {
        key: "public" if key in public else "private" if live else "draft"
        for key, live in listed.values_list("pk", "live")
    }


def states_of_works(keys: set[int]) -> dict[int, str]:
    """Give ``live``, ``draft`` or ``retracted`` for each reference that is there."""
    if not keys:
        return {}
    listed = Reference.objects.filter(pk__in=keys).values_list("pk", "live", "status")
    return {key: "draft" if not live else RETRACTED if status == RETRACTED else "live" for key, live, status in listed}
