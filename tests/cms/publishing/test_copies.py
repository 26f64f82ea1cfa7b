"""A copy of a snippet is another snippet, and making one leaves the first alone."""

from typing import Any

import pytest

from tests import factories
from tests.cms.snippet_desk import SnippetDesk

pytestmark = pytest.mark.django_db

MAKERS = [factories.reference, factories.banner, factories.helpline, factories.topic, factories.person]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("action", ["", "publish"])
def test_form_of_a_copy__cannot_be_sent_over_the_original(make: Any, action: str) -> None:
    original = make()
    desk = SnippetDesk(type(original), factories.writer())
    form = {**dict(desk.form("copy", original.pk).lists()), "action-publish": action}
    assert desk.client.post(desk.address("copy", original.pk), form).status_code == 405
    assert desk.only().live


def test_copy__is_a_draft_with_an_id_of_its_own() -> None:
    original = factories.reference("On rest")
    desk = SnippetDesk(type(original), factories.writer())
    desk.client.post(desk.address("add"), dict(desk.form("copy", original.pk).lists()))
    copied = type(original).objects.exclude(pk=original.pk).get()
    assert copied.title == original.title
    assert copied.public_id != original.public_id
    assert not copied.live
    original.refresh_from_db()
    assert original.live
    assert original.authors.count() == copied.authors.count() > 0
