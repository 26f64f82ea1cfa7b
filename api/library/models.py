"""The library: one row for each public thing, as any client may have it."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search.index import AutocompleteField, Indexed, SearchField

from api.library.words import plain


class Kind(models.TextChoices):
    """The kinds of things that are published, in the order in which a search counts them."""

    ARTICLE = "article", _("Article")
    PAGE = "page", _("Page")
    TOPIC = "topic", _("Topic")
    QUESTION = "question", _("Question")
    SPECIALIST = "specialist", _("Specialist")
    PERSON = "person", _("Person")
    REFERENCE = "reference", _("Reference")
    HELPLINE = "helpline", _("Helpline")
    BANNER = "banner", _("Banner")
    PROMOTION = "promotion", _("Promoted result")


# What a search looks through: whatever can be read by itself, also of kinds that nothing has yet.
SEARCHABLE = tuple(kind for kind in Kind if kind not in (Kind.BANNER, Kind.PROMOTION))
# What the site has once for all languages: facts, which must not be true in one and outdated in another.
IN_EVERY_LANGUAGE = (Kind.PERSON, Kind.REFERENCE, Kind.HELPLINE, Kind.PROMOTION, Kind.SPECIALIST)


class PlainField(SearchField):
    """A text, indexed as it is compared, so that both databases find the same."""

    def get_value(self, obj: Any) -> str:
        return plain(super().get_value(obj))


class PlainKeywords(AutocompleteField):
    """The same for the few words that weigh more than a text's."""

    def get_value(self, obj: Any) -> str:
        return plain(super().get_value(obj))


class EntryQuerySet(models.QuerySet["Entry"]):
    """The questions that endpoints and pages ask of the library."""

    def existing(self) -> "EntryQuerySet":
        """Everything but tombstones; a banner before its start and what has ended are still among them."""
        return self.filter(deleted=False)

    def running_at(self, moment: datetime) -> "EntryQuerySet":
        """What may be shown at a moment: begun, and not ended."""
        begun = Q(starts_at=None) | Q(starts_at__lte=moment)
        lasting = Q(ends_at=None) | Q(ends_at__gt=moment)
        return self.existing().filter(begun, lasting)

    def having(self, name: str, value: str) -> "EntryQuerySet":
        """What carries a facet."""
        return self.filter(facets__name=name, facets__value=value)


class Entry(Indexed, models.Model):
    """One public thing, or the tombstone of what was one.

    ``id`` is the source's ``public_id``. ``revision`` is the library's counter at the last change of
    this entry; it rises in commit order. ``data`` is the JSON that the API serves, ``body`` the same
    serialised, with ``body_gzip`` and ``body_br`` compressed when the entry was built. ``card`` is the
    serialised short form for lists ("" where the kind has none). A tombstone has none of these left.

    ``good_until`` is the earliest end of anything the entry was made of: from then on ``data`` names
    something that is over, and is to be built again. ``stale_since`` says that something it was made of
    has changed, and that its turn to be built again has yet to come. ``shape`` is the
    :data:`api.library.shape.SHAPE` it was described in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    path = models.CharField(max_length=1000, null=True, blank=True, db_index=True)
    slug = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=20, default="en")
    revision = models.BigIntegerField(unique=True)
    etag = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=500, blank=True)
    data = models.JSONField(null=True, blank=True)
    card = models.TextField(blank=True)
    text = models.TextField(blank=True)
    body = models.BinaryField(default=b"")
    body_gzip = models.BinaryField(default=b"")
    body_br = models.BinaryField(default=b"")
    published_at = models.DateTimeField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    good_until = models.DateTimeField(null=True, blank=True)
    deleted = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    replacement_path = models.CharField(max_length=1000, blank=True)
    source_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_id = models.BigIntegerField()
    stale_since = models.DateTimeField(null=True, blank=True)
    shape = models.PositiveSmallIntegerField(default=0)

    objects = EntryQuerySet.as_manager()

    # The first two weigh more; the third has their words as well, so that one index answers whether there is a match.
    search_fields = [PlainField("title"), PlainKeywords("keywords"), PlainField("everything")]
    # Wagtail's own way is a task, which may come late; api.library.search does it in the same transaction.
    search_auto_update = False

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "slug"],
                condition=Q(deleted=False) & ~Q(slug=""),
                name="one_slug_per_kind_and_language",
            ),
            models.UniqueConstraint(fields=["path"], condition=Q(deleted=False), name="one_living_entry_per_path"),
            models.UniqueConstraint(fields=["source_type", "source_id"], name="one_entry_per_source"),
        ]
        indexes = [
            models.Index(fields=["kind", "deleted", "-published_at", "id"], name="entry_kind_published"),
            # The unique constraint's index knows the living alone; an address may also be a tombstone's.
            models.Index(fields=["slug", "kind"], name="entry_slug"),
            models.Index(fields=["starts_at"], condition=~Q(starts_at=None), name="entry_starts"),
            models.Index(fields=["ends_at"], condition=~Q(ends_at=None), name="entry_ends"),
            models.Index(fields=["good_until"], condition=~Q(good_until=None), name="entry_good_until"),
            models.Index(fields=["deleted_at"], condition=Q(deleted=True), name="entry_buried"),
            models.Index(fields=["stale_since"], condition=~Q(stale_since=None), name="entry_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.path or self.id} at {self.revision}"

    @classmethod
    def get_indexed_objects(cls) -> "models.QuerySet[Entry]":
        """What ``manage.py update_index`` finds: what is searched and no tombstone."""
        return cls.objects.existing().filter(kind__in=SEARCHABLE)

    @property
    def keywords(self) -> str:
        """The words that say what it is about: its summary, its topics, who wrote it."""
        data: dict[str, Any] = self.data or {}
        said = [data.get(name) for name in ("summary", "credentials", "professional_title", "country_name")]
        chips = [*(data.get("topics") or []), *(data.get("authors") or [])]
        said += [chip.get("title") or chip.get("name") for chip in chips if isinstance(chip, dict)]
        return "\n".join(one for one in said if isinstance(one, str) and one)

    @property
    def everything(self) -> str:
        """All its words."""
        return f"{self.title}\n{self.keywords}\n{self.text}"


class Facet(models.Model):
    """One value by which an entry can be filtered: a topic's slug, an author's slug, an audience."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name", "value"], name="one_facet_once")]
        indexes = [models.Index(fields=["name", "value", "entry"], name="facet_value")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Ingredient(models.Model):
    """One source that an entry was made of; when it changes, the entry is built again."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="ingredients")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "content_type", "object_id"], name="one_ingredient_once")
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="ingredient_of")]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class FormerPath(models.Model):
    """An address an entry once had, with the slug it had there, so that both still lead to it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="former_paths")
    path = models.CharField(max_length=1000, unique=True)
    slug = models.CharField(max_length=255, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.path


class Word(models.Model):
    """A word that public entries have: in how many of them it stands, and in how many titles.

    ``plain`` is its form without accents. Kept by :mod:`api.library.vocabulary`, with the entries themselves.
    """

    language = models.CharField(max_length=20)
    word = models.CharField(max_length=40)
    plain = models.CharField(max_length=40)
    entries = models.IntegerField(default=0)
    titles = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_word_per_language")]

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"


class EntryWords(models.Model):
    """The words of one entry as they were counted: so that exactly these can be counted out again."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="counted_words")
    language = models.CharField(max_length=20)
    title = models.TextField(blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"words of {self.entry_id}"
