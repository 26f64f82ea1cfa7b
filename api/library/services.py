"""Writing the library: the one place where entries change.

Everything here runs as the one writer and in its transaction, so an entry commits together with its source
or not at all. What the library already says is not written again: no new revision, no signal.
"""

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from api.library import dependents
from api.library.build import describe
from api.library.description import Description
from api.library.models import Entry, Facet, FormerPath, Ingredient, Kind
from api.library.packing import etag_of, pack, serialised
from api.library.shape import SHAPE
from api.library.signals import entry_changed
from api.library.sources import Ground, is_public, key_of, source_of, type_of
from cms.articles.models import Article
from cms.publishing.models import Ledger
from cms.publishing.services import ledger, next_revision, one_writer

UNREAD = ("body", "body_gzip", "body_br")


class AddressTaken(ValidationError):
    """Another published thing has this address already."""


def publish_entry(source: Any, moment: datetime | None = None, force: bool = False) -> Entry | None:
    """Make the library say of a source what it should: an entry where the public may see it, else none.

    Gives the living entry, or None. ``force`` writes also what seems to be said already. Raises :class:`AddressTaken`.
    """
    moment = moment or timezone.now()
    with one_writer():
        entry = entry_of(source)
        if not is_public(source, moment):
            if entry is not None:
                reason, replacement_path, made_of = withdrawal(source, moment)
                bury(entry, reason, replacement_path, made_of, force)
            return None
        path_before = entry.path if entry and not entry.deleted else None
        written = upsert(describe(dated(source, entry), moment), entry, force)
        if isinstance(source, Page) and path_before and path_before != written.path:
            publish_below(source, moment)
        return written


def dated(source: Any, entry: Entry | None) -> Any:
    """Give a source its dates of publication where a script made it live without: those its entry began with."""
    if entry is not None and not entry.deleted:
        source.first_published_at = source.first_published_at or entry.published_at
        source.last_published_at = source.last_published_at or entry.published_at
    return source


def entry_of(source: Any) -> Entry | None:
    """Give the entry of a source, living or not, without its bytes."""
    type_id, pk = key_of(source)
    return Entry.objects.filter(source_type_id=type_id, source_id=pk).defer(*UNREAD).first()


def upsert(description: Description, entry: Entry | None = None, force: bool = False) -> Entry:
    """Write a description into its entry; with nothing new to say only what nobody sees is brought up to date.

    Raises :class:`AddressTaken`.
    """
    with one_writer():
        entry = entry or Entry.objects.filter(pk=description.id).defer(*UNREAD).first()
        said = columns_of(description)
        if entry is None:
            entry = Entry(id=description.id, deleted=True)
            entry._state.adding = True
        is_new = entry._state.adding
        known = not is_new and not entry.deleted and all(getattr(entry, name) == value for name, value in said.items())
        if known and not force:
            _write_links(entry, description, is_new=False)
            unseen = {"stale_since": None, "good_until": description.good_until, "shape": SHAPE}
            if any(getattr(entry, name) != value for name, value in unseen.items()):
                for name, value in unseen.items():
                    setattr(entry, name, value)
                entry.save(update_fields=[*unseen])
            return entry

        face_before = None if is_new else dependents.face(entry)
        displaced = _claim_address(entry, description)
        packed = pack(description.data)
        for name, value in said.items():
            setattr(entry, name, value)
        entry.data = description.data
        entry.body, entry.body_gzip, entry.body_br = packed.body, packed.gzip, packed.br
        entry.deleted, entry.deleted_at, entry.reason, entry.replacement_path = False, None, "", ""
        entry.stale_since, entry.good_until, entry.shape = None, description.good_until, SHAPE
        _save(entry, is_new)
        _write_links(entry, description, is_new)
        if dependents.face(entry) != face_before:
            dependents.mark_dependents(entry)
            dependents.mark_sources(description.translations)
        entry_changed.send(sender=Entry, entry=entry)
        for other in displaced:
            publish_entry(other)
        return entry


def columns_of(description: Description) -> dict[str, Any]:
    """Give what of a description decides whether it says anything new. The etag stands for the data."""
    return {
        "source_type_id": description.source[0],
        "source_id": description.source[1],
        "kind": str(description.kind),
        "path": description.path,
        "slug": description.slug,
        "language": description.language,
        "title": description.title[:500],
        "etag": etag_of(serialised(description.data).encode()),
        "card": serialised(description.card) if description.card is not None else "",
        "text": description.text,
        "published_at": description.published_at,
        "starts_at": description.starts_at,
        "ends_at": description.ends_at,
    }


def _save(entry: Entry, is_new: bool) -> None:
    entry.revision = next_revision()
    entry.save(force_insert=is_new, force_update=not is_new)


def _claim_address(entry: Entry, description: Description) -> list[Any]:
    """See that nobody else lives at the new address, and let the old one lead to it.

    Gives the sources of entries that stood there only because the library has yet to hear that they moved:
    they have made room, and are to be published anew.
    """
    if not entry.deleted and (entry.path, entry.slug) == (description.path, description.slug):
        return []
    slug = Q(kind=description.kind, language=description.language, slug=description.slug) & ~Q(slug="")
    path = Q(path=description.path) if description.path else Q(pk=None)
    others = Entry.objects.existing().filter(slug | path).exclude(pk=description.id)
    displaced = [_made_room(other) for other in others.select_related("source_type").defer(*UNREAD)]
    if not description.path:
        return []
    FormerPath.objects.filter(path=description.path).delete()
    if entry.path and entry.path != description.path:
        FormerPath.objects.update_or_create(path=entry.path, defaults={"entry": entry, "slug": entry.slug})
    return [source for source in displaced if source is not None]


def _made_room(other: Entry) -> Any | None:
    """Have an entry leave an address that is no longer its source's; raise :class:`AddressTaken` where it still is."""
    source = source_of(other)
    if source is None:
        bury(other)
        return None
    if is_public(source, timezone.now()):
        true = describe(source)
        if (true.path, true.slug) == (other.path, other.slug):
            raise AddressTaken(
                f"“{other.title}” is already published at {other.path} under this address. Choose another slug."
            )
    Entry.objects.filter(pk=other.pk).update(path=None, slug="", stale_since=timezone.now())
    return source


def _write_links(entry: Entry, description: Description, is_new: bool) -> None:
    """Bring the rows of facets and ingredients into agreement with a description."""
    facets = set() if is_new else set(entry.facets.values_list("name", "value"))
    for name, value in facets - description.facets:
        entry.facets.filter(name=name, value=value).delete()
    added = sorted(description.facets - facets)
    Facet.objects.bulk_create(Facet(entry=entry, name=name, value=value) for name, value in added)
    _write_ingredients(entry, set(description.ingredients), is_new)


def _write_ingredients(entry: Entry, ingredients: set[tuple[int, int]], is_new: bool = False) -> None:
    before = set() if is_new else set(entry.ingredients.values_list("content_type_id", "object_id"))
    for type_id, pk in before - ingredients:
        entry.ingredients.filter(content_type_id=type_id, object_id=pk).delete()
    Ingredient.objects.bulk_create(
        Ingredient(entry=entry, content_type_id=type_id, object_id=pk) for type_id, pk in sorted(ingredients - before)
    )


# ---- Tombstones ------------------------------------------------------------------------------


def bury(
    thing: Any,
    reason: str = "",
    replacement_path: str = "",
    made_of: set[tuple[int, int]] | None = None,
    force: bool = False,
) -> None:
    """Turn the entry of a source (or an entry) into a tombstone: its data gone, its address and reason kept.

    Where it already is one with the same words, or where there never was one, nothing is written.
    """
    with one_writer():
        entry = thing if isinstance(thing, Entry) else entry_of(thing)
        if entry is None:
            return
        if entry.deleted and not force and (entry.reason, entry.replacement_path) == (reason, replacement_path):
            _write_ingredients(entry, made_of or set())
            if entry.stale_since is not None:
                Entry.objects.filter(pk=entry.pk).update(stale_since=None)
            return
        was_living = not entry.deleted
        entry.deleted, entry.reason, entry.replacement_path = True, reason, replacement_path
        # The feed tells a tombstone for a while after it was last written, so that no revision is forgotten untold.
        entry.deleted_at = timezone.now()
        entry.title = entry.card = entry.text = entry.etag = ""
        entry.data, entry.body, entry.body_gzip, entry.body_br = None, b"", b"", b""
        entry.published_at = entry.starts_at = entry.ends_at = entry.good_until = entry.stale_since = None
        _save(entry, is_new=False)
        entry.facets.all().delete()
        _write_ingredients(entry, made_of or set())
        if was_living:
            dependents.mark_dependents(entry)
        entry_changed.send(sender=Entry, entry=entry)


def forget_address(type_id: int, key: int) -> None:
    """Take the address out of what is left of somebody whose account is gone: their name stands in it.

    Phones are told of the deletion by the entry's id.
    """
    with one_writer():
        left = Entry.objects.filter(source_type_id=type_id, source_id=key, deleted=True)
        FormerPath.objects.filter(entry__in=left).delete()
        left.update(path=None, slug="")


def withdrawal(source: Any, moment: datetime) -> tuple[str, str, set[tuple[int, int]]]:
    """Give a withdrawn article's public reason, what to read instead, and what that was read from."""
    if not isinstance(source, Article) or source.live:
        return "", "", set()
    key = source.withdrawal_replacement_id
    if key is None:
        return source.withdrawal_reason.strip(), "", set()
    instead = (type_of(Page).pk, key)
    path = (
        Entry.objects.running_at(moment)
        .filter(source_type_id=instead[0], source_id=key)
        .values_list("path", flat=True)
        .first()
    )
    return source.withdrawal_reason.strip(), path or "", {instead}


# ---- Branches of the tree --------------------------------------------------------------------


def publish_branch(page: Page, moment: datetime | None = None) -> None:
    """Bring the library into agreement with a page and all below it: after a move, a restriction, its end."""
    with one_writer():
        moment = moment or timezone.now()
        publish_entry(page.specific, moment)
        publish_below(page, moment)


def publish_below(page: Page, moment: datetime) -> None:
    """Bring the library into agreement with all below a page; where only the address is new, only that is written."""
    ground = Ground.now()
    type_id = type_of(Page).pk
    below = list(Page.objects.descendant_of(page).order_by("path").select_related("content_type"))
    keys = [one.pk for one in below]
    known = {
        entry.source_id: entry
        for entry in Entry.objects.filter(source_type_id=type_id, source_id__in=keys).defer(*UNREAD)
    }
    for one in below:
        entry = known.get(one.pk)
        if entry is not None and not entry.deleted and is_public_page(one, moment, ground):
            path = ground.path_of(one)
            if path and path != entry.path:
                readdress(entry, path, one.slug)
        else:
            publish_entry(one.specific, moment)


def is_public_page(page: Page, moment: datetime, ground: Ground) -> bool:
    """Say whether a page, loaded as any page, may be seen by an anonymous reader."""
    return page.live and not (page.expire_at and page.expire_at <= moment) and ground.has(page)


def readdress(entry: Entry, path: str, slug: str) -> None:
    """Give a living entry another address, and leave all else it says as it is."""
    type_id = entry.source_type_id
    data: dict[str, Any] = {**(entry.data or {}), "path": path, "slug": slug}
    card = {name: data[name] for name in CARD_FIELDS} if entry.kind == Kind.ARTICLE else None
    upsert(
        Description(
            kind=Kind(entry.kind),
            id=entry.pk,
            path=path,
            slug=slug,
            language=entry.language,
            title=entry.title,
            data=data,
            card=card,
            text=entry.text,
            source=(type_id, entry.source_id),
            facets=frozenset(entry.facets.values_list("name", "value")),
            ingredients=frozenset(entry.ingredients.values_list("content_type_id", "object_id")),
            published_at=entry.published_at,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            good_until=entry.good_until,
        ),
        entry,
    )


# ---- Reading what has gone off, and beginning anew -------------------------------------------


def described_anew(entry: Entry, moment: datetime) -> Entry:
    """Give an entry, in memory alone, as it would be built at a moment; see :func:`api.library.queries.current`."""
    source = source_of(entry)
    if source is None or not is_public(source, moment):
        return entry
    description = describe(source, moment)
    packed = pack(description.data)
    for name, value in columns_of(description).items():
        setattr(entry, name, value)
    entry.data, entry.good_until = description.data, description.good_until
    entry.body, entry.body_gzip, entry.body_br = packed.body, packed.gzip, packed.br
    return entry


def begin_epoch() -> Ledger:
    """Begin another history of revisions, after the database was restored: every client starts again from 0.

    The counter is set beyond every revision there is.
    """
    with one_writer():
        highest = Entry.objects.order_by("-revision").values_list("revision", flat=True).first() or 0
        head = ledger()
        head.epoch, head.revision = uuid.uuid4(), max(head.revision, highest)
        head.save()
        return head


CARD_FIELDS = (
    "id",
    "path",
    "slug",
    "language",
    "title",
    "summary",
    "image",
    "topics",
    "authors",
    "reading_minutes",
    "published_at",
    "reviewed_at",
)
