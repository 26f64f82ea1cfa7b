"""What readers are told of an article's sources and changes, in words."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from cms.articles.services import check_notice
from cms.publishing.services import save_and_publish
from pwa.models import Fragment
from tests import factories

pytestmark = pytest.mark.django_db

Read = Callable[[str], str]


def words(html: str) -> str:
    inside_a_line = re.sub(r"</?(?:a|b|i|span|time)\b[^>]*>", "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", inside_a_line).split())


def test_retraction__stands_above_the_article_and_leads_to_its_entry(read: Read) -> None:
    work = factories.reference(
        "A withdrawn study", status="retracted", notice_doi="10.5555/notice.1", notice_date=date(2026, 8, 1)
    )
    article = factories.article("On doubt", slug="doubt", references=[work])
    html = read("/articles/doubt/")
    above = html.split("</header>")[1]
    assert "One of the sources of this article has been retracted" in above
    anchor = re.search(r'<a href="#([^"]+)">A withdrawn study</a>', above)
    assert anchor is not None
    entry = html.split(f'id="{anchor[1]}"')[1].split("</li>")[0]
    assert "Retracted on 1 August 2026." in words(entry)
    assert 'href="https://doi.org/10.5555/notice.1"' in entry
    assert "The editors are checking what it means" in above
    check_notice(article, work, "Nothing rests on it.")
    assert "The editors are checking" not in read("/articles/doubt/")
    assert "The editors looked at what it means for this article" in read("/articles/doubt/")
    # The same words are what a phone keeps.
    kept = Fragment.objects.get(pk=article.public_id).html
    assert "One of the sources of this article has been retracted" in kept


def test_correction_of_a_source__stands_in_the_list_alone(read: Read) -> None:
    work = factories.reference(status="corrected", notice_date=date(2026, 8, 1))
    factories.article("On doubt", slug="doubt", references=[work])
    html = read("/articles/doubt/")
    assert "Corrected on 1 August 2026." in words(html)
    assert "has been retracted" not in html


def test_strength__is_said_in_words_with_who_rated_it_and_where_the_scale_is_from(read: Read) -> None:
    rater = factories.person("Dr Rater", slug="dr-rater")
    work = factories.reference(study_type="cohort", strength="very_low", rated_by=rater, rated_on=date(2026, 3, 12))
    factories.article("Rated", slug="rated", references=[work])
    html = read("/articles/rated/")
    assert "Type of study Cohort study Strength Very low rated by Dr Rater, 12 March 2026" in words(html)
    assert "https://doi.org/10.1016/j.jclinepi.2010.07.015" in html
    factories.article("Unrated", slug="unrated", references=[factories.reference()])
    assert "What the strengths mean" not in read("/articles/unrated/")


def test_changes__are_listed_by_kind_and_day(read: Read) -> None:
    article = factories.article("Kept up", slug="kept-up", corrections=["A number was wrong."])
    article.change_note = "Added a study."
    save_and_publish(article)
    listed = words(read("/articles/kept-up/").split('<h2 id="changes">')[1].split("</section>")[0])
    assert listed.startswith("What changed Update")
    assert "Correction 1 October 2026 A number was wrong." in listed
