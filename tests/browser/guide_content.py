"""What the guide's pictures show beyond the demonstration: invented works and texts, made on one day of our own."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cms.articles.models import Article, Topic
from cms.banners.models import Banner, BannerCount
from cms.helplines.models import Helpline
from cms.people.models import Person, User
from cms.publishing.services import save_and_publish
from cms.references.models import Reference
from tests import factories
from tests.browser.guide_stage import DRAFT, LIVE, NOW, SUBMITTED
from tests.cms.articles.forms import pass_review

TODAY = date.fromisoformat(NOW[:10])
SUMMARY = "Where one sits decides how often one looks up."
PLACES = {"home": 61, "article_end": 48, "after_section_2": 83}

LONG = (
    "A desk that stands by a window lets you look up from what you do and rest your eyes on something that is further "
    "away than the words in front of you, which is a small thing that you can do again and again until the day is over."
)


def prepare() -> None:
    """Make it all, over the loaded demonstration, by the clock of :data:`NOW`."""
    works = _works()
    _articles(works)
    _banners()
    # What the demonstration counts from the day of its planting is given a day of its own.
    Article.objects.filter(slug="panic").update(next_review_on=date(2026, 10, 30))
    Article.objects.filter(slug="sleep").update(next_review_on=date(2026, 11, 24))
    Helpline.objects.update(verified_on=date(2026, 10, 1))
    Helpline.objects.filter(name="Lifeline").update(verified_on=date(2026, 3, 2))


def _works() -> dict[str, Reference]:
    """Make three works: one sound, one rated, one that is retracted after it was cited."""
    common: dict[str, Any] = {"container_title": "Journal of Invented Examples", "locators": [], "annotation": ""}
    walks = factories.reference(
        "A plain account of evening walks",
        authors=[{"family": "Ferrow", "given": "Ada"}],
        **{**common, "year": 2019, "volume": "4", "issue": "", "pages": "11-29", "doi": "10.5555/walks.2019"},
        study_type="cohort",
        strength="low",
        rated_by=Person.objects.get(slug="tomas-feld"),
        rated_on=date(2026, 9, 14),
    )
    promises = factories.reference(
        "On the use of small promises",
        authors=[{"family": "Tallis", "given": "Ann"}],
        **{**common, "year": 2021, "volume": "6", "issue": "", "pages": "40-52", "doi": "10.5555/promises.2021"},
    )
    return {"walks": walks, "promises": promises}


def _articles(works: dict[str, Reference]) -> None:
    writer = User.objects.get(email="writer@respite.example")
    publisher = User.objects.get(email="publisher@respite.example")
    people = {"authors": [Person.objects.get(slug="ilse-marrow")], "reviewer": Person.objects.get(slug="tomas-feld")}
    own: dict[str, Any] = {**people, "topics": [Topic.objects.get(slug="sleep")], "owner": writer}
    walk: dict[str, Any] = {"summary": "Why a short walk can end a day.", "expire_at": _at(20)}
    factories.article(LIVE, body=_walking(works), references=[], **walk, **own)
    _draft(DRAFT, _desk(works), **own)
    _draft("Letters that need no answer", _walking(works), **{**own, "owner": publisher})
    submitted: Any = _draft(SUBMITTED, _walking(works), **own)
    submitted.get_workflow().start(submitted, writer)
    pass_review(submitted)
    works["promises"].status, works["promises"].notice_date = "retracted", date(2026, 11, 2)
    works["promises"].notice_doi = "10.5555/notice.7"
    save_and_publish(works["promises"])


def _draft(title: str, body: list[tuple[str, Any]], *, owner: User, **own: Any) -> Article:
    """Make an article that nobody has published, saved by its owner."""
    article = factories.article(title, body=body, references=[], summary=SUMMARY, live=False, owner=owner, **own)
    article.save_revision(user=owner)
    return article


def _cited(work: Reference, words: str, **place: str) -> str:
    items = json.dumps([{"id": work.pk, **place}]).replace('"', "&quot;")
    return f'<a linktype="citation" items="{items}">{words}</a>'


def _walking(works: dict[str, Reference]) -> list[tuple[str, Any]]:
    walks = _cited(works["walks"], "(Ferrow, 2019, p. 14)", label="page", locator="14")
    promises = _cited(works["promises"], "(Tallis, 2021)")
    return [
        ("heading", {"text": "Before you go out", "level": "2"}),
        ("text", f"<p>Leave the telephone on the table. Twenty minutes are enough {walks}.</p>"),
        ("heading", {"text": "When you are back", "level": "2"}),
        ("text", f"<p>Put the shoes where you will see them tomorrow {promises}.</p>"),
    ]


def _desk(works: dict[str, Reference]) -> list[tuple[str, Any]]:
    walks = _cited(works["walks"], "(Ferrow, 2019, p. 14)", label="page", locator="14")
    return [
        ("heading", {"text": "Where you sit", "level": "2"}),
        ("text", f"<p>Most of us sit where the socket is. A place can be chosen {walks}.</p>"),
        ("takeaways", {"items": ["Look up often."]}),
        ("heading", {"text": "What you see from there", "level": "2"}),
        ("text", f"<p>{LONG}</p><p>A tree will do, or a wall in the afternoon.</p>"),
    ]


def _banners() -> None:
    """Give the demonstration's campaign a day, add one that meets others, and count what was shown."""
    campaign = Banner.objects.get(name__contains="campaign")
    campaign.starts_at, campaign.ends_at = _at(16), _at(16) + timedelta(30)
    save_and_publish(campaign)
    for banner in Banner.objects.filter(audience="client", locale__language_code="en"):
        for place in banner.placements:
            for day in range(30):  # a week's rhythm and some unevenness, the same every time
                shown = PLACES.get(place, 20) + day * 37 % 23 - (day % 7) * 4
                BannerCount.objects.create(
                    banner=banner,
                    placement=place,
                    day=TODAY - timedelta(29 - day),
                    shown=shown,
                    followed=shown // 9 + day % 3,
                )
    factories.banner(
        "A quiet half hour in November",
        lead="Thirty minutes with a mental-health specialist, free.",
        placements=["home"],
        starts_at=_at(12),
        ends_at=_at(26),
        priority=5,
    )


def _at(day: int) -> datetime:
    return datetime(2026, 11, day, 8, tzinfo=UTC)
