"""What is there after ``demo load``."""

import json
import re
from datetime import date, timedelta
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page

from cms.articles.models import Article, ArticleReference
from cms.banners.models import Banner
from cms.demo.accounts import ACCOUNTS, list_logins
from cms.demo.models import DemoObject
from cms.demo.services import load
from cms.demo.snippets import records
from cms.helplines.models import Helpline
from cms.people.models import Person, User
from cms.pictures.models import Picture, Rendition
from cms.publishing.rules import PublishedUnderRules, problems_of
from cms.references.csl import csl_of
from cms.references.formatting import format_html
from cms.references.models import Reference

BLOCKS = {"heading", "text", "quote", "takeaways", "exercise", "list", "image", "find_support"}
HOLLOW = re.compile(r"\.\.|\(\s*\)|,\s*[,.]|\(,|\s\s|\s[.,]|&$")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Give the rows of every table the demonstration writes to."""
    tables: list[type[models.Model]] = [
        *(Article, Banner, DemoObject, Helpline, Page, Person, Picture, Reference, Rendition, User)
    ]
    return {table.__name__: list(table._default_manager.order_by("pk").values()) for table in tables}


def test_load__makes_what_the_first_look_needs(demo: Path) -> None:
    assert Article.objects.live().count() >= 10
    assert Reference.objects.filter(live=True).count() >= 20
    assert {banner.audience for banner in Banner.objects.filter(live=True)} == {"client", "specialist"}
    assert Banner.objects.count() == len(records("banners"))
    assert len(set(Helpline.objects.filter(live=True).values_list("country", flat=True))) >= 5
    assert set(Page.objects.live().values_list("slug", flat=True)) >= {
        *("free-consultation", "for-specialists", "about", "privacy", "corrections")
    }


def test_load_twice__changes_nothing(demo: Path) -> None:
    before, logins = everything(), (demo / "demo-logins").read_bytes()
    files = sorted(path for path in demo.rglob("*") if path.is_file())

    load()

    assert everything() == before
    assert (demo / "demo-logins").read_bytes() == logins
    assert sorted(path for path in demo.rglob("*") if path.is_file()) == files


def test_load__leaves_alone_what_an_editor_changed(demo: Path) -> None:
    article = Article.objects.get(slug="grief")
    article.title = "Mourning"
    article.save_revision().publish()

    load()

    assert Article.objects.get(pk=article.pk).title == "Mourning"


def test_load__brings_back_what_was_deleted(demo: Path) -> None:
    Article.objects.get(slug="grief").delete()

    load()

    assert Article.objects.get(slug="grief").live


def test_load__uses_every_kind_of_block(demo: Path) -> None:
    used = {block.block_type for article in Article.objects.all() for block in article.body}

    assert used == BLOCKS


def test_load__gives_every_article_what_publishing_asks_for(demo: Path) -> None:
    # The German part has one article, which has no other to be related to.
    assert Article.objects.exclude(locale__language_code="en").count() == 1
    for article in Article.objects.all():
        assert article.authorships.exists(), article.slug
        assert article.reviewer, article.slug
        assert article.reviewer_id not in article.authorships.values_list("person_id", flat=True), article.slug
        assert article.topics.exists(), article.slug
        assert article.references.exists(), article.slug
        assert article.relations.exists() or article.locale.language_code == "de", article.slug
        assert article.image, article.slug
        assert article.image_alt, article.slug
        corrected = [correction.date for correction in article.changes.all()]
        published = article.first_published_at.date()
        assert article.last_published_at.date() == max([published, *corrected]), article.slug
        assert article.reviewed_on <= published, article.slug


def test_load__makes_nothing_that_the_rules_of_publishing_would_refuse(demo: Path) -> None:
    things = [marked.content_type.get_object_for_this_type(pk=marked.object_id) for marked in DemoObject.objects.all()]
    published = [thing for thing in things if isinstance(thing, PublishedUnderRules)]

    assert len(published) > 60
    assert {str(thing): problems_of(thing) for thing in published if problems_of(thing)} == {}


def test_load__has_one_overdue_and_one_corrected_article(demo: Path) -> None:
    today = timezone.localdate()

    assert [article.slug for article in Article.objects.filter(next_review_on__lt=today)] == ["panic"]
    assert list(Article.objects.exclude(changes=None).values_list("slug", flat=True)) == ["attachment-styles"]


def test_load__tells_of_an_ending_in_about_seven_sections(demo: Path) -> None:
    body = Article.objects.get(slug="ending-a-relationship").body

    sections = [block for block in body if block.block_type == "heading" and block.value["level"] == "2"]
    assert 7 <= len(sections) <= 8


def test_load__links_documents_to_each_other_by_their_pages(demo: Path) -> None:
    for page in [*Article.objects.all(), *Page.objects.filter(slug="free-consultation").specific()]:
        raw = json.dumps(page.body.get_prep_value())
        assert "demo:" not in raw, page.slug
        for linked in re.findall(r'linktype=\\"page\\" id=\\"(\d+)\\"', raw):
            assert Page.objects.get(pk=linked).live, page.slug


def test_references__are_set_without_hollow_places(demo: Path) -> None:
    for reference in Reference.objects.all():
        line = unescape(strip_tags(format_html(csl_of(reference))))
        assert not HOLLOW.search(line), line
        assert reference.annotation, line
        reference.full_clean()


def test_references__come_in_all_five_types(demo: Path) -> None:
    types = set(Reference.objects.values_list("type", flat=True))

    assert types == {"article-journal", "book", "chapter", "report", "webpage"}


def test_references__are_each_cited_or_kept_for_grown_articles(demo: Path) -> None:
    cited = set(ArticleReference.objects.values_list("reference_id", flat=True))

    assert len(cited) >= 20


def test_helplines__have_not_been_verified_by_the_demonstration(demo: Path) -> None:
    assert set(Helpline.objects.values_list("verified_on", flat=True)) == {None}


def test_banners__leave_one_for_later(demo: Path) -> None:
    later = Banner.objects.filter(starts_at__gt=timezone.now())

    assert [banner.audience for banner in later] == ["specialist"]
    assert all(banner.ends_at == (banner.starts_at or timezone.now()) + timedelta(30) for banner in later)


def test_people__say_that_they_are_invented(demo: Path) -> None:
    assert Person.objects.count() == 5
    for person in Person.objects.all():
        assert "invented for this demonstration" in person.biography, person.name


def test_logins__work_and_only_their_owner_can_read_them(demo: Path) -> None:
    assert (demo / "demo-logins").stat().st_mode & 0o777 == 0o600
    assert len(list_logins()) == len(ACCOUNTS) == 7
    for _role, email, password in list_logins():
        user = User.objects.get(email=email)
        assert user.check_password(password)
        assert EmailAddress.objects.get(user=user, email=email).verified
    assert User.objects.filter(groups__name="Writers").count() == 2
    for group in ("Clinical reviewers", "Publishers", "Moderators"):
        assert User.objects.filter(groups__name=group).count() == 1
    assert User.objects.get(groups__name="Clinical reviewers").people.get().slug == "tomas-feld"
    assert User.objects.get(is_superuser=True).email == "admin@respite.example"


def test_logins__are_made_anew_where_their_file_was_lost(demo: Path) -> None:
    old = dict(list_logins_by_email())
    (demo / "demo-logins").unlink()

    load()

    new = dict(list_logins_by_email())
    assert all(new[email] != password for email, password in old.items())
    assert all(User.objects.get(email=email).check_password(password) for email, password in new.items())


def list_logins_by_email() -> list[tuple[str, str]]:
    return [(email, password) for _role, email, password in list_logins()]


def test_demo_logins__prints_them(demo: Path) -> None:
    out = StringIO()
    call_command("demo", "logins", stdout=out)

    assert all(
        f"{email}" in out.getvalue() and password in out.getvalue() for email, password in list_logins_by_email()
    )


@pytest.mark.usefixtures("demo")
def test_reviews__lie_in_the_future_but_for_one() -> None:
    due = [article.next_review_on or date.min for article in Article.objects.exclude(slug="panic")]

    assert min(due) > timezone.localdate()
