"""What readers may stumble over, found passage by passage. Pure: what a link or a work leads to, is told."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.translation import gettext as _

from cms.articles.advice.prose import Link, Passage
from cms.articles.advice.reading import count_words, sentences_in

LONG_SENTENCE = 25  # words; from here on GOV.UK's editors look whether it can be split
LONG_PARAGRAPH = 120  # words: more than fills a telephone
SHOWN = 5  # of the longest sentences; when these are mended, the next come up
MANY_WORDS_WITHOUT_HEADING = 600

# Words that say nothing of where a link leads, for those who hear the links of a page one after the other (WCAG 2.4.4).
EMPTY_WORDS = {
    *("click here", "here", "this", "this link", "link", "more", "read more", "learn more", "find out more", "page"),
    *("this page", "this article", "website", "this website", "see here", "go", "details", "source"),
    *("hier", "hier klicken", "klicken sie hier", "mehr", "mehr erfahren", "weiterlesen", "dieser link"),
}


@dataclass(frozen=True)
class Finding:
    """One piece of advice. ``block`` is where the editor is taken; ``quote`` what to look for there."""

    message: str
    quote: str = ""
    block: str = ""
    field: str = ""


@dataclass(frozen=True)
class Known:
    """What is known of the pages and works that a text points to: the state of each, by its primary key.

    A page is ``public``, ``draft`` or ``private``, a work ``live``, ``draft`` or ``retracted``. What is missing was
    deleted.
    """

    pages: Mapping[int, str]
    works: Mapping[int, str]


def long_sentences(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Find the longest sentences."""
    found = [
        (count_words(sentence), sentence, passage.block)
        for passage in passages
        if passage.kind in ("paragraph", "item")
        for sentence in sentences_in(passage.text)
    ]
    longest = sorted((one for one in found if one[0] > LONG_SENTENCE), key=lambda one: -one[0])
    for words, sentence, block in longest[:SHOWN]:
        yield Finding(_("%(count)d words. Can it be two sentences?") % {"count": words}, sentence, block)


def long_paragraphs(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Find paragraphs that fill a telephone's screen."""
    for passage in passages:
        words = count_words(passage.text)
        if passage.kind == "paragraph" and words > LONG_PARAGRAPH:
            yield Finding(
                _("A paragraph of %(count)d words. Can it be two?") % {"count": words}, passage.text, passage.block
            )


def headings(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Find headings out of order, sections without anything in them, and long texts without a heading."""
    seen: set[str] = set()
    section = False
    for passage, following in zip_longest(passages, passages[1:]):
        if passage.kind not in ("heading", "subheading"):
            continue
        if not passage.text:
            yield Finding(_("A heading without words."), "", passage.block)
            continue
        if passage.kind == "subheading" and not section:
            yield Finding(_("A subsection before any section. Make it a section."), passage.text, passage.block)
        section = section or passage.kind == "heading"
        ends = following is None or following.kind == "heading" or following.kind == passage.kind
        if ends:
            yield Finding(_("Nothing stands under this heading."), passage.text, passage.block)
        if passage.text.casefold() in seen:
            yield Finding(_("The same heading stands twice."), passage.text, passage.block)
        seen.add(passage.text.casefold())
    words = sum(count_words(passage.text) for passage in passages)
    if not section and words > MANY_WORDS_WITHOUT_HEADING:
        message = _("%(count)d words without a section’s heading. Readers look for one to find their place.")
        yield Finding(message % {"count": words})


def links(passages: Sequence[Passage], known: Known) -> Iterator[Finding]:
    """Find links whose words say nothing, and links that lead nowhere or without encryption."""
    for passage in passages:
        for link in passage.links:
            words = " ".join(link.text.split())
            for message in [*_about_words(words), *_about_target(link, known)]:
                yield Finding(message, words, passage.block)


def _about_words(words: str) -> Iterator[str]:
    if not words:
        yield _("A link without words.")
    elif words.casefold().strip(" .…>»→:") in EMPTY_WORDS:
        yield _("These words do not say where the link leads. Name what is there.")
    elif re.match(r"(?i)(?:https?://|www\.)\S+$", words):
        yield _("An address instead of words. Name what is there.")


def _about_target(link: Link, known: Known) -> Iterator[str]:
    state = known.pages.get(link.page_id, "deleted") if link.page_id is not None else ""
    if state == "draft":
        yield _("This page is not public. Readers see the words without a link until it is.")
    elif state == "private":
        yield _("Not everybody may see this page. Readers see the words without a link.")
    elif state == "deleted":
        yield _("This page is not there any more. Readers see the words without a link.")
    if link.page_id is None and not link.href:
        yield _("This link leads nowhere.")
    if link.href.startswith("http:"):
        yield _("This address begins with http. Nearly every site answers to https too, which nobody can listen in on.")


def pictures(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Find pictures in the body that those who do not see them miss (WCAG 1.1.1)."""
    for passage in passages:
        if passage.kind != "picture":
            continue
        if not passage.text:
            yield Finding(_("A picture without alternative text. Say what it shows."), "", passage.block)
        elif re.search(r"(?i)\.(?:jpe?g|png|webp|avif|gif)$", passage.text):
            yield Finding(_("A file’s name says nothing of a picture. Say what it shows."), passage.text, passage.block)
        elif re.match(r"(?i)(?:an? )?(?:image|picture|photo(?:graph)?|bild|foto) (?:of|von)\b", passage.text):
            message = _("That it is a picture is said anyway. Begin with what it shows.")
            yield Finding(message, passage.text, passage.block)


def sources(passages: Sequence[Passage], known: Known) -> Iterator[Finding]:
    """Find citations of works that are no ground to stand on, or not yet."""
    messages = {
        "draft": _("A cited reference is a draft. Publish it before the article."),
        "retracted": _("A cited work has been retracted. Readers are told so."),
        "deleted": _("A cited reference has been deleted. Choose another, or remove the citation."),
    }
    for passage in passages:
        for state in dict.fromkeys(known.works.get(key, "deleted") for key in passage.cited):
            if state in messages:
                yield Finding(messages[state], passage.text, passage.block)


def pointed_to(passages: Iterable[Passage]) -> tuple[set[int], set[int]]:
    """Give the primary keys of the pages that passages link to, and of the works that they cite."""
    listed = list(passages)
    pages = {link.page_id for passage in listed for link in passage.links if link.page_id is not None}
    return pages, {key for passage in listed for key in passage.cited}
