"""What kind of evidence a work is, who says how strong, and what became of it: what is asked before it is public."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from cms.articles.protection import why_not_deleted
from cms.publishing.rules import NotReady, problems_of
from cms.publishing.services import delete, save_and_publish
from cms.references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "retracted", "notice_date": None}, "Notice: give its DOI or its date"),
        ({"status": "corrected", "notice_date": None}, "Notice: give its DOI or its date"),
        ({"notice_doi": "10.5555/notice.1"}, "Notice: say whether the work was corrected or retracted"),
        ({"strength": "high"}, "Strength: say who rated it and on which day"),
        ({"rated_on": date(2026, 1, 1)}, "Strength: choose a level"),
    ],
)
def test_half_a_notice_or_rating__is_not_published(fields: dict[str, Any], said: str) -> None:
    work = factories.reference(live=False, **fields)
    with pytest.raises(NotReady, match=said):
        save_and_publish(work)


def test_notice_with_a_date_alone_or_a_doi_alone__is_published() -> None:
    for fields in ({"notice_date": date(2026, 8, 1)}, {"notice_date": None, "notice_doi": "10.5555/notice.1"}):
        assert problems_of(factories.reference(live=False, status="retracted", **fields)) == []


def test_doi_of_a_notice__is_made_regular_and_a_wrong_one_refused() -> None:
    work = Reference(title="A study", notice_doi="https://doi.org/10.5555/notice.1")
    work.clean()
    assert work.notice_doi == "10.5555/notice.1"
    with pytest.raises(ValidationError) as refused:
        Reference(title="A study", notice_doi="see the journal").clean()
    assert "notice_doi" in refused.value.message_dict


@pytest.mark.parametrize("field", ["notice_date", "rated_on"])
def test_day_to_come__is_refused(field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Reference(title="A study", **{field: TOMORROW}).clean()
    assert field in refused.value.message_dict


def test_person_who_rated_a_work__is_not_deleted_from_under_it() -> None:
    rater = factories.person("Dr Rater")
    factories.reference("Rated work", strength="low", rated_by=rater, rated_on=date(2026, 1, 1))
    assert "Rated work" in why_not_deleted([rater])[0]
    with pytest.raises(ProtectedError):
        delete(rater)
