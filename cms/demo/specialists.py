"""Plants the demonstration's specialists, all of them invented, and a campaign in which some stand first."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from cms.articles.models import Topic
from cms.demo.marks import find_or_make
from cms.demo.snippets import Record, records
from cms.people.models import User
from cms.publishing.services import save_and_publish
from cms.specialists.choices import State
from cms.specialists.models import Campaign, Specialist, Step

MODERATOR = "moderator@respite.example"
CHECKED = "Name and number compared with the register, which is invented as well."
VERIFIED_FOR = timedelta(days=365)


def plant_specialists(topics: dict[str, Topic]) -> None:
    """Make the demonstration's specialists, verified by its moderator, and a campaign that runs now."""
    for record in records("specialists"):
        find_or_make(Specialist, f"specialist:{record['slug']}", partial(make_specialist, record, topics))
    find_or_make(Campaign, "campaign:first-steps", make_campaign)


def make_specialist(record: Record, topics: dict[str, Topic]) -> Specialist:
    plain = {name: value for name, value in record.items() if name not in ("email", "topics", "verified_days_ago")}
    for name in ("fee_amount", "reduced_fee"):
        plain[name] = Decimal(plain[name]) if plain[name] else None
    verified_at = timezone.now() - timedelta(days=record["verified_days_ago"])
    moderator = User.objects.filter(email=MODERATOR).first()
    specialist = Specialist(
        **plain,
        user=account_of(record),
        state=State.VERIFIED,
        submitted_at=verified_at - timedelta(days=2),
        verified_at=verified_at,
        verified_by=moderator,
        verified_until=(verified_at + VERIFIED_FOR).date(),
        checked=CHECKED,
    )
    specialist.topics = [topics[slug] for slug in record["topics"] if slug in topics]
    made = save_and_publish(specialist)
    write_history(made, moderator, verified_at)
    return made


def account_of(record: Record) -> User:
    """Give the account a profile belongs to; those that nobody is to log in to have no password."""
    first, last = record["name"].removeprefix("Dr ").split(" ", 1)
    make = partial(User.objects.create_user, record["email"], first_name=first, last_name=last)
    return find_or_make(User, f"user:{record['email']}", make)[0]


def write_history(specialist: Specialist, moderator: User | None, verified_at: datetime) -> None:
    Step.objects.bulk_create(
        [
            Step(
                specialist=specialist,
                action=Step.Action.SUBMITTED,
                at=verified_at - timedelta(days=2),
                by=specialist.user,
            ),
            Step(
                specialist=specialist,
                action=Step.Action.VERIFIED,
                at=verified_at,
                by=moderator,
                checked=CHECKED,
                until=specialist.verified_until,
            ),
        ]
    )


def make_campaign() -> Campaign:
    today = timezone.now().date()
    return save_and_publish(
        Campaign(
            name="First steps",
            starts_on=today - timedelta(days=7),
            ends_on=today + timedelta(days=21),
            cap=2,
        )
    )
