"""What a specialist takes along, and that nothing of them is left once they have gone."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.people.models import Export, User
from cms.people.services import ask_for_deletion, ask_for_export, read_export
from cms.specialists import evidence, files, moderation, services
from cms.specialists.models import Specialist
from cms.specialists.photos import photos_of
from tests import factories
from tests.cms.specialists.conftest import pdf_file, picture_file, written
from tests.cms.specialists.test_services import CHECKED, in_a_year
from tests.pwa.test_account import everything_in_the_database

pytestmark = pytest.mark.django_db

PLANTED = ("plantedname", "plantedapproach", "plantednumber", "plantedcity", "plantedreason", "plantedfile")


@pytest.fixture
def user() -> User:
    """Somebody who was verified, changed something since and had it returned."""
    user, moderator = factories.reader("planted@example.org", first_name="Plantedname"), factories.safety_moderator()
    services.start(user)
    words = written(
        name="Plantedname", approach="A plantedapproach.", registration_number="plantednumber", place="Plantedcity"
    )
    services.save_draft(user, words, photo=files.as_jpeg(picture_file().read()))
    evidence.hand_in(user, "registration", pdf_file("plantedfile.pdf"))
    specialist = services.submit(user)
    moderation.verify(specialist.pk, moderator, CHECKED, in_a_year())
    services.save_draft(user, {"approach": "A plantedapproach, again."})
    services.submit(user)
    moderation.send_back(specialist.pk, moderator, "A plantedreason.")
    return user


def test_export__has_the_profile_its_history_and_what_was_handed_in(
    user: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_export(user)
    told: dict[str, Any] = read_export(Export.objects.get())["specialist"]
    assert told["public"]["approach"] == "A plantedapproach."
    assert told["newest"]["approach"] == "A plantedapproach, again."
    assert told["evidence"][0]["name"] == "plantedfile.pdf"
    assert "A plantedreason." in json.dumps(told["history"])
    assert "moderator" not in json.dumps(told["history"]), "who decided is not theirs to take along"


def test_deletion__leaves_no_word_of_them_anywhere(
    user: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = "\n".join(everything_in_the_database()).lower()
    assert all(word in before for word in PLANTED)
    picture = photos_of(user).get()
    media = [Path(one.file.path) for one in (picture, *picture.renditions.all())]
    assert len(media) > 1 and all(path.exists() for path in media)
    kept = set(files.storage().listdir("")[1])
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_deletion(user)
    left = [row for row in everything_in_the_database() if any(word in row.lower() for word in PLANTED)]
    assert left == []
    assert not Specialist.objects.exists()
    assert not [path for path in media if path.exists()], "photos and their renditions"
    assert len(set(files.storage().listdir("")[1])) == len(kept) - 1


def test_moderator__takes_along_what_they_decided_and_about_nobody(user: User) -> None:
    from cms.specialists.holdings import decisions

    moderator = User.objects.get(groups__name="Moderators")
    told = decisions(moderator)
    assert [one["what"] for one in told] == ["verified", "changes_returned"]
    assert not any(word in json.dumps(told).lower() for word in PLANTED)
