"""Nothing is kept longer than was promised."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from cms.correspondence import reporting, services
from cms.correspondence.models import Decision, Look, Message, Report, Thread
from cms.correspondence.refusals import NotPossible
from config.management.commands.scheduler import DUE
from tests import factories
from tests.cms.correspondence.stage import reported, two

pytestmark = pytest.mark.django_db

YEAR, HALF = timedelta(days=365), timedelta(days=180)


def sweep_in(span: timedelta) -> None:
    with time_machine.travel(timezone.now() + span):
        call_command("correspondence", "sweep")


def test_scheduler__sweeps() -> None:
    assert ("correspondence", "sweep") in DUE


def test_threads__go_a_year_after_their_last_message() -> None:
    reader = factories.reader()
    services.write_to_team(reader, "using", "To the team")
    pair = two()
    sweep_in(YEAR - timedelta(minutes=1))
    assert Thread.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        services.add(pair.thread, "A late word", {"author": pair.reader})
    sweep_in(YEAR + timedelta(minutes=1))
    assert list(Thread.objects.all()) == [pair.thread]
    sweep_in(YEAR + timedelta(days=301))
    assert not Thread.objects.exists()
    assert not Message.objects.exists()


def test_of_what_is_blocked__the_words_go_and_the_block_stays() -> None:
    pair = two()
    services.block(pair.helper, pair.thread)
    sweep_in(YEAR + timedelta(minutes=1))
    assert not Message.objects.exists()
    with pytest.raises(NotPossible):
        services.answer(pair.thread, pair.reader, "After a year")


def test_what_is_reported__waits_for_the_decision() -> None:
    pair = two()
    report = reported(pair)
    sweep_in(YEAR + timedelta(days=1))
    assert Thread.objects.filter(pk=pair.thread.pk).exists()
    reporting.decide(report, factories.safety_moderator(), Decision.NOTHING, "Fine")
    sweep_in(YEAR + timedelta(days=1))
    assert not Thread.objects.filter(pk=pair.thread.pk).exists()


def test_reports__go_half_a_year_after_the_decision_with_the_looks_at_them() -> None:
    pair, moderator = two(), factories.safety_moderator()
    report = reported(pair)
    reporting.look(report, moderator)
    sweep_in(HALF + timedelta(days=1))
    assert Report.objects.exists(), "what is not decided does not go"
    reporting.decide(report, moderator, Decision.NOTHING, "Fine")
    sweep_in(HALF - timedelta(minutes=1))
    assert Report.objects.exists()
    sweep_in(HALF + timedelta(minutes=1))
    assert not Report.objects.exists()
    assert not Look.objects.exists()
