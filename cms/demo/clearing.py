"""Takes away exactly what the demonstration made."""

from collections.abc import Callable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import ProtectedError
from wagtail.models import Page, ReferenceIndex

from cms.articles.models import Article, ArticleIndex, Topic
from cms.banners.models import Banner
from cms.consultations.models import ConsultationPage
from cms.demo.accounts import logins_file
from cms.demo.models import DemoObject
from cms.helplines.models import Helpline
from cms.pages.models import HomePage, InformationPage
from cms.people.models import Person, User
from cms.pictures.models import Picture
from cms.promotions.models import PromotedResult
from cms.publishing.services import one_writer
from cms.questions.models import Question
from cms.references.models import Reference
from cms.specialists.models import Campaign, Specialist

# What leans on something comes before it.
ORDER: list[type[models.Model]] = [
    Article,
    Banner,
    Campaign,
    Question,
    Specialist,
    PromotedResult,
    ConsultationPage,
    InformationPage,
    ArticleIndex,
    HomePage,
    Reference,
    Person,
    Topic,
    Picture,
    Helpline,
    User,
]
BATCH = 25


def clear(advance: Callable[[int], None] = lambda count: None) -> list[str]:
    """Delete everything that is marked, in batches of 25, and give the names of what somebody else now uses.

    Such a thing stays, with its mark, until nothing leans on it any more. ``advance`` is told how many
    things each batch took. The log-ins' file goes with the last user.
    """
    kept: list[str] = []
    for model in ORDER:
        for keys in batches(model):
            with one_writer():
                kept += [key for key in keys if not remove(model, key)]
            advance(len(keys))
    with one_writer():
        DemoObject.objects.exclude(key__in=kept).delete()
    logins_file().unlink(missing_ok=True)
    return kept


def batches(model: type[models.Model]) -> Iterator[list[str]]:
    """Give the keys of the marked things of a model, the newest first, 25 at a time."""
    keys = list(
        DemoObject.objects.filter(content_type=ContentType.objects.get_for_model(model))
        .order_by("-pk")
        .values_list("key", flat=True)
    )
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def remove(model: type[models.Model], key: str) -> bool:
    """Delete one marked thing with its mark; say whether it is gone."""
    marked = DemoObject.objects.filter(key=key).first()
    if marked is None:
        return True
    thing = model._default_manager.filter(pk=marked.object_id).first()
    if thing is not None and (is_leant_on(thing) or not delete_unless_protected(thing)):
        return False
    marked.delete()
    return True


def is_leant_on(thing: models.Model) -> bool:
    """Say whether others' content would lose something although no foreign key protects it."""
    if isinstance(thing, Page):
        return not thing.is_leaf()
    if isinstance(thing, Topic):
        used_by = (Banner, Specialist)
        return thing.articles.exists() or any(model.objects.filter(topics=thing).exists() for model in used_by)
    if isinstance(thing, Picture):
        # In the body of an article nothing but this index knows of it; what was deleted has left it at once.
        return ReferenceIndex.get_references_to(thing).exists()
    return False


def delete_unless_protected(thing: models.Model) -> bool:
    try:
        with transaction.atomic():
            thing.delete()
    except ProtectedError:
        return False
    return True
