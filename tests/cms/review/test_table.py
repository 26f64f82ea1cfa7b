"""Every cell of the table of roles, tried with real requests."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.cms.review.other_actions import (
    ANSWER_ACTIONS,
    DOCUMENT_ACTIONS,
    IMPORT_ACTIONS,
    LETTER_ACTIONS,
    PICTURE_ACTIONS,
    PLACES,
    QUESTION_ACTIONS,
    REPORT_ACTIONS,
    SNIPPET_ACTIONS,
    SPECIALIST_ACTIONS,
)
from tests.cms.review.page_actions import PAGE_ACTIONS
from tests.cms.review.stage import Stage, set_stage
from tests.cms.review.table import OUTSIDE, ROLES, SNIPPETS, TABLE, as_markdown, cells
from tests.cms.review.trying import differences
from tests.standing import undone_at_the_end

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

PAGES = [
    "own draft",
    "shared draft",
    "restricted draft",
    "draft in clinical review",
    "draft in publication",
    "live article",
]


ACTIONS = {
    **dict.fromkeys(PAGES, PAGE_ACTIONS),
    **dict.fromkeys(SNIPPETS, SNIPPET_ACTIONS),
    **dict.fromkeys(["own picture", "library picture", "picture of a restricted draft"], PICTURE_ACTIONS),
    **dict.fromkeys(["own document", "library document"], DOCUMENT_ACTIONS),
    "import of references": IMPORT_ACTIONS,
    "question": QUESTION_ACTIONS,
    "answer": ANSWER_ACTIONS,
    "specialist": SPECIALIST_ACTIONS,
    "the place itself": PLACES,
    "letter to the team": LETTER_ACTIONS,
    "reported message": REPORT_ACTIONS,
}


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with undone_at_the_end(django_db_blocker):
        yield set_stage()


def test_table__is_what_the_guide_shows() -> None:
    guide = (settings.RESPITE_DOCS / "editors.md").read_text("utf-8")
    assert f"<!-- roles -->\n\n{as_markdown()}\n\n<!-- /roles -->" in guide
    assert {thing for thing, _, _ in TABLE} == set(ACTIONS)


@pytest.mark.parametrize("thing", ACTIONS)
@pytest.mark.parametrize("role", [*ROLES, *OUTSIDE])
def test_thing__is_open_to_those_roles_that_the_table_names(stage: Stage, thing: str, role: str) -> None:
    assert not differences(stage, ACTIONS[thing], thing, role, cells(thing))
