"""Reports: who sees what was written, when, and what comes of it."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from cms.correspondence import reporting, services
from cms.correspondence.models import Closure, Decision, Look, Report, Thread
from cms.correspondence.refusals import NotPossible, NotThere, TooMany
from cms.people.models import User
from cms.specialists.choices import State
from cms.specialists.models import Specialist
from tests import factories
from tests.cms.correspondence.stage import committing, reported, two

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return factories.safety_moderator()


def test_report__shows_the_message_and_the_few_around_it_and_notes_who_has_looked(moderator: User) -> None:
    pair = two("1")
    for number in range(2, 6):
        pair.says(pair.reader, str(number))
    report = reported(pair, "6")
    pair.says(pair.reader, "7, after the report")
    seen = reporting.look(report, moderator)
    assert [message.text for message in seen] == ["4", "5", "6"]
    (look,) = Look.objects.all()
    assert (look.by, look.report) == (moderator, report)


def test_report_of_an_earlier_message__shows_no_more_than_two_after_it(moderator: User) -> None:
    pair = two("1")
    first = pair.says(pair.helper, "2")
    for number in range(3, 7):
        pair.says(pair.reader, str(number))
    report, _made = reporting.report(pair.reader, first.public_id, "other", "")
    assert [message.text for message in reporting.look(report, moderator)] == ["1", "2", "3", "4"]


def test_nobody_but_a_moderator__looks_or_decides() -> None:
    pair = two()
    report = reported(pair)
    for who in (factories.reader(), factories.writer(), factories.publisher(), pair.reader, pair.helper):
        with pytest.raises(PermissionDenied):
            reporting.look(report, who)
        with pytest.raises(PermissionDenied):
            reporting.decide(report, who, Decision.NOTHING, "No")
    assert not Look.objects.exists()


def test_moderator_whom_a_report_is_about__has_no_part_in_it(moderator: User) -> None:
    pair = two(user=moderator)
    report = reported(pair)
    with pytest.raises(PermissionDenied):
        reporting.look(report, moderator)
    assert report not in reporting.open_reports_for(moderator)
    assert report in reporting.open_reports_for(factories.safety_moderator())


def test_only_what_the_other_one_has_written__can_be_reported() -> None:
    pair = two()
    mine = pair.says(pair.reader, "Mine")
    team, _made = services.write_to_team(pair.reader, "using", "Hello")
    theirs = pair.says(pair.helper, "Theirs")
    for who, message in ((pair.reader, mine), (pair.reader, team), (factories.reader(), theirs)):
        with pytest.raises(NotThere):
            reporting.report(who, message.public_id, "other", "")
    services.delete_for(pair.reader, pair.thread)
    with pytest.raises(NotThere):
        reporting.report(pair.reader, theirs.public_id, "other", "")


def test_message__is_reported_once_by_each() -> None:
    pair = two()
    report = reported(pair)
    assert report.message
    with pytest.raises(NotPossible) as refused:
        reporting.report(pair.reader, report.message.public_id, "other", "")
    assert refused.value.kind == "already-reported"


def test_too_many_reports__wait(settings: Settings) -> None:
    settings.MESSAGES_AT_MOST = {**settings.MESSAGES_AT_MOST, "reports a day": 1}
    pair = two()
    reported(pair)
    with pytest.raises(TooMany):
        reported(pair, "Another")


# ---- Decisions -------------------------------------------------------------------------------


def decided(decision: str, words: str = "") -> tuple[Report, User, User]:
    pair = two()
    report = reported(pair)
    moderator = factories.safety_moderator()
    mail.outbox.clear()
    with committing():
        reporting.decide(report, moderator, decision, "We have talked about it", words)
    report.refresh_from_db()
    return report, pair.reader, pair.helper


def test_decision_for_nothing__is_told_to_whoever_reported_and_to_nobody_else() -> None:
    report, reader, helper = decided(Decision.NOTHING)
    assert [letter.to for letter in mail.outbox] == [[reader.email]]
    assert "nothing against our rules" in reporting.outcome(report)
    assert not Thread.objects.with_the_team().of(helper).exists()


def test_warning__reaches_whoever_wrote_it_as_a_message_of_the_team() -> None:
    report, reader, helper = decided(Decision.WARN, "Nobody may ask for money here.")
    thread = Thread.objects.with_the_team().of(helper).get()
    assert [message.text for message in thread.messages.all()] == ["Nobody may ask for money here."]
    assert services.count_unread(helper) == 1
    assert thread.waiting_since is None
    assert {letter.to[0] for letter in mail.outbox} == {reader.email, helper.email}
    assert "must not happen again" in reporting.outcome(report)


def test_closing__keeps_whoever_wrote_it_from_writing_until_it_is_opened_again() -> None:
    report, _reader, helper = decided(Decision.CLOSE, "You cannot write any more.")
    assert Closure.objects.get().report == report
    assert report.message
    with pytest.raises(NotPossible):
        services.answer(report.message.thread, helper, "But")
    with pytest.raises(PermissionDenied):
        reporting.reopen_messaging(helper, factories.writer())
    reporting.reopen_messaging(helper, factories.safety_moderator())
    assert services.answer(report.message.thread, helper, "Thank you")[1]


def test_suspension__takes_the_profile_down_and_says_why_in_the_messages_alone() -> None:
    report, _reader, helper = decided(Decision.SUSPEND, "You have asked for money, the word bramble.")
    specialist = Specialist.objects.get(user=helper)
    assert (specialist.live, specialist.state) == (False, State.SUSPENDED)
    assert "taken down the profile" in reporting.outcome(report)
    assert not any("bramble" in f"{letter.subject} {letter.body}" for letter in mail.outbox)
    (message,) = Thread.objects.with_the_team().of(helper).get().messages.all()
    assert "bramble" in message.text


def test_reader__has_no_profile_to_suspend(moderator: User) -> None:
    pair = two()
    mine = pair.says(pair.reader, "Unkind")
    report, _made = reporting.report(pair.helper, mine.public_id, "threatening", "")
    with pytest.raises(NotPossible):
        reporting.decide(report, moderator, Decision.SUSPEND, "Note", "Words")
    report.refresh_from_db()
    assert report.decided_at is None


def test_report__is_decided_once() -> None:
    report, _reader, _helper = decided(Decision.NOTHING)
    with pytest.raises(NotPossible):
        reporting.decide(report, factories.safety_moderator(), Decision.WARN, "Again", "Words")


def test_author_who_has_gone__leaves_nothing_to_see_and_nothing_to_do(moderator: User) -> None:
    pair = two()
    report = reported(pair, "Send money")
    pair.helper.delete()
    report.refresh_from_db()
    assert reporting.look(report, moderator) == []
    with pytest.raises(NotPossible):
        reporting.decide(report, moderator, Decision.WARN, "Too late", "Words")
    assert reporting.decide(report, moderator, Decision.NOTHING, "Gone").decided_at


def test_reporter_who_has_gone__takes_their_words_along_and_leaves_the_report(moderator: User) -> None:
    pair = two()
    report = reported(pair, details="Plantedwords of mine")
    pair.reader.delete()
    report.refresh_from_db()
    assert (report.author, report.details, report.digest, report.idempotency_key) == (None, "", "", None)
    assert [message.text for message in reporting.look(report, moderator)] == ["Send me money"]
    with committing():
        reporting.decide(report, moderator, Decision.WARN, "Note", "Do not do this.")


def test_thread_with_an_open_report__is_kept_until_it_is_decided(moderator: User) -> None:
    from cms.correspondence import retention

    pair = two()
    report = reported(pair)
    for who in (pair.reader, pair.helper):
        services.delete_for(who, pair.thread)
    assert Thread.objects.filter(pk=pair.thread.pk).exists()
    reporting.decide(report, moderator, Decision.NOTHING, "Fine")
    retention.forget_old()
    assert not Thread.objects.filter(pk=pair.thread.pk).exists()


def test_moderators__hear_that_there_is_a_report_and_not_of_what(moderator: User) -> None:
    pair = two()
    message = pair.says(pair.helper, "The word bramble")
    mail.outbox.clear()
    with committing():
        reporting.report(pair.reader, message.public_id, "danger", "The word thistle")
    (letter,) = mail.outbox
    assert letter.to == [moderator.email]
    said = f"{letter.subject} {letter.body}"
    assert "/admin/correspondence/reports/" in said
    assert not any(word in said for word in ("bramble", "thistle", "danger", pair.specialist.name, pair.reader.email))
