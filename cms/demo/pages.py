"""Plants the demonstration's pages in the tree, each public as of its own date."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any, TypeVar

from wagtail.models import Page
from wagtail.signals import page_published

from cms.consultations.models import ConsultationPage
from cms.demo.marks import find, mark
from cms.demo.reader import Document, read_folder
from cms.demo.snippets import panel_blocks
from cms.pages.models import HomePage, InformationPage

P = TypeVar("P", bound=Page)

Blocks = list[dict[str, Any]]
# A document, its page, and whether the page was made just now.
Added = tuple[Document, Any, bool]


def moment_of(day: str) -> datetime:
    """Nine in the morning of a day written as 2026-03-12."""
    return datetime.combine(datetime.fromisoformat(day).date(), time(9), UTC)


def add_draft(parent: Page, page: P) -> P:
    """Add a page below its parent, seen by nobody yet. The parent is loaded again, since its tree fields age."""
    page.live = False
    page.has_unpublished_changes = True
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def publish_as_of(page: Page, moment: datetime) -> None:
    """Publish what is set on a page, as if it had been published at a moment.

    It does what ``Revision.publish`` does, whose date is always now, and sends the same signal.
    Only inside :func:`cms.publishing.services.one_writer`.
    """
    page.live = True
    page.first_published_at = page.first_published_at or moment
    page.last_published_at = moment
    page.live_revision = page.save_revision(clean=False, log_action=False)
    # Saving a revision has marked the page as one with a newer draft.
    page.has_unpublished_changes = False
    page.save(clean=False)
    page_published.send(sender=type(page), instance=page, revision=page.live_revision)


def find_or_add(parent: Page, key: str, page: P) -> tuple[P, bool]:
    """Give the page marked with a key, or add this one as a draft and say that it is new."""
    found = find(type(page), key)
    if found is not None:
        return found, False
    add_draft(parent, page)
    mark(key, page)
    return page, True


def add_pages(home: HomePage) -> list[Added]:
    """Add the pages about the consultation and the site as drafts, where there are none of their address."""
    return [add_page(home, document) for document in read_folder("pages")]


def add_page(home: HomePage, document: Document) -> Added:
    standing = Page.objects.child_of(home).filter(slug=document.name).first()
    if standing is not None:
        return document, standing, False
    fields = {"title": document.one("title"), "slug": document.name, "summary": document.one("summary")}
    if audience := document.one("audience"):
        page: Page = ConsultationPage(**fields, audience=audience, panels_content=panels_of(document))
    else:
        page = InformationPage(**fields)
    page.search_description = document.one("summary")
    return document, *find_or_add(home, f"page:{document.name}", page)


def fill_pages(added: list[Added], lay: Callable[[Blocks], str]) -> None:
    """Give the new ones among the pages their bodies, which ``lay`` makes of what was read, and publish them."""
    for document, page, new in added:
        if new:
            page.body = lay(document.blocks)
            publish_as_of(page, moment_of(document.one("published")))


def panels_of(document: Document) -> str:
    """Read panels from the head: ``benefits``, ``suitable`` and ``important`` introduce, ``- benefits`` lists."""
    panels = []
    for kind in ("benefits", "suitable", "important"):
        points = [value for name, value in document.fields if name == f"- {kind}"]
        if points or document.one(kind):
            panels.append({"kind": kind, "introduction": document.one(kind), "items": points})
    return json.dumps(panel_blocks(panels))
