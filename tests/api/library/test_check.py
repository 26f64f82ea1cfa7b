"""``manage.py library``: names every planted difference, tells pending from wrong, and mends it."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from api.library.check import check
from api.library.models import Entry, Facet, FormerPath, Ingredient
from api.library.packing import pack
from api.library.rebuild import rebuild
from cms.articles.models import Article
from cms.publishing.models import Ledger
from cms.publishing.services import ledger, save_and_publish, unpublish
from tests import factories
from tests.api.library.copy import Copy, data_of, entry_of, library_as_it_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return factories.article("Planted", related=[factories.article()])


def entries(source: Any) -> Any:
    return Entry.objects.filter(pk=source.public_id)


def consistent(source: Any, **changes: Any) -> None:
    """Change an entry's data with everything that hangs on it, as if it had been built so."""
    data = {**data_of(source), **changes}
    packed = pack(data)
    entries(source).update(data=data, etag=packed.etag, body=packed.body, body_gzip=packed.gzip, body_br=packed.br)


PLANTED: dict[str, tuple[str, Callable[[Article], Any]]] = {
    "an entry is missing": ("missing entry", lambda one: entries(one).delete()),
    "an entry was buried": ("missing entry", lambda one: entries(one).update(deleted=True, data=None)),
    "an entry is left of what is not public": (
        "extra entry",
        lambda one: Article.objects.filter(pk=one.pk).update(live=False),
    ),
    "an entry has no source": ("extra entry", lambda one: entries(one).update(source_id=987654)),
    "data differ": ("different data", lambda one: consistent(one, title="Another")),
    "the path differs": ("wrong path", lambda one: entries(one).update(path="/elsewhere/")),
    "the slug differs": ("wrong slug", lambda one: entries(one).update(slug="elsewhere")),
    "the title differs": ("wrong title", lambda one: entries(one).update(title="Another")),
    "the language differs": ("wrong language", lambda one: entries(one).update(language="fr")),
    "the kind differs": ("wrong kind", lambda one: entries(one).update(kind="page")),
    "the card differs": ("wrong card", lambda one: entries(one).update(card="{}")),
    "the text differs": ("wrong text", lambda one: entries(one).update(text="")),
    "the end differs": ("wrong ends_at", lambda one: entries(one).update(ends_at=timezone.now() + timedelta(9))),
    "the start differs": ("wrong starts_at", lambda one: entries(one).update(starts_at=timezone.now())),
    "the date differs": ("wrong published_at", lambda one: entries(one).update(published_at=None)),
    "the tag differs": ("wrong etag", lambda one: entries(one).update(etag="0" * 32)),
    "the body differs": ("wrong body", lambda one: entries(one).update(body=b"{}")),
    "the gzip body differs": ("wrong body_gzip", lambda one: entries(one).update(body_gzip=b"x")),
    "the brotli body differs": ("wrong body_br", lambda one: entries(one).update(body_br=pack({}).br)),
    "a facet is missing": (
        "missing facet",
        lambda one: Facet.objects.filter(entry=one.public_id, name="topic").delete(),
    ),
    "a facet is too many": (
        "extra facet",
        lambda one: Facet.objects.create(entry_id=one.public_id, name="topic", value="x"),
    ),
    "an ingredient is missing": (
        "missing ingredient",
        lambda one: Ingredient.objects.filter(entry=one.public_id).first().delete(),
    ),
    "an ingredient is too many": (
        "extra ingredient",
        lambda one: Ingredient.objects.create(
            entry_id=one.public_id, content_type=entry_of(one).source_type, object_id=987654
        ),
    ),
    "a revision is above the ledger": (
        "revision above the ledger",
        lambda one: entries(one).update(revision=10**6),
    ),
    "a living path is a former one too": (
        "former path of a living entry",
        lambda one: FormerPath.objects.create(
            entry=Entry.objects.exclude(pk=one.public_id)[0], path=entry_of(one).path
        ),
    ),
    "the source changed behind our back": (
        "different data",
        lambda one: Article.objects.filter(pk=one.pk).update(summary="Behind"),
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_planted_difference__is_named_as_wrong_and_mended(article: Article, planted: str) -> None:
    name, plant = PLANTED[planted]
    assert list(check()) == []
    plant(article)
    found = list(check())
    assert name in [difference.what for difference in found]
    assert not any(difference.pending for difference in found)
    rebuild()
    assert list(check()) == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tombstone with content", {"data": {"title": "left"}}),
        ("wrong reason", {"reason": "Another."}),
        ("wrong replacement", {"replacement_path": "/elsewhere/"}),
    ],
)
def test_difference_in_a_tombstone__is_named_and_mended(article: Article, name: str, change: dict[str, Any]) -> None:
    unpublish(article)
    assert list(check()) == []
    entries(article).update(**change)
    assert [difference.what for difference in check()] == [name]
    rebuild()
    assert list(check()) == []


def test_difference_whose_turn_is_yet_to_come__is_pending() -> None:
    work = factories.reference("Before")
    factories.article(references=[work])
    work.title = "After"
    save_and_publish(work)
    found = list(check())
    assert found
    assert all(difference.pending for difference in found)
    assert "0 wrong" in told("check")


def test_end_that_waits_for_the_sweep__is_pending() -> None:
    related = factories.article(expire_at=timezone.now() + timedelta(hours=1))
    factories.article(related=[related])
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        found = list(check())
        assert {difference.what for difference in found} >= {"extra entry", "different data"}
        assert all(difference.pending for difference in found)
        call_command("library", "sweep")
        assert list(check()) == []


# ---- The command -----------------------------------------------------------------------------


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("library", *arguments, stdout=out)
    return out.getvalue()


def test_command__ends_with_1_where_something_is_wrong(article: Article) -> None:
    assert "0 wrong" in told("check")
    consistent(article, title="Another")
    with pytest.raises(CommandError) as error:
        told("check")
    assert error.value.returncode == 1


def test_status__counts_what_is_published_and_what_waits(article: Article) -> None:
    unpublish(factories.topic())
    out = told("status")
    assert f"revision {ledger().revision}" in out
    assert "2 published      0 tombstones" in out.partition("article")[2]
    assert "1 tombstones" in out.partition("topic")[2]


def test_rebuild__makes_a_whole_library_from_nothing(article: Article) -> None:
    before = library_as_it_is()
    copy = Copy()
    copy.poll()
    Entry.objects.all().delete()
    told("rebuild")
    assert library_as_it_is() == before
    assert list(check()) == []
    copy.poll()
    assert copy.things == before


def test_rebuild_that_was_interrupted__says_where_to_go_on_and_does(article: Article) -> None:
    Article.objects.update(summary="Behind")
    Entry.objects.filter(kind="topic").update(title="Planted")
    place = f"articles.topic:{max(Entry.objects.filter(kind='topic').values_list('source_id', flat=True))}"
    told("rebuild", "--from", place)
    assert {difference.what for difference in check()} == {"wrong title"}
    told("rebuild")
    assert list(check()) == []


def test_rebuild_of_what_is_right__writes_nothing(article: Article) -> None:
    before = ledger().revision
    told("rebuild")
    assert ledger().revision == before


def test_rebuild_from_no_place__says_so() -> None:
    with pytest.raises(CommandError, match="no place to begin"):
        told("rebuild", "--from", "somewhere")


def test_new_epoch__begins_above_every_revision(article: Article) -> None:
    epoch = ledger().epoch
    Ledger.objects.update(revision=1)
    told("new-epoch")
    assert ledger().epoch != epoch
    assert ledger().revision == max(Entry.objects.values_list("revision", flat=True))


def test_entry_of_json__survives_the_database(article: Article) -> None:
    entry = entry_of(article)
    assert json.loads(bytes(entry.body)) == entry.data
