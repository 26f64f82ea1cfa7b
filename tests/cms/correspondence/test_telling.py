"""Emails about messages: to whom, how often, in which language, and nothing of what was written."""

import pytest
from django.core import mail
from django.utils import translation
from wagtail.users.models import UserProfile

from cms.correspondence import services, team
from cms.correspondence.models import Place, Thread
from tests import factories
from tests.cms.correspondence.stage import committing, two

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return [letter.to[0] for letter in mail.outbox]


def test_message__is_told_to_the_other_one_alone_and_says_nothing_of_itself() -> None:
    with committing():
        pair = two("The word bramble", "Plantedname")
    (letter,) = mail.outbox
    assert letter.to == [pair.helper.email]
    said = f"{letter.subject} {letter.body}"
    assert f"/own/messages/{pair.thread.public_id}/" in said
    assert not any(word in said for word in ("bramble", "Plantedname", pair.reader.email, pair.specialist.name))
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_of_one_conversation__there_is_one_email_until_it_was_read() -> None:
    with committing():
        pair = two()
    for text in ("And", "and", "and"):
        with committing():
            pair.says(pair.reader, text)
    assert told() == [pair.helper.email]
    shown = Thread.objects.get(pk=pair.thread.pk)
    services.mark_read(pair.helper, shown, shown.last_at)
    with committing():
        pair.says(pair.reader, "Later")
    assert told() == [pair.helper.email] * 2


def test_what_was_read_before_anybody_could_be_told__is_not_told() -> None:
    with committing():
        pair = two()
        services.mark_read(pair.helper, pair.thread)
    assert told() == []


def test_whoever_has_blocked__is_told_nothing() -> None:
    pair = two()
    with committing():
        pair.says(pair.reader, "A word")
        services.block(pair.helper, pair.thread)
    assert told() == []


def test_letters_to_the_team__are_told_to_those_who_answer_once_until_somebody_has_read() -> None:
    moderator = factories.safety_moderator()
    factories.writer(), factories.administrator()
    reader = factories.reader()
    with committing():
        message, _made = services.write_to_team(reader, "data", "The word bramble")
    with committing():
        services.answer(message.thread, reader, "And one more")
    assert told() == [moderator.email]
    assert f"/admin/correspondence/letters/{message.thread.public_id}/" in str(mail.outbox[0].body)
    team.read_as_team(Thread.objects.get(), moderator)
    with committing():
        services.answer(message.thread, reader, "A third")
    assert told() == [moderator.email] * 2


def test_email__is_in_the_language_that_somebody_wrote_in_last() -> None:
    with translation.override("de"):
        pair = two()
    assert Place.objects.get(thread=pair.thread, user=pair.reader).language == "de"
    with committing():
        pair.says(pair.helper, "An answer")
    assert "Respite" in str(mail.outbox[0].subject)
    assert mail.outbox[0].subject != "There is something new for you on Respite"


def test_email__is_in_the_language_that_was_chosen_in_the_admin() -> None:
    moderator = factories.safety_moderator()
    UserProfile.objects.create(user=moderator, preferred_language="de")
    with committing():
        services.write_to_team(factories.reader(), "using", "Hello")
    assert mail.outbox[0].subject != "There is something new for you on Respite"
