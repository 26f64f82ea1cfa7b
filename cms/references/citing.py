"""What the body of a page cites, and why it cannot be published with it."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from cms.references.citations import StoredCitation, citations_in


def citations_of(body: Any) -> list[StoredCitation]:
    """Give the citations in the texts of a body, in order: of a stream, or of what is stored of one."""
    if isinstance(body, str):
        body = json.loads(body or "[]")
    texts = (_text_of(block) for block in body or [])
    return [citation for text in texts if text for citation in citations_in(text)]


def works_cited_in(body: Any) -> list[int]:
    """Give the primary keys of the works that a body cites, in the order of their first citation."""
    return list(dict.fromkeys(item.id for citation in citations_of(body) for item in citation.items))


class CitesReferences:
    """A page whose body cites references. Stands before :class:`cms.publishing.models.PublishedPage`."""

    def publishing_problems(self) -> list[str]:
        """Give what any page of the kind lacks, and each citation that would lead readers to nothing."""
        problems: list[str] = super().publishing_problems()  # type: ignore[misc]  # the mixed-in class has it
        return [*problems, *citation_problems(citations_of(getattr(self, "body", None)))]


def citation_problems(citations: Iterable[StoredCitation]) -> list[str]:
    """Give a sentence for each cited work that is a draft, ended or deleted, and for each citation of nothing."""
    from cms.references.models import Reference

    citations = list(citations)
    works = Reference.objects.in_bulk({item.id for citation in citations for item in citation.items})
    problems = []
    for citation in citations:
        if not citation.items:
            message = _("Body: the citation “%(words)s” names no reference. Take it out and cite the work again.")
            problems.append(message % {"words": citation.words})
        for item in citation.items:
            work = works.get(item.id)
            if work is None:
                message = _(
                    "Body: it cites a reference that was deleted: “%(words)s”. Take the citation out, or cite "
                    "another work."
                )
                problems.append(message % {"words": citation.words})
            elif not work.live or (work.expire_at and work.expire_at <= timezone.now()):
                message = _(
                    "Body: it cites “%(work)s”, which is not published. Publish that reference first, or take the "
                    "citation out."
                )
                problems.append(message % {"work": work})
    return list(dict.fromkeys(problems))


def _text_of(block: Any) -> str:
    """Give the rich text of a block, live or as stored; "" for a block of another kind."""
    kind, value = (
        (block.get("type"), block.get("value")) if isinstance(block, dict) else (block.block_type, block.value)
    )
    if kind != "text":
        return ""
    return value.source if isinstance(value, RichText) else value if isinstance(value, str) else ""
