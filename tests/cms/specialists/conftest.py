"""What tests of specialists ask for."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.people.models import User
from cms.specialists import evidence, services
from cms.specialists.models import Specialist
from tests import factories


def written(**fields: Any) -> dict[str, Any]:
    """Give everything that a profile needs to be handed in."""
    return {
        "name": "Mara Quint",
        "professional_title": "Counselling psychologist, MSc",
        "summary": "Works slowly and plainly.",
        "approach": "We begin with this week.",
        "modalities": ["cbt"],
        "languages": ["en", "de"],
        "ways": ["video"],
        "country": "IE",
        "fee_amount": 70,
        "fee_currency": "EUR",
        "fee_minutes": 50,
        "registration_body": "Register of Tests",
        "registration_number": "T-1",
        "registration_country": "IE",
        "topics": [factories.topic()],
        **fields,
    }


def pdf_file(name: str = "licence.pdf", content: bytes = b"%PDF-1.4\nlicence\n%%EOF\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture_file(width: int = 300, height: int = 200) -> io.BytesIO:
    return io.BytesIO(factories.png("face.png", width, height).read())


@pytest.fixture
def user() -> User:
    return factories.reader(first_name="Mara", last_name="Quint")


@pytest.fixture
def moderator() -> User:
    return factories.safety_moderator()


@pytest.fixture
def complete(user: User) -> Specialist:
    """A profile with everything that is needed, not handed in."""
    services.start(user)
    services.save_draft(user, written())
    evidence.hand_in(user, "registration", pdf_file())
    return Specialist.objects.get(user=user)


@pytest.fixture
def submitted(user: User, complete: Specialist) -> Specialist:
    return services.submit(user)
