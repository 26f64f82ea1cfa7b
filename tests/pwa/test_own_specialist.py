"""Somebody's own profile, by their browser alone and without a script: begun, written, handed in, decided, deleted."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.people.models import User
from cms.specialists import moderation, services
from cms.specialists.choices import Changes, State
from cms.specialists.models import Specialist
from tests import factories
from tests.cms.specialists.conftest import pdf_file, picture_file, written
from tests.pwa.conftest import Site, inside_main

pytestmark = pytest.mark.django_db

HOME = "/own/specialist/"
PAGES = ["", "edit/", "evidence/", "preview/", "photo/", "delete/"]


@pytest.fixture
def user(site: Site, client: Client) -> User:
    user = factories.reader(first_name="Mara", last_name="Quint")
    client.force_login(user)
    return user


def sent(**fields: Any) -> dict[str, Any]:
    """Give the form of a profile as a browser sends it."""
    given = {**written(), "time_zone": "Europe/Dublin", "written_in": "en"}
    return {**given, "topics": [topic.pk for topic in given["topics"]], **fields}


def test_gate__is_the_same_for_everybody_with_the_fixed_words(site: Site, client: Client) -> None:
    before = client.get("/specialists/join/")
    html = inside_main(before)
    assert "To create your specialist profile, please log in to your account." in html
    assert 'href="/accounts/login/?next=%2Fown%2Fspecialist%2F">Login<' in html
    assert 'href="/accounts/signup/?next=%2Fown%2Fspecialist%2F">Sign up<' in html
    client.force_login(factories.reader())
    assert client.get("/specialists/join/").content == before.content
    assert client.get("/de/specialists/join/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_private_page_of_nobody__is_the_gate(site: Site, client: Client, page: str) -> None:
    answer = client.get(HOME + page)
    assert "To create your specialist profile, please log in to your account." in inside_main(answer)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", PAGES[1:])
def test_page_of_a_profile_that_was_not_begun__leads_to_its_beginning(client: Client, user: User, page: str) -> None:
    assert client.get(HOME + page)["Location"] == HOME


def test_whole_way__works_without_a_script(client: Client, user: User) -> None:
    moderator = factories.safety_moderator()
    assert "Begin your profile" in inside_main(client.get(HOME))
    client.post(HOME + "start/")
    answer = client.post(HOME + "edit/", sent(), follow=True)
    assert "Your draft is saved." in inside_main(answer)
    assert "Hand in at least one document that shows your registration." in inside_main(answer)
    assert "Hand it in</button>" not in inside_main(answer)
    client.post(HOME + "evidence/", {"kind": "registration", "file": pdf_file()})
    assert "Hand it in</button>" in inside_main(client.get(HOME))
    assert "It is handed in." in inside_main(client.post(HOME + "submit/", follow=True))
    specialist = Specialist.objects.get(user=user)
    moderation.send_back(specialist.pk, moderator, "The number is <missing>.")
    html = inside_main(client.get(HOME))
    assert "The number is &lt;missing&gt;." in html and "Returned" in html
    assert str(moderator) not in html and moderator.email not in html
    client.post(HOME + "edit/", sent(registration_number="T-2"))
    client.post(HOME + "submit/")
    services_until = specialist.submitted_at.date().replace(year=specialist.submitted_at.year + 1)
    moderation.verify(specialist.pk, moderator, "The register.", services_until)
    html = inside_main(client.get(HOME))
    assert "Readers see your profile." in html and "/specialists/mara-quint/" in html
    assert client.get("/specialists/mara-quint/").status_code == 200


def test_edit__keeps_what_was_written_where_something_is_wrong(client: Client, user: User) -> None:
    services.start(user)
    answer = client.post(HOME + "edit/", sent(summary="Half a thought", reduced_fee="500"))
    assert answer.status_code == 422
    assert "A reduced fee has to be lower than the fee." in inside_main(answer)
    assert "Half a thought" in inside_main(answer)
    assert Specialist.objects.get(user=user).draft.summary == ""


def test_edit__shows_what_was_saved_before(client: Client, user: User) -> None:
    services.start(user)
    given = sent()
    client.post(HOME + "edit/", given)
    form = client.get(HOME + "edit/").context["form"]
    assert form["summary"].value() == "Works slowly and plainly."
    assert form["topics"].value() == given["topics"]
    assert form["time_zone"].value() == "Europe/Dublin"
    assert form["languages"].value() == ["en", "de"]


def test_photo__is_drawn_anew_and_seen_by_nobody_else(client: Client, user: User) -> None:
    services.start(user)
    client.post(HOME + "edit/", sent(photo=SimpleUploadedFile("me.png", picture_file().read(), "image/png")))
    answer = client.get(HOME + "photo/")
    assert answer["Content-Type"] == "image/jpeg" and answer["Cache-Control"] == "private, no-store"
    picture = Specialist.objects.get(user=user).draft.photo
    assert picture is not None
    preview = inside_main(client.get(HOME + "preview/"))
    assert 'src="/own/specialist/photo/"' in preview
    other = Client()
    other.force_login(factories.reader())
    for rendition in picture.renditions.all():
        assert other.get(rendition.url).status_code == 404
    assert other.get(HOME + "photo/").status_code == 302


def test_picture_that_is_none__is_refused_with_what_to_do(client: Client, user: User) -> None:
    services.start(user)
    answer = client.post(HOME + "edit/", sent(photo=SimpleUploadedFile("me.png", b"<svg/>", "image/png")))
    assert answer.status_code == 422 and "This picture cannot be read." in inside_main(answer)


def test_preview__is_the_page_that_readers_will_get(client: Client, user: User) -> None:
    services.start(user)
    client.post(HOME + "edit/", sent())
    html = inside_main(client.get(HOME + "preview/"))
    assert "<h1>Mara Quint</h1>" in html and "Register of Tests" in html
    assert "<!--" not in html
    assert client.get("/specialists/mara-quint/").status_code == 404


def test_preview_of_an_empty_draft__is_no_error(client: Client, user: User) -> None:
    services.start(user)
    assert client.get(HOME + "preview/").status_code == 200


def test_public_profile__stays_while_changes_wait(client: Client, user: User) -> None:
    factories.specialist("Mara Quint", user=user)
    client.post(HOME + "edit/", sent(summary="Something new."))
    assert Specialist.objects.get(user=user).changes == Changes.DRAFT
    assert "You have changes that you have not handed in." in inside_main(client.get(HOME))
    assert "Something new." not in client.get("/specialists/mara-quint/").content.decode()
    assert "Something new." in inside_main(client.get(HOME + "preview/"))


def test_evidence__says_why_a_file_is_not_taken(client: Client, user: User) -> None:
    services.start(user)
    answer = client.post(HOME + "evidence/", {"kind": "registration", "file": SimpleUploadedFile("a.exe", b"MZ")})
    assert answer.status_code == 422 and "Send a PDF, or a picture as JPEG or PNG." in inside_main(answer)


def test_delete__says_what_it_means_and_then_does_it(client: Client, user: User) -> None:
    factories.specialist("Mara Quint", user=user)
    assert "deleted at once" in inside_main(client.get(HOME + "delete/"))
    client.post(HOME + "delete/")
    assert not Specialist.objects.exists()
    assert client.get("/specialists/mara-quint/").status_code == 404


def test_while_it_waits__it_is_not_edited_but_taken_back(client: Client, user: User) -> None:
    services.start(user)
    Specialist.objects.update(state=State.SUBMITTED)
    assert client.get(HOME + "edit/")["Location"] == HOME
    client.post(HOME + "take-back/")
    assert client.get(HOME + "edit/").status_code == 200


def test_copy_for_the_phone__has_how_far_it_is_and_no_token(client: Client, user: User) -> None:
    services.start(user)
    pages = {page["path"]: page for page in client.get("/sync/own/").json()["pages"]}
    html = pages[HOME]["html"]
    assert html.startswith("<main") and "csrfmiddlewaretoken" not in html


@pytest.mark.parametrize("page", ["", "edit/", "evidence/", "preview/", "delete/"])
def test_pages__are_private_and_speak_german(client: Client, user: User, page: str) -> None:
    services.start(user)
    answer = client.get(HOME + page, headers={"accept-language": "de"})
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    assert '<html lang="de"' in answer.content.decode()
