"""What each role finds on the first page of the admin."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.imports.models import ReferenceImport
from cms.people.models import User
from cms.publishing.services import save_and_publish
from cms.review.dashboard import listings
from cms.review.rows import Listing
from cms.review.ways import ways_in
from tests import factories
from tests.cms.articles.forms import pass_review

pytestmark = pytest.mark.django_db

BOOK = "@book{new, author = {Ames, Bea}, title = {Rest}, publisher = {A House}, year = 2001}\n"


def desk(user: User) -> dict[str, Listing]:
    """Give the lists of somebody who has just come in."""
    return {listing.key: listing for listing in listings(User.objects.get(pk=user.pk), timezone.now())}


def titles(user: User, key: str) -> list[str]:
    return [row.title for row in desk(user)[key].rows]


def submit(title: str, writer: User) -> Any:
    article: Any = factories.article(title, live=False, owner=writer)
    article.get_workflow().start(article, writer)
    return article


def test_article_on_its_way__waits_for_whose_turn_it_is() -> None:
    writer, reviewer, publisher = factories.writer(), factories.clinical_reviewer(), factories.publisher()
    article = submit("On rest", writer)
    assert [titles(user, "waiting") for user in (writer, reviewer, publisher)] == [[], ["On rest"], []]
    assert titles(writer, "moderation") == titles(publisher, "moderation") == ["On rest"]
    assert titles(writer, "drafts") == []
    pass_review(article)
    assert [titles(user, "waiting") for user in (writer, reviewer, publisher)] == [[], [], ["On rest"]]
    state = article.current_workflow_task_state
    state.task.specific.on_action(state, publisher, "reject", comment="Not yet.")
    assert titles(writer, "drafts") == titles(writer, "moderation") == []
    back = desk(writer)["waiting"].rows[0]
    assert (back.title, back.note) == ("On rest", f"Sent back by {publisher}: “Not yet.”")
    assert "sent back" in desk(publisher)["moderation"].rows[0].note


def test_import_by_who_may_not_publish__waits_for_who_may(client: Client) -> None:
    writer, publisher = factories.writer(first_name="Ines"), factories.publisher()
    client.force_login(writer)
    client.post(reverse("references_import:index"), {"pasted": BOOK})
    record = ReferenceImport.objects.get()
    client.post(record.get_absolute_url(), {"confirm": "1"})
    assert titles(writer, "waiting") == []
    row = desk(publisher)["waiting"].rows[0]
    assert (row.url, row.note) == (record.get_absolute_url(), f"1 imported reference to publish, from {writer}")
    client.force_login(publisher)
    client.post(reverse("references_import:publish", args=[record.pk]))
    assert titles(publisher, "waiting") == []


def test_draft__stands_on_its_writers_dashboard_alone() -> None:
    writer, other = factories.writer(), factories.writer()
    factories.article("On sleep", live=False, owner=writer)
    assert (titles(writer, "drafts"), titles(other, "drafts")) == (["On sleep"], [])


def test_what_ends_or_is_due__is_listed_with_its_day() -> None:
    publisher = factories.publisher()
    banner = factories.banner("Until Friday")
    banner.expire_at = timezone.now() + timedelta(days=3)
    save_and_publish(banner)
    factories.article("Long ago", next_review_on=date(2026, 9, 2), reviewed_on=date(2026, 9, 1))
    assert titles(publisher, "soon") == ["Until Friday"]
    assert titles(publisher, "due") == ["Long ago"]


def test_banner__begins_and_ends_by_its_own_dates_too() -> None:
    publisher, now = factories.publisher(), timezone.now()
    factories.banner("From Monday", starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=90))
    factories.banner("Until Sunday", starts_at=now - timedelta(days=90), ends_at=now + timedelta(days=1))
    factories.banner("Always")
    found = [(row.title, row.note, row.pressing) for row in desk(publisher)["soon"].rows]
    assert found == [("Until Sunday", "Ends", True), ("From Monday", "Begins", False)]


def test_drafts_by_the_hundred__are_counted_and_the_newest_shown() -> None:
    writer = factories.writer()
    for number in range(30):
        work = factories.reference(f"Rest {number}", live=False)
        work.save_revision(user=writer)
    factories.article("On sleep", live=False, owner=writer)
    drafts = desk(writer)["drafts"]
    assert (drafts.count, len(drafts.rows)) == (31, 10)
    assert [drafts.rows[0].title, drafts.rows[1].title[:7]] == ["On sleep", "Rest 29"]


def test_moderator__finds_helplines_and_no_articles() -> None:
    moderator = factories.safety_moderator()
    factories.helpline("Somebody who listens")
    lists = desk(moderator)
    assert titles(moderator, "verify") == ["Somebody who listens"]
    assert "due" not in lists and lists["waiting"].empty == "Nothing is waiting for you."


def test_dashboard__asks_as_many_queries_for_many_things_as_for_one(client: Client) -> None:
    writer, publisher = factories.writer(), factories.publisher()
    client.force_login(publisher)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get(reverse("wagtailadmin_home"))
        assert response.status_code == 200
        return len(asked)

    def add() -> None:
        pass_review(submit("", writer))
        submit("", writer)
        factories.article(live=False, owner=publisher)
        factories.article(next_review_on=date(2026, 9, 2), reviewed_on=date(2026, 9, 1))
        factories.helpline()

    add()
    queries()
    few = queries()
    for _ in range(3):
        add()
    assert queries() == few


def test_ways_in__are_those_that_are_open_to_somebody() -> None:
    index = factories.article_index()
    assert [way.label for way in ways_in(factories.writer())][:2] == ["Write an article", "Import references"]
    assert ways_in(factories.writer())[0].url == reverse(
        "wagtailadmin_pages:add", args=["articles", "article", index.pk]
    )
    assert [way.url for way in ways_in(factories.clinical_reviewer())] == [reverse("guide")]
