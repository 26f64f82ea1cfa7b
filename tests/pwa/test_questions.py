"""Questions on pages: read by everybody, asked and changed by whose they are, answered by specialists."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from api.library.models import Entry
from cms.people.models import User
from cms.publishing.languages import codes, root_of
from cms.questions import services
from cms.questions.models import Answer, Question, State
from cms.specialists.choices import State as Verification
from pwa import compose
from pwa.sync import reduced
from tests import factories
from tests.cms.questions.making import (
    ANSWER,
    WORDING,
    answer,
    earlier,
    no_longer,
    public_answer,
    public_question,
    question,
    specialist,
)
from tests.pwa.conftest import Site, inside_main

pytestmark = pytest.mark.django_db

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors" / "questions.json").read_text("utf-8"))
GATE = "To create a new Question, please log in or create an account"
SENT: dict[str, Any] = {**WORDING, "topic": "", "website": ""}


@pytest.fixture
def reader(site: Site, client: Client) -> User:
    user = factories.reader("mara.lind@example.org", first_name="Mara", last_name="Lind")
    client.force_login(user)
    return user


def send(client: Client, **changed: Any) -> Any:
    return client.post("/own/questions/ask/", {**SENT, "key": str(uuid4()), **changed})


# ---- What phone and server set alike ---------------------------------------------------------


@pytest.mark.parametrize("case", VECTORS["questions"], ids=lambda case: case["name"])
def test_list__is_set_as_on_the_phone(case: dict[str, Any]) -> None:
    assert compose.questions(case["cards"], case["page"], case["count"], case["topic"]) == case["html"]


@pytest.mark.parametrize("case", VECTORS["topics"], ids=lambda case: case["name"])
def test_choice_of_topics__is_set_as_on_the_phone(case: dict[str, Any]) -> None:
    assert compose.question_topics(case["topics"], case["count"], case["chosen"]) == case["html"]


@pytest.mark.parametrize("case", VECTORS["options"], ids=lambda case: case["name"])
def test_topics_of_the_form__are_set_as_on_the_phone(case: dict[str, Any]) -> None:
    assert compose.topic_options(case["topics"]) == case["html"]


@pytest.mark.parametrize("case", VECTORS["ways"], ids=lambda case: case["path"])
def test_other_languages__are_where_the_phone_finds_them(case: dict[str, Any]) -> None:
    known = [{"code": code, "root": root_of(code)} for code in codes()]
    assert compose.ways(case["path"], case["root"], [], known)["en" if case["root"] else "de"] == case["other"]


# ---- Public pages ----------------------------------------------------------------------------


def test_list__shows_questions_newest_first_and_filters_them_by_topic(site: Site, client: Client) -> None:
    earlier(public_question(title="What about the nights?", topic=site.topic))
    public_question(title="What about the days <b>?", topic=factories.topic("Anxiety"))
    html = inside_main(client.get("/questions/"))
    assert html.index("What about the days &lt;b&gt;?") < html.index("What about the nights?")
    assert '<a class="pill" href="./" aria-current="true">All <span class="many">2</span></a>' in html
    html = inside_main(client.get("/questions/?topic=sleep"))
    assert "What about the nights?" in html
    assert "What about the days" not in html
    assert client.get("/questions/?topic=no-such").status_code == 404
    assert client.get("/questions/?page=2").status_code == 404
    assert "Hier gibt es noch keine Frage." in inside_main(client.get("/de/questions/"))


def test_question__shows_its_answers_with_who_is_verified_since_when(site: Site, client: Client) -> None:
    by = specialist("Ilse Marrow")
    asked = public_question(topic=site.topic, text="First.\n\n<script>alert(1)</script> second line.")
    public_answer(asked, by)
    html = inside_main(client.get(f"/questions/{asked.slug}/"))
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; second line.</p>" in html
    assert "Asked as “Night Tram”" in html
    assert f'<a href="/specialists/{by.slug}/">Ilse Marrow</a>' in html
    assert re.search(rf'<a href="/specialists/{by.slug}/">Verified <time', html)
    assert "Counselling psychologist, MSc" in html
    assert ANSWER in html
    assert "/help/" in html


def test_question_in_german__stands_there_alone_and_leads_to_profiles_there(site: Site, client: Client) -> None:
    by = specialist("Ilse Marrow")
    asked = public_question(language="de", title="Wie schlafe ich wieder ein?")
    public_answer(asked, by)
    assert client.get(f"/questions/{asked.slug}/").status_code == 404
    html = inside_main(client.get(f"/de/questions/{asked.slug}/"))
    assert f'href="/de/specialists/{by.slug}/"' in html


def test_specialist_who_is_not_verified_now__is_named_without_a_way_to_their_profile(
    site: Site, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    by, asked = specialist("Ilse Marrow"), public_question()
    public_answer(asked, by)
    with django_capture_on_commit_callbacks(execute=True):
        no_longer(by, Verification.EXPIRED)
    html = inside_main(client.get(f"/questions/{asked.slug}/"))
    assert "Not verified at present" in html
    assert "Ilse Marrow" in html
    assert f"/specialists/{by.slug}/" not in html


def test_withdrawn_question__is_gone(site: Site, client: Client) -> None:
    asked = public_question()
    services.withdraw(asked, asked.author)
    assert client.get(f"/questions/{asked.slug}/").status_code == 410
    assert WORDING["title"] not in client.get("/questions/").content.decode()


def test_head__tells_machines_of_a_question_and_not_who_asked(site: Site, client: Client) -> None:
    asked = public_question()
    public_answer(asked)
    html = client.get(f"/questions/{asked.slug}/").content.decode()
    known = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
    assert known["mainEntity"]["author"] == {"@type": "Person", "name": "Night Tram"}
    assert known["mainEntity"]["answerCount"] == 1


def test_page_to_ask__is_the_same_for_everybody_and_has_the_gate(site: Site, client: Client) -> None:
    before = client.get("/questions/ask/")
    assert before["Cache-Control"].startswith("public")
    html = inside_main(before)
    assert GATE in html
    assert 'href="/accounts/login/?next=%2Fown%2Fquestions%2Fask%2F">Login<' in html
    assert 'href="/accounts/signup/?next=%2Fown%2Fquestions%2Fask%2F">Sign up<' in html
    assert '<option value="sleep">Sleep</option>' in html
    assert 'data-risk-words="[&quot;suicide&quot;' in html
    assert "csrfmiddlewaretoken" not in html
    client.force_login(factories.reader())
    assert client.get("/questions/ask/").content == before.content
    assert 'name="language" value="de"' in inside_main(client.get("/de/questions/ask/"))


def test_phone__is_told_what_it_needs_for_lists_and_search(site: Site) -> None:
    asked = public_question(topic=site.topic)
    data = Entry.objects.get(pk=asked.public_id).data
    assert reduced("question", data) == {
        "slug": asked.slug,
        "topics": ["sleep"],
        "summary": WORDING["text"],
        "answers": 0,
    }


def test_search__finds_questions_by_what_was_asked_and_answered(site: Site, client: Client) -> None:
    asked = public_question(title="What about my xylophone?")
    public_answer(asked, text="A glockenspiel is another thing, and does no harm either.")
    for word in ("xylophone", "glockenspiel"):
        assert f"/questions/{asked.slug}/" in inside_main(client.get(f"/search/?q={word}")), word


# ---- Asking ----------------------------------------------------------------------------------


def test_question__is_asked_without_a_script_and_said_to_be_sent(reader: User, client: Client) -> None:
    assert '<option value="sleep">Sleep</option>' in inside_main(client.get("/own/questions/ask/"))
    answered = send(client, topic="sleep")
    assert answered["Location"] == "/own/questions/"
    html = inside_main(client.get("/own/questions/"))
    assert "Your message has been sent" in html
    assert WORDING["title"] in html
    assert "Waits for a moderator." in html
    asked = Question.objects.get()
    assert (asked.author, asked.topic and asked.topic.slug, asked.language) == (reader, "sleep", "en")


def test_form_sent_twice__asks_once(reader: User, client: Client) -> None:
    key = str(uuid4())
    for _time in range(2):
        assert send(client, key=key).status_code == 302
    assert Question.objects.count() == 1
    assert send(client, key=key, text="Something else, with the same key as before.").status_code == 422


@pytest.mark.parametrize(
    "pseudonym", ["Mara", "mara lind", "MARALIND", "Lind of the hills", "mara.lind@example.org", "x"]
)
def test_name_by_which_somebody_is_known__is_refused(reader: User, client: Client, pseudonym: str) -> None:
    answered = send(client, pseudonym=pseudonym)
    assert answered.status_code == 422
    assert WORDING["text"] in inside_main(answered).replace("&#x27;", "'")
    assert not Question.objects.exists()


def test_trap__catches_machines_and_tells_people_the_way_out(reader: User, client: Client) -> None:
    answered = send(client, website="https://spam.example/")
    assert answered.status_code == 422
    assert "This field is for machines. Empty it, and send again." in inside_main(answered)
    assert not Question.objects.exists()


def test_sixth_question_of_a_day__is_told_to_come_back(reader: User, client: Client) -> None:
    for _number in range(services.ASKED_A_DAY):
        assert send(client).status_code == 302
    answered = send(client)
    assert answered.status_code == 422
    assert "Come back tomorrow." in inside_main(answered)
    assert WORDING["text"] in inside_main(answered)


def test_risk_words__show_help_and_hold_nothing_back(reader: User, client: Client) -> None:
    html = inside_main(send(client, title="Why do I want to die?", text="short"))
    assert "There are people you can call" in html
    assert send(client, text="I do not see a reason, and I want to die.").status_code == 302
    assert "There are people you can call" in inside_main(client.get("/own/questions/"))
    asked = Question.objects.get()
    services.publish(asked, factories.safety_moderator(), 1)
    assert "There are people you can call" not in inside_main(client.get("/own/questions/"))


def test_question_without_risk_words__shows_no_alarm(reader: User, client: Client) -> None:
    send(client)
    assert "There are people you can call" not in inside_main(client.get("/own/questions/"))


def test_returned_question__shows_the_note_and_is_written_anew(reader: User, client: Client) -> None:
    asked = services.return_with(question(reader), factories.safety_moderator(), 1, "Leave out <the> town.")
    html = inside_main(client.get("/own/questions/"))
    assert "Came back with a note" in html
    assert "Leave out &lt;the&gt; town." in html
    address = f"/own/questions/{asked.public_id}/"
    assert "Leave out &lt;the&gt; town." in inside_main(client.get(address))
    assert client.post(address, {**SENT, "text": "Without the town, this is what I ask."}).status_code == 302
    assert Question.objects.get().state == State.WAITING


def test_question__is_withdrawn(reader: User, client: Client) -> None:
    asked = public_question(reader)
    assert client.post(f"/own/questions/{asked.public_id}/withdraw/")["Location"] == "/own/questions/"
    html = inside_main(client.get("/own/questions/"))
    assert "is withdrawn" in html
    assert WORDING["title"] not in html
    assert client.get(f"/own/questions/{asked.public_id}/").status_code == 404
    assert client.post(f"/own/questions/{asked.public_id}/withdraw/").status_code == 404


def test_question_of_another__is_not_there(reader: User, client: Client) -> None:
    asked = public_question()
    nothing = client.get(f"/own/questions/{uuid4()}/")
    assert client.get(f"/own/questions/{asked.public_id}/").content == nothing.content
    assert client.post(f"/own/questions/{asked.public_id}/withdraw/").status_code == 404
    assert Question.objects.get(pk=asked.pk).live


def test_phone_of_whoever_asked__keeps_their_questions(reader: User, client: Client) -> None:
    question(reader)
    pages = {page["path"]: page["html"] for page in client.get("/sync/own/").json()["pages"]}
    assert WORDING["title"] in pages["/own/questions/"]
    assert "csrfmiddlewaretoken" not in pages["/own/questions/"]
    assert "/own/questions/ask/" in pages
    assert "/own/specialist/questions/" not in pages


# ---- Answering -------------------------------------------------------------------------------


def test_specialist__answers_without_a_script(site: Site, client: Client) -> None:
    by, asked = specialist("Ilse Marrow"), public_question()
    client.force_login(by.user)
    listed = inside_main(client.get("/own/specialist/questions/"))
    assert f'href="/own/specialist/questions/{asked.slug}/"' in listed
    sent = client.post(f"/own/specialist/questions/{asked.slug}/", {"text": ANSWER, "key": str(uuid4())})
    assert sent["Location"] == "/own/specialist/questions/"
    html = inside_main(client.get("/own/specialist/questions/"))
    assert "Your message has been sent" in html
    assert "Waits for a moderator." in html
    assert ANSWER in inside_main(client.get(f"/own/specialist/questions/{asked.slug}/"))
    given = Answer.objects.get()
    services.publish(given, factories.safety_moderator(), 1)
    assert client.post(f"/own/specialist/questions/{asked.slug}/withdraw/").status_code == 302
    assert Answer.objects.get().state == State.WITHDRAWN


def test_questions_without_an_answer__stand_first_then_the_oldest(site: Site, client: Client) -> None:
    answered, oldest, newest = (public_question(title=f"This is the {name} of all") for name in ("first", "old", "new"))
    earlier(oldest)
    public_answer(answered)
    public_question(language="de", title="Eine Frage auf Deutsch")
    by = factories.specialist(languages=["en"])
    client.force_login(by.user)
    html = inside_main(client.get("/own/specialist/questions/"))
    places = [html.index(f"/{one.slug}/") for one in (oldest, newest, answered)]
    assert places == sorted(places)
    assert "Eine Frage" not in html


def test_who_is_no_longer_verified__can_withdraw_and_nothing_else(site: Site, client: Client) -> None:
    by, asked = specialist(), public_question()
    public_answer(asked, by)
    no_longer(by, Verification.EXPIRED)
    client.force_login(by.user)
    html = inside_main(client.get("/own/specialist/questions/"))
    assert "Your profile is not verified at present" in html
    assert client.get(f"/own/specialist/questions/{asked.slug}/").status_code == 404
    assert client.post(f"/own/specialist/questions/{asked.slug}/withdraw/").status_code == 302
    assert Answer.objects.get().state == State.WITHDRAWN


# ---- Letters ---------------------------------------------------------------------------------


def test_letters__say_that_something_happened_and_never_what(
    site: Site, django_capture_on_commit_callbacks: Any
) -> None:
    moderator = factories.safety_moderator("moderator@example.org")
    author = factories.reader("mara@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        asked = question(author)
    with django_capture_on_commit_callbacks(execute=True):
        services.publish(asked, moderator, 1)
    by = specialist()
    with django_capture_on_commit_callbacks(execute=True):
        given = answer(asked, by)
    with django_capture_on_commit_callbacks(execute=True):
        services.publish(given, moderator, 1)
    with django_capture_on_commit_callbacks(execute=True):
        services.reject(Question.objects.get(), moderator, 1, "It names somebody.")
    told = [(letter.to[0], letter.subject) for letter in mail.outbox]
    assert told == [
        ("moderator@example.org", "Something waits for a moderator"),
        ("mara@example.org", "News about your question on Respite"),
        ("moderator@example.org", "Something waits for a moderator"),
        (by.user.email, "News about your answer on Respite"),
        ("mara@example.org", "News about your question on Respite"),
        ("mara@example.org", "News about your question on Respite"),
    ]
    said = "\n".join(f"{letter.subject}\n{letter.body}" for letter in mail.outbox)
    for secret in (WORDING["title"], WORDING["text"], WORDING["pseudonym"], ANSWER, "It names somebody", asked.slug):
        assert secret not in said
    assert "/own/questions/" in mail.outbox[1].body
    assert "/own/specialist/questions/" in mail.outbox[3].body


def test_letter_about_a_german_question__is_in_german(site: Site, django_capture_on_commit_callbacks: Any) -> None:
    asked = question(language="de")
    with django_capture_on_commit_callbacks(execute=True):
        services.publish(asked, factories.safety_moderator(), 1)
    assert "Ihrer Frage" in mail.outbox[-1].subject
