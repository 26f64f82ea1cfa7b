"""Pages of consultations: the one for everybody, those of the two, and a specialist's times; all without a script."""

import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from cms.consultations import services, telling
from cms.consultations.meetings import CalendarFeed, Consultation, State
from cms.consultations.practices import Practice
from cms.people.models import User
from tests import factories
from tests.cms.consultations import stage
from tests.cms.consultations.conftest import clock  # noqa: F401  # the day on which it is
from tests.cms.consultations.stage import at, consultation, practice
from tests.pwa.conftest import inside_main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "site")]

TIME, LATER = "2026-12-02 09:00", "2026-12-02 10:00"


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def open_practice(**fields: Any) -> Practice:
    """Make a practice that readers have been told of."""
    found = practice(**fields)
    telling.tell(found.pk)
    found.refresh_from_db()
    return found


def logged_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


# ---- The page for everybody ------------------------------------------------------------------


def test_request_page__is_the_same_for_everybody__with_the_gate_and_the_form_in_a_template(client: Client) -> None:
    found = open_practice()
    path = f"/specialists/{found.specialist.slug}/request/"
    before = client.get(path)
    assert before.status_code == 200 and before["Cache-Control"].startswith("public")
    html = inside_main(before)
    outside = html.split("<template>")[0] + html.split("</template>")[1]
    assert "You need to be logged in to send messages" in outside
    next_page = f"%2Fown%2Fconsultations%2Frequest%2F{found.specialist.slug}%2F"
    assert f'href="/accounts/login/?next={next_page}">Login<' in outside
    assert f'href="/accounts/signup/?next={next_page}">Sign up<' in outside
    assert 'address="/api/v1/consultations/"' in html and f'data-specialist="{found.specialist.slug}"' in html
    form = html.split("<template>")[1].split("</template>")[0]
    assert 'value="2026-12-01T09:00:00+00:00"' in form and "csrfmiddlewaretoken" not in form
    assert len(re.findall(r'name="times" value="2', form)) == len(found.told)
    for words in (words_of(outside), words_of(form)):
        assert "£70" in words and "no charge, no card, no obligation" in words
    logged_in(client, factories.reader())
    assert client.get(path).content == before.content


def test_request_page__says_when_its_times_were_true(client: Client) -> None:
    found = open_practice()
    html = inside_main(client.get(f"/specialists/{found.specialist.slug}/request/"))
    assert 'as-of="2026-11-30T08:00:00+00:00"' in html and "They were free on 30 November 2026" in words_of(html)


def test_request_page__speaks_every_language(client: Client) -> None:
    found = open_practice()
    german = client.get(f"/de/specialists/{found.specialist.slug}/request/")
    assert german.status_code == 200
    words = words_of(inside_main(german))
    assert "Dienstag" in words and "Thirty minutes" not in words


def test_request_page__follows_what_is_taken_at_once(client: Client) -> None:
    found = open_practice()
    path = f"/specialists/{found.specialist.slug}/request/"
    assert "2026-12-02T09:00:00+00:00" in inside_main(client.get(path))
    one = consultation(TIME, of=found)
    telling.tell(found.pk)
    assert "2026-12-02T09:00:00+00:00" not in inside_main(client.get(path))
    services.cancel(one, one.author)
    telling.tell(found.pk)
    assert "2026-12-02T09:00:00+00:00" in inside_main(client.get(path))


def test_request_page__where_nothing_is_offered__says_so_and_has_no_form(client: Client) -> None:
    mine = stage.specialist()
    html = inside_main(client.get(f"/specialists/{mine.slug}/request/"))
    assert "no free first consultations here at the moment" in html and "<form" not in html


def test_request_page__where_all_is_taken(client: Client) -> None:
    found = open_practice(weekly=[[1, 540, 570]], horizon_days=5)
    consultation("2026-12-01 09:00", of=found)
    telling.tell(found.pk)
    html = inside_main(client.get(f"/specialists/{found.specialist.slug}/request/"))
    assert "All times are taken at the moment" in html and "<form" not in html


@pytest.mark.parametrize("path", ["/specialists/nobody/request/", "/specialists/nobody/request/request/"])
def test_request_page__of_nobody__is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_further_page__is_not_part_of_the_profile(client: Client) -> None:
    found = open_practice()
    profile = client.get(f"/specialists/{found.specialist.slug}/")
    assert profile.content.count(b"<main") == 1 and b"further:" not in profile.content
    assert b"respite-form" not in profile.content


# ---- Asking without a script -----------------------------------------------------------------


def fields_of(html: str) -> dict[str, Any]:
    """Give what a browser would send of a form that nobody has filled in."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', html))
    return {name: value for name, value in hidden.items() if name != "csrfmiddlewaretoken"}


def test_asking__from_the_form_to_its_page(client: Client) -> None:
    found = open_practice()
    path = f"/own/consultations/request/{found.specialist.slug}/"
    logged_in(client, factories.reader())
    page = client.get(path)
    html = inside_main(page)
    assert page["Cache-Control"] == "private, no-store"
    assert html.index("What it costs") < html.index("Send request")
    sent = {
        **fields_of(html),
        "times": ["2026-12-02T09:00:00+00:00", "2026-12-02T10:00:00+00:00"],
        "way": "phone",
        "name": "Robin",
        "note": "<b>planted</b>",
    }
    answer = client.post(path, sent, follow=True)
    one = Consultation.objects.get()
    assert answer.redirect_chain == [(f"/own/consultations/{one.pk}/", 302)]
    assert "Your request has been sent" in inside_main(answer)
    assert (one.time_zone, one.way, one.name, one.language) == ("Europe/London", "phone", "Robin", "en")
    again = client.post(path, sent)
    assert again.status_code == 302 and Consultation.objects.count() == 1


def test_asking__with_what_cannot_be_taken__shows_it_and_keeps_what_was_chosen(client: Client) -> None:
    found = open_practice()
    path = f"/own/consultations/request/{found.specialist.slug}/"
    logged_in(client, factories.reader())
    sent = {"times": ["2026-12-02T09:00:00+00:00"], "way": "phone", "name": "", "time_zone": "Asia/Kolkata"}
    answer = client.post(path, {**sent, "key": "0f3d3b5e-6a53-4c8e-9d0b-3f6b8a1f2c4d"})
    html = inside_main(answer)
    assert answer.status_code == 422 and "Give a name to be called by" in html
    assert re.search(r'value="2026-12-02T09:00:00\+00:00" checked', html)
    assert "Kolkata time, UTC+05:30" in html and ">14:30<" in html


def test_asking__for_what_was_taken_meanwhile__offers_what_is_free(client: Client) -> None:
    found = open_practice()
    consultation(TIME, of=found)
    path = f"/own/consultations/request/{found.specialist.slug}/"
    logged_in(client, factories.reader())
    sent = {
        **fields_of(inside_main(client.get(path))),
        "times": ["2026-12-02T09:00:00+00:00"],
        "way": "phone",
        "name": "R",
    }
    answer = client.post(path, sent)
    assert answer.status_code == 409 and "no longer free" in inside_main(answer)
    assert "2026-12-02T09:30:00+00:00" in inside_main(answer)


def test_times__are_shown_in_the_zone_that_was_chosen(client: Client) -> None:
    found = open_practice()
    logged_in(client, factories.reader())
    html = inside_main(client.get(f"/own/consultations/request/{found.specialist.slug}/?zone=Australia/Lord_Howe"))
    assert "Lord Howe time, UTC+11:00" in html and 'value="Australia/Lord_Howe" selected' in html
    assert 'name="time_zone" value="Australia/Lord_Howe"' in html


def test_asking__a_second_time__leads_to_the_first(client: Client) -> None:
    one = consultation(of=open_practice())
    html = inside_main(logged_in(client, one.author).get(f"/own/consultations/request/{one.specialist.slug}/"))
    assert "You have asked already" in html and f"/own/consultations/{one.pk}/" in html and "<textarea" not in html


@pytest.mark.parametrize("who", ["nobody", "hidden", "oneself"])
def test_asking__somebody_who_cannot_be_asked__finds_nothing(client: Client, who: str) -> None:
    found = open_practice()
    user = found.specialist.user if who == "oneself" else factories.reader()
    if who == "hidden":
        type(found.specialist).objects.filter(pk=found.specialist.pk).update(state="suspended")
    slug = "nobody" if who == "nobody" else found.specialist.slug
    assert logged_in(client, user).get(f"/own/consultations/request/{slug}/").status_code == 404


# ---- What the two see and do -----------------------------------------------------------------


def act(client: Client, one: Consultation, do: str, **fields: Any) -> Any:
    return client.post(f"/own/consultations/{one.pk}/", {"do": do, **fields}, follow=True)


def test_from_a_request_to_a_meeting__without_a_script(client: Client, clock: time_machine.Traveller) -> None:  # noqa: F811
    found = open_practice()
    one = consultation(TIME, of=found, time_zone="Asia/Kolkata", name="Robin")
    reader, specialist = one.author, found.specialist.user
    logged_in(client, specialist)
    assert "Robin would like to meet you" in inside_main(client.get("/own/specialist/requests/"))
    html = words_of(inside_main(client.get(f"/own/consultations/{one.pk}/")))
    assert "09:00 London time, UTC For Robin: 14:30, Kolkata time, UTC+05:30" in html
    assert "planted words of a note" in html
    told = act(client, one, "propose", when=["2026-12-02T10:00", ""])
    assert "The times have been sent" in inside_main(told)
    logged_in(client, reader)
    html = inside_main(client.get(f"/own/consultations/{one.pk}/"))
    assert "has named other times" in html and "15:30" in html
    agreed = inside_main(act(client, one, "accept", starts_at="2026-12-02T10:00:00+00:00"))
    assert "It is agreed" in agreed and "https://calls.example/room" in agreed
    assert f'href="/api/v1/consultations/{one.pk}/calendar.ics"' in agreed
    assert client.get(f"/api/v1/consultations/{one.pk}/calendar.ics").status_code == 200
    clock.move_to(at("2026-12-02 10:40"))
    logged_in(client, specialist)
    assert "How did it go?" in inside_main(client.get("/own/specialist/requests/"))
    assert "You have met Robin" in inside_main(act(client, one, "held"))
    assert words_of(inside_main(client.get("/own/specialist/requests/"))).count(" Held 1 ") == 1


@pytest.mark.parametrize(
    ("do", "fields", "status", "words"),
    [
        ("accept", {}, 422, "Choose a time first"),
        ("accept", {"starts_at": "2026-12-02T11:00:00+00:00"}, 409, "This has changed meanwhile"),
        ("propose", {"when": ["tomorrow"]}, 422, "Give a day and a time"),
        ("propose", {"when": ["2027-03-28T01:30"]}, 422, "Give a day and a time"),
        ("propose", {"when": ["2026-12-05T10:07"]}, 422, "Choose times that are offered"),
        ("propose", {"when": [""]}, 422, "Choose a time"),
        ("propose", {"when": ["2026-11-29T10:00"]}, 409, "That time has passed"),
        ("held", {}, 409, "This has changed meanwhile"),
        ("dance", {}, 422, "Choose what is to be done"),
    ],
)
def test_act__that_cannot_be_done__says_why(client: Client, do: str, fields: Any, status: int, words: str) -> None:
    one = consultation(of=open_practice())
    answer = act(logged_in(client, one.specialist.user), one, do, **fields)
    assert answer.status_code == status and words in inside_main(answer)
    one.refresh_from_db()
    assert one.state == State.REQUESTED


def test_page__of_anybody_else__is_the_same_as_nothing(client: Client) -> None:
    one = consultation(of=open_practice())
    logged_in(client, factories.reader())
    theirs = client.get(f"/own/consultations/{one.pk}/")
    nothing = client.get("/own/consultations/0f3d3b5e-6a53-4c8e-9d0b-3f6b8a1f2c4d/")
    assert (theirs.status_code, inside_main(theirs)) == (404, inside_main(nothing))
    assert act(client, one, "cancel").status_code == 404


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/own/consultations/", "You need to be logged in to send messages"),
        ("/own/consultations/request/nobody/", "You need to be logged in to send messages"),
        ("/own/specialist/times/", "To create your specialist profile, please log in to your account."),
        ("/own/specialist/requests/", "To create your specialist profile, please log in to your account."),
    ],
)
def test_pages__of_nobody__are_their_gate(client: Client, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200 and words in inside_main(answer)


SITUATIONS = {
    "requested": ("Waiting for Mara Lindholm", "Robin would like to meet you"),
    "proposed": ("Mara Lindholm has named other times", "Waiting for Robin"),
    "accepted": ("You meet Mara Lindholm", "You meet Robin"),
    "moving": ("Waiting for Mara Lindholm to agree to another time", "Robin would like to meet at another time"),
    "begun": ("Your time with Mara Lindholm has come", "Your time with Robin has come"),
    "declined": ("Mara Lindholm cannot meet you", "Declined"),
    "cancelled": ("You cancelled this", "Robin has cancelled"),
    "held": ("You have met Mara Lindholm", "You have met Robin"),
    "missed": ("You did not meet", "You did not meet"),
    "lapsed": ("This has ended by itself", "This has ended by itself"),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_state__is_said_in_words_to_both(client: Client, clock: time_machine.Traveller, situation: str) -> None:  # noqa: F811
    from cms.consultations import sweeping
    from tests.cms.consultations.test_services import situated

    names = {"moving": "moving-reader"}
    if situation == "lapsed":
        one = consultation(of=open_practice())
        sweeping.lapse(at("2027-01-01 00:00"))
    else:
        one = situated(names.get(situation, situation), clock)
    for user, words in zip((one.author, one.specialist.user), SITUATIONS[situation], strict=True):
        html = inside_main(logged_in(client, user).get(f"/own/consultations/{one.pk}/"))
        assert f"<h1>{words}</h1>" in html
        assert ("!" not in words_of(html) and "reminder" not in html.lower()) or situation == "accepted"


def test_copies__are_whole_pages_without_a_token_or_anything_to_send(client: Client) -> None:
    one = consultation(of=open_practice(), note="planted")
    for user, paths in (
        (one.author, {"/own/consultations/", f"/own/consultations/{one.pk}/"}),
        (one.specialist.user, {"/own/specialist/requests/", f"/own/consultations/{one.pk}/"}),
    ):
        told = {page["path"]: page for page in logged_in(client, user).get("/sync/own/").json()["pages"]}
        assert paths <= told.keys()
        page = told[f"/own/consultations/{one.pk}/"]["html"]
        assert page.startswith("<main") and "planted" in page
        assert "csrf" not in page, page
        # They are sent by the phone's outbox.
        assert page.count("<form") == page.count("<respite-form kind=")


def test_copies__of_somebody_else__have_nothing_of_it(client: Client) -> None:
    one = consultation(of=open_practice(), note="planted", name="Plantedname")
    told = logged_in(client, factories.reader()).get("/sync/own/").content.decode()
    assert "lanted" not in told and str(one.pk) not in told


# ---- The calendar's address ------------------------------------------------------------------


def test_calendar_address__is_shown_once__and_can_be_ended(client: Client) -> None:
    user = factories.reader()
    logged_in(client, user)
    shown = inside_main(client.post("/own/consultations/calendar/", follow=True))
    [address] = re.findall(r'<code class="address">[^<]*?(/own/calendar/[^<]+\.ics)</code>', shown)
    assert Client().get(address).status_code == 200
    assert "/own/calendar/" not in inside_main(client.get("/own/consultations/"))
    client.post("/own/consultations/calendar/", {"end": ""})
    assert Client().get(address).status_code == 404 and not CalendarFeed.objects.exists()


# ---- A specialist's times --------------------------------------------------------------------


def form_of(html: str) -> dict[str, list[str]]:
    """Give what a browser would send of the form of times as it is drawn."""
    form = html.split('<form class="sheet"')[1].split("</form>")[0]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        kind, name = re.search(r'type="(\w+)', tag), re.search(r'name="([^"]+)"', tag)
        if not name or "csrf" in name[1] or (kind and kind[1] in ("checkbox", "radio") and " checked" not in tag):
            continue
        value = re.search(r'value="([^"]*)"', tag)
        sent.setdefault(name[1], []).append(
            unescape(value[1]) if value else "on" if kind and kind[1] == "checkbox" else ""
        )
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = [chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[0]]
    return sent


def test_times__are_written_on_the_page__and_come_back_as_they_were(client: Client) -> None:
    mine = stage.specialist()
    logged_in(client, mine.user)
    sent = form_of(inside_main(client.get("/own/specialist/times/")))
    assert sent["time_zone"] == ["Europe/London"] and "is_open" not in sent
    sent |= {
        "is_open": ["on"],
        "weekly-1-begins": ["09:00", "14:00"],
        "weekly-1-ends": ["12:00", "00:00"],
        "ways": ["video", "in_person"],
        "connection": ["https://calls.example"],
        "place": ["12 Hill Street"],
        "time_zone": ["Asia/Kolkata"],
        "away-first": ["2026-12-24", ""],
        "away-last": ["2026-12-27", ""],
        "extra-day": ["2026-12-26", ""],
        "extra-begins": ["09:15", ""],
        "extra-ends": ["10:15", ""],
        "capacity": [""],
    }
    answer = client.post("/own/specialist/times/", sent, follow=True)
    assert "Readers see your times now" in inside_main(answer)
    found = Practice.objects.get()
    assert found.weekly == [[1, 540, 720], [1, 840, 1440]] and found.capacity is None
    assert (found.away, found.extra) == ([["2026-12-24", "2026-12-27"]], [["2026-12-26", 555, 615]])
    assert found.specialist.time_zone == "Asia/Kolkata" and found.specialist.offers_consultation
    # Sent again as it is drawn now, it says the same.
    before: dict[str, Any] = {**Practice.objects.values().get()}
    client.post("/own/specialist/times/", form_of(inside_main(client.get("/own/specialist/times/"))))
    after: dict[str, Any] = {**Practice.objects.values().get()}
    assert {name for name in before if before[name] != after[name]} <= {"told_at"}


def test_times__that_cannot_be_taken__are_marked_and_kept_in_the_form(client: Client) -> None:
    mine = stage.specialist()
    logged_in(client, mine.user)
    sent = form_of(inside_main(client.get("/own/specialist/times/"))) | {
        "is_open": ["on"],
        "weekly-1-begins": ["09:00", "10:00"],
        "weekly-1-ends": ["11:00", "12:00"],
        "notice_hours": ["0"],
        "ways": ["video"],
        "connection": [""],
    }
    answer = client.post("/own/specialist/times/", sent)
    html = inside_main(answer)
    assert answer.status_code == 422 and "Two of these times overlap" in html and "Nothing was saved yet" in html
    assert html.count('value="10:00"') == 1 and not Practice.objects.exists()


def test_pause__takes_the_offer_back__and_its_end_gives_it_again(client: Client) -> None:
    found = open_practice()
    logged_in(client, found.specialist.user)
    sent = form_of(inside_main(client.get("/own/specialist/times/")))
    answer = client.post("/own/specialist/times/", {**sent, "is_paused": ["on"]}, follow=True)
    assert "You are pausing" in inside_main(answer)
    profile = f"/specialists/{found.specialist.slug}/"
    assert "Request a consultation" not in inside_main(client.get(profile))
    client.post("/own/specialist/times/", sent)
    assert "Request a consultation" in inside_main(client.get(profile))


def test_times__of_whoever_has_no_profile__are_not_there(client: Client) -> None:
    logged_in(client, factories.reader())
    assert [client.get(f"/own/specialist/{name}/").status_code for name in ("times", "requests")] == [404, 404]


def test_nobody__is_nobody() -> None:
    assert consultation().side_of(AnonymousUser()) is None


# ---- The two pages that explain it -----------------------------------------------------------

HEADINGS = {
    "client": (
        "What are the benefits of a free consultation?",
        "Who is a free consultation suitable for?",
        "Important:",
    ),
    "specialist": (
        "Potential benefits of a free initial consultation",
        "Another key advantage for Specialist",
        "It's important to note that the initial consultation differs from a typical session",
    ),
}
ONWARD = {"client": "/specialists/?offers_consultation=true", "specialist": "/specialists/join/"}


@pytest.mark.parametrize("audience", HEADINGS)
def test_page_that_explains_it__has_its_fixed_headings_and_leads_on(client: Client, audience: str) -> None:
    panels = [
        (kind, {"introduction": "", "items": [f"About {kind}."]}) for kind in ("benefits", "suitable", "important")
    ]
    page = factories.consultation_page(f"For the {audience}", audience=audience, panels_content=panels)
    html = inside_main(client.get(f"/{page.slug}/"))
    assert [unescape(found) for found in re.findall(r'<h2 id="panel-\w+">(.*?)</h2>', html)] == list(HEADINGS[audience])
    assert f'href="{ONWARD[audience]}"' in html
    assert client.get(ONWARD[audience]).status_code == 200
