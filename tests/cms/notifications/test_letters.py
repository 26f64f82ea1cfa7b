"""Letters: both parts, their look, their language, their headers, and what no subject may say."""

import re
from email.message import Message
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.utils.translation import gettext_lazy, override
from pytest_django.fixtures import Settings

from cms.notifications import kinds
from cms.notifications.colours import DARK, LIGHT
from cms.notifications.kinds import Kind, concerns, does_concern
from cms.notifications.letters import as_html, digest_letter, letter_of_news, letter_of_text
from cms.notifications.models import How
from cms.notifications.neutral import telling_words
from cms.notifications.preferences import choose, how_told, keep_language, kinds_for
from cms.notifications.services import notify
from cms.people.models import User
from tests import factories
from tests.kept import ROOT

pytestmark = pytest.mark.django_db

WAY = "/own/messages/1f0c3a52-0000-4000-8000-000000000000/"
LANGUAGES = [code for code, _name in django_settings.LANGUAGES]


def letter_to(user: User, kind: Kind = Kind.MESSAGE, **more: Any) -> Any:
    notify(user, kind, WAY, **more)
    (letter,) = mail.outbox
    return letter


def html_of(letter: Any) -> str:
    ((content, kind),) = letter.alternatives
    assert kind == "text/html"
    return str(content)


# ---- What it says ----------------------------------------------------------------------------


def test_letter__says_in_both_parts_that_there_is_something_and_where(reader: User) -> None:
    letter = letter_to(reader)
    assert letter.to == [reader.email]
    assert letter.subject == "Somebody has written to you on Respite"
    for part in (letter.body, html_of(letter)):
        assert "There is a message for you." in part
        assert f"http://127.0.0.1:8000{WAY}" in part
        assert "/own/notifications/" in part
        assert "/help/" in part


def test_letter__can_be_made_into_mail_with_its_parts_in_order(reader: User) -> None:
    message: Message = letter_to(reader).message()
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]


def test_plain_part__ends_with_a_signature_as_mail_programs_know_it(reader: User) -> None:
    body, mark, below = letter_to(reader).body.partition("\n-- \n")
    assert mark
    assert WAY in body
    assert "/letters/stop/" in below


def test_event__may_have_better_words_than_its_kind(reader: User) -> None:
    said = [gettext_lazy("Messages"), ["3 March, 10:00", "4 March, 11:00"], "<b>No markup</b>"]
    letter = letter_to(reader, Kind.CONSULTATION, subject="Your time is agreed", said=said)
    assert letter.subject == "Your time is agreed"
    assert "Messages\n\n- 3 March, 10:00\n- 4 March, 11:00\n\n<b>No markup</b>" in letter.body
    assert "<li" in html_of(letter)
    assert "&lt;b&gt;No markup&lt;/b&gt;" in html_of(letter)
    assert str(Kind.CONSULTATION.value.sentence) not in letter.body


def test_nobody_is_told_whose_account_is_closed(reader: User) -> None:
    reader.is_active = False
    notify(reader, Kind.MESSAGE, WAY)
    assert mail.outbox == []


# ---- Subjects --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_subject__has_none_of_the_words_that_tell(kind: Kind, language: str) -> None:
    with override(language):
        assert telling_words(str(kind.value.subject)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_subject_of_a_digest__has_none_of_the_words_that_tell(reader: User, language: str) -> None:
    with override(language):
        assert telling_words(digest_letter(reader, [(Kind.QUESTION, WAY)]).subject) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_subjects_about_accounts__have_none_of_the_words_that_tell(language: str) -> None:
    from django.template.loader import render_to_string

    found = sorted((ROOT / "pwa/templates").rglob("email/*_subject.txt"))
    assert len(found) >= 14
    with override(language):
        told = {
            path.name: telling_words(render_to_string(str(path.relative_to(ROOT / "pwa/templates")))) for path in found
        }
    assert {name: words for name, words in told.items() if words} == {}


@pytest.mark.parametrize("subject", ["Your first consultation", "Eine Antwort zu Schlaf und Angst", "On therapy"])
def test_subject_that_says_too_much__is_the_kinds_own_instead(reader: User, subject: str, caplog: Any) -> None:
    assert letter_to(reader, Kind.CONSULTATION, subject=subject).subject == "News about your time on Respite"
    assert "says too much" in caplog.text


# ---- Language --------------------------------------------------------------------------------


def test_letter__is_in_the_language_that_its_reader_last_chose(reader: User) -> None:
    keep_language(reader, "de")
    with override("en"):
        letter = letter_to(reader, language="en")
    assert letter.subject != str(Kind.MESSAGE.value.subject)
    assert '<html lang="de" dir="ltr">' in html_of(letter)
    assert "/de/help/" in letter.body


def test_letter__is_in_the_language_of_what_it_is_about_where_none_was_chosen(reader: User) -> None:
    assert '<html lang="de"' in html_of(letter_to(reader, language="de"))


def test_choosing_a_language_on_an_account_page__is_remembered_for_letters(reader: User, client: Client) -> None:
    client.force_login(reader)
    client.get("/accounts/?language=de")
    assert '<html lang="de"' in html_of(letter_to(reader))


def test_logging_in__keeps_the_first_language_and_no_later_one(reader: User) -> None:
    for language in ("de", "en"):
        form = {"login": reader.email, "password": factories.PASSWORD}
        Client(headers={"accept-language": language}).post("/accounts/login/", form)
    reader.refresh_from_db()
    assert reader.preferences.language == "de"


def test_letter_from_right_to_left__is_set_so(reader: User, settings: Settings) -> None:
    settings.LANGUAGES_BIDI = ["de"]
    html = html_of(letter_to(reader, language="de"))
    assert 'dir="rtl"' in html
    assert "text-align: right" in html
    assert "text-align: left" not in html


# ---- Headers ---------------------------------------------------------------------------------


def test_headers__offer_the_way_out_and_say_that_nobody_wrote_this(reader: User) -> None:
    headers = letter_to(reader).extra_headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<http://127\.0\.0\.1:8000/letters/stop/[\w:.-]+/>", headers["List-Unsubscribe"])
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_letter__goes_after_the_commit_by_a_task(reader: User, settings: Settings, committing: Any) -> None:
    settings.MAIL_BACKEND = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "cms.review.mail.AfterCommitBackend"
    with committing():
        notify(reader, Kind.MESSAGE, WAY)
        assert mail.outbox == []
    (letter,) = mail.outbox
    assert "There is a message for you." in html_of(letter)
    assert "List-Unsubscribe" in letter.extra_headers


# ---- Look ------------------------------------------------------------------------------------


class Looker(HTMLParser):
    """What a letter would fetch, and what it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        told = dict(attrs)
        self.fetched += [str(told[name]) for name in ("src", "srcset", "background", "poster") if name in told]
        self.fetched += re.findall(r"url\([^)]*\)|@import", told.get("style") or "")


@pytest.mark.parametrize("kind", list(Kind))
def test_letter__fetches_nothing_so_opening_it_tells_nobody(reader: User, kind: Kind) -> None:
    looker = Looker()
    looker.feed(as_html(letter_of_news(reader, kind, WAY, "A subject")))
    assert looker.fetched == []
    assert not {"img", "script", "link", "iframe", "object", "video", "form"} & set(looker.tags)
    assert looker.tags.count("h1") == 1


def test_colours__are_those_of_the_tokens() -> None:
    tokens = (ROOT / "pwa/client/styles/tokens.css").read_text()
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")[:2]
    for colours, source in ((LIGHT, light), (DARK, dark)):
        for name, value in colours.items():
            assert re.search(rf"--{name.replace('_', '-')}: {value}", source), (name, value)


def test_every_colour_of_light__has_its_dark_one(reader: User) -> None:
    html = as_html(letter_of_news(reader, Kind.MESSAGE, WAY, "A subject"))
    dark = re.search(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", html, re.DOTALL)[1]
    for tag in re.findall(r"<(?:td|h1|p|a|span|body)\b[^>]*(?:color|background): #[^>]*>", html):
        classes = re.search(r'class="([^"]+)"', tag)
        assert classes, tag
        assert all(f".{name} " in dark for name in classes[1].split()), tag


# ---- About accounts --------------------------------------------------------------------------


def test_letter_about_an_account__has_our_look_too(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": "another one that is long enough"})
    (letter,) = mail.outbox
    code = re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]+$", str(letter.body), re.MULTILINE)[0]
    html = html_of(letter)
    assert f">{code}</p>" in html
    assert str(letter.subject) in html
    assert "List-Unsubscribe" not in letter.extra_headers


def test_letter_with_a_new_password__leads_there_by_a_button_and_is_never_written_down(
    reader: User, client: Client
) -> None:
    client.post("/accounts/password/reset/", {"email": reader.email})
    (letter,) = mail.outbox
    address = re.search(r"^http\S+$", str(letter.body), re.MULTILINE)[0]
    assert f'class="act" href="{address}"' in html_of(letter)
    assert "Auto-Submitted" not in letter.extra_headers


def test_letter_about_an_account__is_in_the_language_of_whose_it_is(reader: User, client: Client) -> None:
    keep_language(reader, "de")
    client.post("/accounts/password/reset/", {"email": reader.email}, headers={"accept-language": "en"})
    (letter,) = mail.outbox
    assert '<html lang="de"' in html_of(letter)


def test_every_letter_about_accounts__stands_on_the_one_with_the_signature() -> None:
    folder = ROOT / "pwa/templates"
    for path in sorted(folder.rglob("email/*_message.txt")):
        source = path.read_text()
        assert path.name == "base_message.txt" or "extends" in source, path
    assert "\n-- \nRespite\n" in (folder / "account/email/base_message.txt").read_text()


def test_text_with_a_list_of_codes__stays_words() -> None:
    letter = letter_of_text(
        "Subject", "First line\nsecond line\n\nABC-123\n\nhttps://respite.example/x\n\n-- \nRespite\nBecause."
    )
    assert [part.kind for part in letter.parts] == ["words", "code", "way"]
    assert letter.below.text == "Because."


# ---- Kinds -----------------------------------------------------------------------------------


def test_kinds__have_numbers_of_their_own_and_are_said_in_full() -> None:
    assert len({kind.number for kind in Kind}) == len(Kind)
    for kind in Kind:
        assert str(kind.value.subject) and str(kind.value.sentence).endswith(".") and kind.place.startswith("/")


def test_reader__is_asked_about_nothing_that_cannot_concern_them(reader: User) -> None:
    assert kinds_for(reader) == [Kind.MESSAGE, Kind.QUESTION, Kind.CONSULTATION, Kind.REMINDER]
    assert Kind.TEAM in kinds_for(User.objects.get(pk=factories.administrator().pk))


def test_kind_about_which_somebody_has_chosen__stays_in_sight(reader: User) -> None:
    choose(reader, Kind.REQUEST, How.NEVER)
    assert Kind.REQUEST in kinds_for(reader)


def test_app__says_whom_its_kinds_concern(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_concerns", {})
    assert not does_concern(Kind.REQUEST, reader)
    concerns("specialist")(lambda user: user == reader)
    assert does_concern(Kind.REQUEST, reader)
    assert how_told(reader, Kind.REQUEST) == How.AT_ONCE


def test_no_other_file_of_the_apps__sends_mail_in_its_own_look() -> None:
    allowed = {"cms/notifications/letters.py", "cms/review/mail.py", "cms/people/adapters.py"}
    sending = {
        str(Path(path).relative_to(ROOT))
        for folder in ("cms", "api", "pwa")
        for path in (ROOT / folder).rglob("*.py")
        if "node_modules" not in path.parts
        and re.search(r"\b(EmailMessage|EmailMultiAlternatives|send_mail)\(", path.read_text())
    }
    assert sending <= allowed
