"""The page on which anybody writes to a specialist, and what follows without a script."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cms.correspondence import services
from cms.correspondence.models import Message, Place, Report, Thread
from cms.specialists.models import Specialist
from tests import factories
from tests.cms.correspondence.stage import Two, two
from tests.pwa.conftest import Site, inside_main

pytestmark = pytest.mark.django_db


@pytest.fixture
def ilse(site: Site) -> Specialist:
    return factories.specialist("Ilse <Marrow>", slug="ilse-marrow")


@pytest.fixture
def pair(site: Site, client: Client) -> Two:
    made = two()
    client.force_login(made.reader)
    return made


@pytest.mark.parametrize(("root", "words"), [("", "Write to Ilse &lt;Marrow&gt;"), ("/de", "Ilse &lt;Marrow&gt;")])
def test_page__is_the_same_for_everybody_with_its_gate_and_its_form(
    client: Client, ilse: Specialist, root: str, words: str
) -> None:
    before = client.get(f"{root}/specialists/ilse-marrow/write/")
    assert before.status_code == 200
    assert before["Cache-Control"].startswith("public")
    html = inside_main(before)
    assert words in html
    assert 'href="/accounts/login/?next=%2Fown%2Fmessages%2Fto%2Filse-marrow%2F">' in html
    assert f'href="{root}/help/"' in html
    assert 'place="/own/messages/to/ilse-marrow/" data-to="ilse-marrow"' in html
    assert "data-risk-words" in html
    assert "<!--slot" not in html
    form = html.split("<template>")[1].split("</template>")[0]
    assert 'name="text"' in form
    assert 'name="name"' in form
    assert "csrf" not in form
    client.force_login(factories.reader())
    assert client.get(f"{root}/specialists/ilse-marrow/write/").content == before.content


def test_page__has_the_fixed_words_of_its_gate(client: Client, ilse: Specialist) -> None:
    html = inside_main(client.get("/specialists/ilse-marrow/write/"))
    assert "You need to be logged in to send messages" in html
    assert ">Login<" in html
    assert ">Sign up<" in html
    assert "This is no emergency service." in html
    assert "Nothing can be attached" in html


def test_page_of_a_specialist_who_is_not_public__is_not_there(site: Site, client: Client) -> None:
    factories.specialist("Not Yet", slug="not-yet", live=False)
    for slug in ("not-yet", "nobody"):
        assert client.get(f"/specialists/{slug}/write/").status_code == 404
        client.force_login(factories.reader())
        assert client.get(f"/own/messages/to/{slug}/").status_code == 404
        client.logout()


def test_first_message__is_written_without_a_script(client: Client, ilse: Specialist) -> None:
    client.force_login(factories.reader())
    page = client.get("/own/messages/to/ilse-marrow/")
    assert "This is no emergency service." in inside_main(page)
    key = page.context["form"]["key"].value()
    content = {"name": " Robin  of the wood ", "text": "Do you have <time>?", "key": key}
    answer = client.post("/own/messages/to/ilse-marrow/", content, follow=True)
    html = inside_main(answer)
    assert "Your message has been sent" in html
    assert "Do you have &lt;time&gt;?" in html
    assert {place.called for place in Place.objects.all()} == {"", "Robin of the wood"}
    client.post("/own/messages/to/ilse-marrow/", content)
    assert Message.objects.count() == 1
    thread = Thread.objects.get()
    assert client.get("/own/messages/to/ilse-marrow/")["Location"] == f"/own/messages/{thread.public_id}/"


def test_name_with_an_address_in_it__is_not_taken(client: Client, ilse: Specialist) -> None:
    client.force_login(factories.reader())
    content = {"name": "me@example.org", "text": "Half a thought", "key": uuid4()}
    answer = client.post("/own/messages/to/ilse-marrow/", content)
    assert answer.status_code == 422
    assert "Use a name, not an address." in inside_main(answer)
    assert "Half a thought" in inside_main(answer)


def test_form_that_is_sent_empty__says_so(client: Client, pair: Two) -> None:
    answer = client.post(f"/own/messages/{pair.thread.public_id}/")
    assert answer.status_code == 422
    assert "Write something first." in inside_main(answer)


def test_own_profile__is_nobody_to_write_to(client: Client, ilse: Specialist) -> None:
    client.force_login(ilse.user)
    assert client.get("/own/messages/to/ilse-marrow/").status_code == 404


# ---- Without a script ------------------------------------------------------------------------


def test_thread__is_blocked_and_opened_again(client: Client, pair: Two) -> None:
    path = f"/own/messages/{pair.thread.public_id}/"
    html = inside_main(client.post(f"{path}block/", follow=True))
    assert "You have blocked this conversation" in html
    assert 'name="text"' not in html
    refused = client.post(path, {"text": "Half a thought", "key": uuid4()})
    assert refused.status_code == 409
    other = Client()
    other.force_login(pair.helper)
    seen = inside_main(other.get(path))
    assert "Messages cannot be sent in this conversation at the moment." in seen
    assert "You have blocked" not in seen
    html = inside_main(client.post(f"{path}unblock/", follow=True))
    assert 'name="text"' in html


def test_blocked_thread_that_was_deleted__stays_in_the_list_to_take_the_block_back(client: Client, pair: Two) -> None:
    path = f"/own/messages/{pair.thread.public_id}/"
    client.post(f"{path}block/")
    client.post(f"{path}delete/")
    assert "Blocked" in inside_main(client.get("/own/messages/"))
    assert client.get(path).status_code == 200
    client.post(f"{path}unblock/")
    assert "Blocked" not in inside_main(client.get("/own/messages/"))
    assert client.get(path).status_code == 404


def test_message_is_reported_without_a_script(client: Client, pair: Two) -> None:
    message = pair.says(pair.helper, "Send <money>")
    path = f"/own/messages/{pair.thread.public_id}/"
    way = f"{path}report/{message.public_id}/"
    assert f'href="{way}"' in inside_main(client.get(path))
    assert "Send &lt;money&gt;" in inside_main(client.get(way))
    assert client.post(way, {"reason": "", "key": uuid4()}).status_code == 422
    answer = client.post(way, {"reason": "money", "details": "", "key": uuid4()}, follow=True)
    assert "A moderator will look at it" in inside_main(answer)
    assert Report.objects.count() == 1
    assert way not in inside_main(client.get(path)), "once is enough"


def test_own_message_and_those_of_another_thread__cannot_be_reported(client: Client, pair: Two) -> None:
    mine = pair.says(pair.reader, "Mine")
    other = two()
    theirs = other.says(other.helper, "Theirs")
    for message in (mine, theirs):
        path = f"/own/messages/{pair.thread.public_id}/report/{message.public_id}/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"reason": "other", "key": uuid4()}).status_code == 404
    assert not Report.objects.exists()


def test_too_many__come_back_with_what_was_typed(client: Client, pair: Two, settings: Settings) -> None:
    settings.MESSAGES_AT_MOST = {**settings.MESSAGES_AT_MOST, "messages an hour": 1}
    answer = client.post(f"/own/messages/{pair.thread.public_id}/", {"text": "Half a thought", "key": uuid4()})
    assert answer.status_code == 429
    assert "Half a thought" in inside_main(answer)
    assert "Wait a little" in inside_main(answer)


def test_unread_messages__are_counted_in_the_list_until_they_were_read(client: Client, pair: Two) -> None:
    pair.says(pair.helper, "One")
    pair.says(pair.helper, "Two")
    assert ">2<" in inside_main(client.get("/own/messages/"))
    client.head(f"/own/messages/{pair.thread.public_id}/")
    assert ">2<" in inside_main(client.get("/own/messages/")), "nobody has read what was only asked about"
    client.get(f"/own/messages/{pair.thread.public_id}/")
    assert ">2<" not in inside_main(client.get("/own/messages/"))


def test_copies__have_threads_without_forms_that_need_a_token(client: Client, pair: Two) -> None:
    pair.says(pair.helper, "An answer")
    pages = {page["path"]: page["html"] for page in client.get("/sync/own/").json()["pages"]}
    html = pages[f"/own/messages/{pair.thread.public_id}/"]
    assert "An answer" in html
    assert html.count("<form") == 1, "what is written goes by the outbox; all else needs a connection"
    assert services.count_unread(pair.reader) == 1, "a copy was not read"


def test_words_of_danger__show_help_at_once_and_hold_nothing_back(client: Client, pair: Two) -> None:
    path = f"/own/messages/{pair.thread.public_id}/"
    way = "there are people you can reach now"
    assert way not in inside_main(client.get(path))
    answer = client.post(path, {"text": "I want to die", "key": uuid4()}, follow=True)
    assert "Your message has been sent" in inside_main(answer)
    assert way in inside_main(answer)
    other = Client()
    other.force_login(pair.helper)
    assert way not in inside_main(other.get(path)), "it is for whoever wrote it"
    client.post(path, {"text": "A friend is here now", "key": uuid4()})
    assert way not in inside_main(client.get(path))
