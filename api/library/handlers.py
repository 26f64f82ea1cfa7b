"""When the library is written: at once for what was published, moved, restricted or taken back.

Each handler joins the writer it is called in, or is the one writer itself where somebody wrote without.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from api.library import dependents, tasks
from api.library.citing import citation_style
from api.library.images import drop_outdated_renditions
from api.library.models import Entry, Kind
from api.library.services import bury, forget_address, publish_branch, publish_entry
from api.library.sources import KINDS, SNIPPETS, key_of, kind_of, type_of
from cms.articles.models import Article, NoticeCheck
from cms.pages.models import SiteSettings
from cms.pictures.models import Picture
from cms.publishing.services import one_writer
from cms.specialists.models import Campaign

# Columns that are written when a draft is saved, a workflow moves on or a page is locked: nothing public.
BOOKKEEPING = {
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "has_unpublished_changes",
    "draft_title",
    "locked",
    "locked_at",
    "locked_by",
    "translation_key",
    "numchild",
    "file_hash",
}


def connect() -> None:
    """Listen to everything that changes what is public."""
    for signal in (page_published, page_unpublished):
        signal.connect(page_changed, dispatch_uid="library")
    for signal in (published, unpublished):
        signal.connect(snippet_changed, dispatch_uid="library")
    post_page_move.connect(page_moved, dispatch_uid="library")
    post_delete.connect(source_deleted, sender=Page, dispatch_uid="library")
    for snippet in SNIPPETS:
        post_delete.connect(source_deleted, sender=snippet, dispatch_uid="library")
    for model in (*KINDS, Page):
        post_save.connect(source_saved, sender=model, dispatch_uid="library")
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="library")
        signal.connect(document_restriction_changed, sender=CollectionViewRestriction, dispatch_uid="library")
        signal.connect(site_changed, sender=Site, dispatch_uid="library")
        signal.connect(document_changed, sender=get_document_model(), dispatch_uid="library")
    pre_save.connect(settings_to_be_saved, sender=SiteSettings, dispatch_uid="library")
    post_save.connect(settings_saved, sender=SiteSettings, dispatch_uid="library")
    post_save.connect(notice_checked, sender=NoticeCheck, dispatch_uid="library")
    for signal in (post_save, post_delete):
        signal.connect(campaign_changed, sender=Campaign, dispatch_uid="library")
    post_save.connect(picture_saved, sender=Picture, dispatch_uid="library")
    post_delete.connect(picture_deleted, sender=Picture, dispatch_uid="library")


def page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Follow a page that was published or unpublished; one that is being deleted is unpublished first."""
    publish_entry(instance)


def snippet_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Follow a snippet that was published or unpublished; pages send these signals as well as their own."""
    if not isinstance(instance, Page) and kind_of(instance) is not None:
        publish_entry(instance)


def page_moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Follow a page that was moved, with all below it."""
    publish_branch(instance)


def source_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Bury what is deleted; a tombstone keeps the reason it had. Sent for each page below a deleted one too."""
    type_id, key = key_of(instance)
    with one_writer():
        for entry in Entry.objects.filter(source_type_id=type_id, source_id=key, deleted=False):
            bury(entry)
        if kind_of(instance) == Kind.SPECIALIST:
            forget_address(type_id, key)


def source_saved(sender: type[Model], instance: Any, created: bool, **kwargs: Any) -> None:
    """Mark what was saved, in case nobody publishes it: a script that sets a field of a live thing and saves.

    Publishing saves first and sends its signal then, which does the work and clears the mark.
    """
    fields = kwargs.get("update_fields")
    if kwargs.get("raw") or (fields is not None and set(fields) <= BOOKKEEPING):
        return
    type_id, key = key_of(instance)
    known = dependents.mark(Q(source_type_id=type_id, source_id=key, deleted=False))
    if not known and instance.live and kind_of(instance) is not None:
        meta = instance._meta
        transaction.on_commit(partial(_publish_unless_done, meta.app_label, meta.model_name, type_id, key))


def _publish_unless_done(app_label: str, model_name: str, type_id: int, key: int) -> None:
    if not Entry.objects.filter(source_type_id=type_id, source_id=key, deleted=False).exists():
        tasks.publish_saved.enqueue(app_label, model_name, key)


def restriction_changed(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Follow a restriction that came, changed or went: the whole branch, and what repeats any of it elsewhere."""
    with one_writer():
        page = Page.objects.filter(pk=instance.page_id).first()
        if page is None:
            return
        publish_branch(page)
        for alias in Page.objects.filter(alias_of__path__startswith=page.path):
            publish_branch(alias)


def site_changed(sender: type[Site], instance: Site, **kwargs: Any) -> None:
    """Follow a site that begins at another page: every page's address may be another."""
    with one_writer():
        paged = Q(kind__in=[Kind.PAGE, Kind.ARTICLE], deleted=False)
        dependents.mark(paged)
        known = Entry.objects.filter(paged).values("source_id")
        for page in _live_pages().exclude(pk__in=known):
            publish_entry(page.specific, timezone.now())


def settings_to_be_saved(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Remember how citations were set so far."""
    instance.citation_style_before = citation_style()


def settings_saved(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Build again everything that can cite, where the style of citations is another now."""
    if instance.citation_style != instance.citation_style_before:
        dependents.mark(Q(kind__in=[Kind.PAGE, Kind.ARTICLE], deleted=False))


def _live_pages() -> Any:
    return Page.objects.live().order_by("path")


def notice_checked(sender: type[Model], instance: NoticeCheck, **kwargs: Any) -> None:
    """Let an article tell its readers that somebody looked at what became of a source."""
    if not kwargs.get("raw"):
        publish_entry(Article.objects.get(pk=instance.article_id))


def campaign_changed(sender: type[Model], instance: Campaign, **kwargs: Any) -> None:
    """Build specialists again, who say during which campaigns they may stand first."""
    fields = kwargs.get("update_fields")
    if kwargs.get("raw") or (fields is not None and set(fields) <= BOOKKEEPING):
        return
    dependents.mark(Q(kind=Kind.SPECIALIST, deleted=False))


def picture_saved(sender: type[Model], instance: Picture, **kwargs: Any) -> None:
    """Make a new picture's sizes once it is there, and build again what shows a changed one."""
    fields = kwargs.get("update_fields")
    if kwargs.get("raw") or (fields is not None and set(fields) <= BOOKKEEPING):
        return
    drop_outdated_renditions(instance)
    transaction.on_commit(partial(tasks.make_sizes.enqueue, instance.pk))
    _made_of(type_of(Picture).pk, [instance.pk])


def picture_deleted(sender: type[Model], instance: Picture, **kwargs: Any) -> None:
    """Build again what showed a picture."""
    _made_of(type_of(Picture).pk, [instance.pk])


def document_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Build again what links to a document."""
    _made_of(type_of(sender).pk, [instance.pk])


def document_restriction_changed(sender: type[Model], instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """Build again what links to the documents of a collection that was closed or opened, or of one below it."""
    documents = get_document_model().objects.filter(collection__path__startswith=instance.collection.path)
    _made_of(type_of(get_document_model()).pk, documents.values_list("pk", flat=True))


def _made_of(type_id: int, keys: Iterable[int]) -> None:
    for key in keys:
        dependents.mark_made_of(type_id, key)
