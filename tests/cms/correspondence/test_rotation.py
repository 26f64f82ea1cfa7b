"""A new sealing key: what was written stays readable, and the old key is not needed any more."""

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from cms.correspondence import reporting
from cms.correspondence.models import Decision, Place, Report
from cms.people.sealing import CannotOpen
from tests import factories
from tests.cms.correspondence.stage import reported, two

pytestmark = pytest.mark.django_db


def test_after_the_keys_were_changed__everything_is_read_with_the_new_one_alone(settings: Settings) -> None:
    settings.SEALING_KEYS = ["an old key"]
    pair = two("Before", "Robin")
    report = reported(pair, "Also before", "In my words")
    reporting.decide(report, factories.safety_moderator(), Decision.NOTHING, "A note")

    settings.SEALING_KEYS = ["a new key", "an old key"]
    assert pair.texts(pair.reader) == ["Before", "Also before"]
    call_command("accounts", "reseal")

    settings.SEALING_KEYS = ["a new key"]
    assert pair.texts(pair.reader) == ["Before", "Also before"]
    assert Place.objects.get(user=pair.reader).called == "Robin"
    again = Report.objects.get()
    assert (again.details, again.note) == ("In my words", "A note")

    settings.SEALING_KEYS = ["an old key"]
    with pytest.raises(CannotOpen):
        pair.texts(pair.reader)
