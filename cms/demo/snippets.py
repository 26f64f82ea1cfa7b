"""Plants the demonstration's topics, people, references, helplines and banners."""

import json
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.articles.models import Topic
from cms.banners.models import Banner
from cms.demo.accounts import KNOWN_TO_READERS
from cms.demo.marks import find_or_make
from cms.demo.reader import CONTENT
from cms.helplines.models import Helpline, HelplineWords
from cms.people.models import Person, User
from cms.promotions.models import PromotedResult
from cms.publishing.services import save_and_publish
from cms.references.models import Reference, ReferenceAuthor

Record = dict[str, Any]


def records(name: str) -> list[Record]:
    """Give the records of one of the content's JSON files, or of all in the folder of that name."""
    files = sorted((CONTENT / name).glob("*.json")) or [CONTENT / f"{name}.json"]
    return [record for file in files for record in json.loads(file.read_text("utf-8"))]


def plant_topics() -> dict[str, Topic]:
    """Give the demonstration's topics by slug. A topic that is there already under its slug is used as it is."""
    return {
        record["slug"]: Topic.objects.filter(slug=record["slug"]).first()
        or find_or_make(Topic, f"topic:{record['slug']}", partial(make_topic, record))[0]
        for record in records("topics")
    }


def make_topic(record: Record) -> Topic:
    return save_and_publish(Topic(**record))


def plant_people() -> dict[str, Person]:
    """Give the demonstration's authors and reviewers by slug."""
    return {
        record["slug"]: Person.objects.filter(slug=record["slug"]).first()
        or find_or_make(Person, f"person:{record['slug']}", partial(make_person, record))[0]
        for record in records("people")
    }


def make_person(record: Record) -> Person:
    user = User.objects.filter(email=KNOWN_TO_READERS.get(record["slug"], "")).first()
    return save_and_publish(Person(**{**record, "biography": f"<p>{record['biography']}</p>", "user": user}))


def make_reference(record: Record) -> Reference:
    """Build one reference, unsaved, from its record."""
    plain = {name: value for name, value in record.items() if name not in {"key", "authors", "editors", "locators"}}
    reference: Any = Reference(**plain, locators=json.dumps(locator_blocks(record.get("locators", []))))
    roles = ReferenceAuthor.Role
    named = [(name, roles.AUTHOR) for name in record["authors"]]
    named += [(name, roles.EDITOR) for name in record.get("editors", [])]
    reference.authors = [author(name, role, position) for position, (name, role) in enumerate(named)]
    made: Reference = reference
    return made


def make_published_reference(record: Record) -> Reference:
    return save_and_publish(make_reference(record))


def author(name: str, role: str, position: int) -> ReferenceAuthor:
    """A name with a comma is a person's, family name first; one without is an organisation's."""
    family, comma, given = name.partition(", ")
    parts = {"family": family, "given": given} if comma else {"organisation": name}
    return ReferenceAuthor(role=role, sort_order=position, **parts)


def locator_blocks(locators: list[Record]) -> list[Record]:
    return [{"type": "locator", "value": locator} for locator in locators]


def plant_references() -> dict[str, Reference]:
    """Give the demonstration's references by key."""
    return {
        record["key"]: find_or_make(Reference, f"reference:{record['key']}", partial(make_published_reference, record))[
            0
        ]
        for record in records("references")
    }


def plant_helplines() -> None:
    """Plant the helplines. None carries a date of verification: an editor gives it after checking."""
    for record in records("helplines"):
        fields = {name: value for name, value in record.items() if name != "key"}
        find_or_make(Helpline, f"helpline:{record['key']}", partial(make_helpline, fields))


def make_helpline(fields: Record) -> Helpline:
    helpline: Any = Helpline(**{name: value for name, value in fields.items() if name != "words"})
    helpline.words = [HelplineWords(**words, sort_order=order) for order, words in enumerate(fields.get("words", []))]
    made: Helpline = save_and_publish(helpline)
    return made


def plant_promotions(pages: dict[str, Page]) -> None:
    """Plant what stands above the results of some searches."""
    for record in records("promotions"):
        find_or_make(PromotedResult, f"promotion:{record['key']}", partial(make_promotion, record, pages))


def make_promotion(record: Record, pages: dict[str, Page]) -> PromotedResult:
    return save_and_publish(
        PromotedResult(
            heading=record["heading"],
            note=record["note"],
            phrases="\n".join(record["phrases"]),
            page_id=pages[record["page"]].pk,
        )
    )


def plant_banners(topics: dict[str, Topic], pages: dict[str, Page]) -> None:
    """Plant the consultation banners; days of a start or end count from the morning of the planting."""
    today = datetime.combine(timezone.now().date(), time(8), UTC)
    for record in records("banners"):
        find_or_make(Banner, f"banner:{record['key']}", partial(make_banner, record, topics, pages, today))


def make_banner(record: Record, topics: dict[str, Topic], pages: dict[str, Page], today: datetime) -> Banner:
    banner: Any = Banner(
        **{name: record[name] for name in ["name", "audience", "heading", "lead", "placements", "priority"]},
        panels_content=json.dumps(panel_blocks(record["panels"])),
        call_to_action=record["call_to_action"],
        call_to_action_page_id=pages[record["page"]].pk,
        starts_at=today + timedelta(record["starts_in_days"]) if "starts_in_days" in record else None,
        ends_at=today + timedelta(record["ends_in_days"]) if "ends_in_days" in record else None,
    )
    banner.topics = [topics[slug] for slug in record["topics"]]
    published: Banner = save_and_publish(banner)
    return published


def panel_blocks(panels: list[Record]) -> list[Record]:
    return [
        {
            "type": panel["kind"],
            "value": {
                "introduction": panel["introduction"],
                "items": panel["items"],
            },
        }
        for panel in panels
    ]
