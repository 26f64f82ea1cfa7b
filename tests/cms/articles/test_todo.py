"""The editors' to-do list, the report of reviews and the panel on the admin's first page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.articles.models import Article, NoticeCheck
from cms.people.models import User
from cms.references.models import Reference
from tests import factories
from tests.cms.articles.forms import told

pytestmark = pytest.mark.django_db

TODO = "/admin/to-do/"
REPORT = "/admin/reports/reviews-due/"


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def publisher(db: None) -> Client:
    return desk(factories.publisher())


@pytest.fixture
def work() -> Reference:
    return factories.reference("A withdrawn study", status="retracted", notice_doi="10.5555/notice.1")


def check_address(article: Article, work: Reference) -> str:
    return reverse("articles_check_notice", args=[article.pk, work.pk])


def reviewed(title: str, in_days: int) -> Article:
    day = timezone.localdate() + timedelta(days=in_days)
    return factories.article(title, reviewed_on=date(2020, 1, 1), next_review_on=day)


def test_todo__names_notices_and_reviews_and_leads_there(publisher: Client, work: Reference) -> None:
    article = factories.article("On doubt", references=[work])
    reviewed("Long overdue", -3)
    reviewed("Soon due", 3)
    reviewed("Far off", 60)
    said = told(publisher.get(TODO))
    for words in ("On doubt", "A withdrawn study", "https://doi.org/10.5555/notice.1", "Long overdue", "Soon due"):
        assert words in said
    assert "Far off" not in said
    assert check_address(article, work) in said
    home = told(publisher.get("/admin/"))
    assert TODO in home
    assert "A withdrawn study" in home


def test_todo__says_so_where_nothing_is_due(publisher: Client) -> None:
    factories.article()
    said = told(publisher.get(TODO))
    assert "No review is overdue." in said
    assert "nobody has looked at" in said


def test_check__asks_for_a_note_and_takes_the_article_off(publisher: Client, work: Reference) -> None:
    address = check_address(factories.article("On doubt", references=[work]), work)
    assert "This field is required" in told(publisher.post(address, {"note": " "}))
    assert not NoticeCheck.objects.exists()
    said = told(publisher.post(address, {"note": "Nothing rests on it."}, follow=True))
    assert "has left the to-do list" in said
    assert "Nothing rests on it." in said  # among what was looked at lately
    assert address not in said
    assert "already" in told(publisher.get(address, follow=True))


def test_check__is_for_clinical_reviewers_and_publishers_alone(work: Reference) -> None:
    address = check_address(factories.article(references=[work]), work)
    for user, may in [(factories.writer(), False), (factories.clinical_reviewer(), True)]:
        answer = desk(user).post(address, {"note": "Looked."})
        assert NoticeCheck.objects.exists() is may, answer.status_code


def test_todo__is_not_for_those_who_have_nothing_to_do_with_pages() -> None:
    answer = desk(factories.safety_moderator()).get(TODO)
    assert answer.status_code == 302


def test_report__orders_filters_and_exports(publisher: Client) -> None:
    late, soon, far = reviewed("Late", -3), reviewed("Soon", 3), reviewed("Far", 60)
    never = factories.article("Never", reviewer=None)

    def titles(query: str) -> list[str]:
        shown = publisher.get(f"{REPORT}{query}").context["object_list"]
        return [article.title for article in shown]

    assert titles("") == [late.title, soon.title, far.title]
    assert titles("?when=overdue") == ["Late"]
    assert titles("?when=30") == ["Late", "Soon"]
    assert titles("?when=none") == [never.title]
    assert titles(f"?reviewer={soon.reviewer_id}") == ["Soon"]
    assert titles(f"?topics={far.topics.get().pk}") == ["Far"]
    assert "Overdue by 3 days" in told(publisher.get(REPORT))
    rows = b"".join(publisher.get(f"{REPORT}?when=overdue&export=csv").streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert rows[0] == "Article,Review,Next review,Last reviewed,Clinical reviewer,Address"
    assert rows[1].startswith("Late,Overdue by 3 days,")
    assert publisher.get(f"{REPORT}?export=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")


def test_menu__speaks_the_language_of_whoever_looks() -> None:
    """Menus are made once for all: their labels must not stay in the language of whoever came first."""
    menus = []
    for language in ("de", "en"):
        user = factories.publisher()
        UserProfile.objects.create(user=user, preferred_language=language)
        menus.append(told(desk(user).get(TODO)))
    german, english = menus
    assert '"label": "Zu tun"' in german and '"label": "F\\u00e4llige Pr\\u00fcfungen"' in german
    assert '"label": "To do"' in english and '"label": "Reviews due"' in english
