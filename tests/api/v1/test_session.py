"""Who is asking: of the session alone, for nobody to keep."""

import pytest
from django.test import Client

from cms.people.models import User
from tests import factories

pytestmark = pytest.mark.django_db

PATH = "/api/v1/session/"


def test_session_of_nobody__says_so_and_gives_a_token(client: Client) -> None:
    answer = client.get(PATH)
    told = answer.json()
    assert (told["signed_in"], told["user"]) == (False, None)
    assert len(told["csrf_token"]) == 64
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("may_edit", [False, True], ids=["reader", "writer"])
def test_session_of_somebody__says_who_it_is_and_what_they_may(client: Client, may_edit: bool) -> None:
    user = factories.writer() if may_edit else User.objects.create_user("reader@example.org", first_name="Ada")
    client.force_login(user)
    told = client.get(PATH).json()
    assert told["signed_in"]
    assert told["user"] == {
        "id": str(user.public_id),
        "name": user.get_full_name(),
        "email": user.email,
        "may_edit": may_edit,
        "unread": 0,
    }


def test_session_of_an_account_that_was_disabled__is_nobodys(client: Client) -> None:
    user = factories.writer()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(PATH).json()["signed_in"] is False
