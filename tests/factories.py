"""Makes what tests are about: the smallest true thing of each kind, published unless told otherwise.

Every function fills in what it is not given, so a test names only what it is about. Everything is
published through :mod:`cms.publishing.services`, as the admin does it; ``live=False`` leaves a draft.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image
from wagtail.models import Collection, Locale, Page, Site

from api.library.models import Entry
from cms.articles.models import (
    Article,
    ArticleAuthor,
    ArticleChange,
    ArticleIndex,
    ArticleReference,
    ArticleRelation,
    Topic,
)
from cms.banners.models import Banner
from cms.consultations.models import ConsultationPage
from cms.helplines.models import Helpline
from cms.pages.models import HomePage, InformationPage
from cms.pages.roles import MODERATORS, PUBLISHERS, REVIEWERS, WRITERS
from cms.people.models import Person, User
from cms.pictures.models import Picture
from cms.publishing.models import Ledger
from cms.publishing.services import one_writer, save_and_publish
from cms.references.models import Reference, ReferenceAuthor
from cms.specialists.choices import State
from cms.specialists.models import Campaign, Specialist

PASSWORD = "a long enough password"

_numbers = count(1)

P = TypeVar("P", bound=Page)
S = TypeVar("S", bound=Any)


# ---- Ground to stand on ----------------------------------------------------------------------


def ground() -> Page:
    """Give the tree's root, making it, the locale and the root collection anew where a flush took them."""
    Locale.objects.get_or_create(language_code="en")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    root = Page.get_first_root_node()
    return root if root is not None else Page.add_root(title="Root", slug="root")


def take_ground_away() -> None:
    """Leave a site on which nothing is published, nor ever was."""
    with one_writer():
        for page in Page.objects.filter(depth=2):
            page.delete()
    Entry.objects.all().delete()
    Ledger.objects.all().delete()


def home_page(**fields: Any) -> HomePage:
    """Give the site's home page, published; it is made once, and published anew with the fields it is given."""
    existing = HomePage.objects.first()
    if existing is not None:
        for name, value in fields.items():
            setattr(existing, name, value)
        return save_and_publish(existing) if fields else existing
    with one_writer():
        root = ground()
        for page in root.get_children():
            page.delete()
        home = publish_below(Page.objects.get(pk=root.pk), HomePage(**{"title": "Respite", "slug": "home", **fields}))
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", site_name="Respite", root_page=home, is_default_site=True)
    return home


def article_index(**fields: Any) -> ArticleIndex:
    """Give the list of articles below the home page; without fields it is made once."""
    existing = ArticleIndex.objects.first()
    if existing is not None and not fields:
        return existing
    return publish_below(home_page(), ArticleIndex(**{"title": "Articles", "slug": "articles", **fields}))


def publish_below(parent: Page, page: P, live: bool = True) -> P:
    """Add a page as the last child of a parent, and publish it unless it is to stay a draft."""
    with one_writer():
        page.live = False
        Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
        if not live:
            page.save_revision()
            return page
        return save_and_publish(page)


def publish_snippet(snippet: S, live: bool = True) -> S:
    """Save a snippet and publish it unless it is to stay a draft."""
    if live:
        return save_and_publish(snippet)
    with one_writer():
        snippet.live = False
        snippet.save()
        snippet.save_revision()
        return snippet


# ---- Snippets --------------------------------------------------------------------------------


def topic(title: str = "", *, live: bool = True, **fields: Any) -> Topic:
    """Make a topic."""
    title = title or f"Topic {next(_numbers)}"
    return publish_snippet(
        Topic(**{"title": title, "slug": slugify(title), "summary": f"About {title}.", **fields}), live
    )


def person(name: str = "", *, live: bool = True, **fields: Any) -> Person:
    """Make an author or reviewer."""
    name = name or f"Ana Writer {next(_numbers)}"
    values = {"slug": slugify(name), "credentials": "PhD, psychologist", "biography": "<p>Writes about care.</p>"}
    return publish_snippet(Person(name=name, **{**values, **fields}), live)


def reference(
    title: str = "", *, authors: Sequence[dict[str, str]] | None = None, live: bool = True, **fields: Any
) -> Reference:
    """Make a reference to a journal article by two people, with an annotation and a locator."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "title": title or f"Attachment styles in group {number}",
        "container_title": "Journal of Care",
        "year": 1991,
        "volume": "61",
        "issue": "2",
        "pages": "226-244",
        "doi": f"10.5555/respite.{number}",
        "annotation": "Found four styles where three were expected.",
        "locators": [("locator", {"label": "page", "value": "226–230", "note": "model overview"})],
    }
    if fields.get("status", "none") != "none":
        values["notice_date"] = date(2026, 8, 1)
    work = Reference(**{**values, **fields})
    named = (
        [{"family": "Author", "given": "Bea C."}, {"family": "Writer", "given": "Dan"}] if authors is None else authors
    )
    work.authors = [ReferenceAuthor(sort_order=order, **author) for order, author in enumerate(named)]
    return publish_snippet(work, live)


def banner(heading: str = "", *, topics: Iterable[Topic] = (), live: bool = True, **fields: Any) -> Banner:
    """Make a banner for clients that stands on the home page and below articles."""
    heading = heading or f"A first conversation {next(_numbers)}"
    values: dict[str, Any] = {
        "name": heading,
        "heading": heading,
        "lead": "Thirty minutes, free, no obligation.",
        "placements": ["home", "article_end"],
        "panels_content": [
            ("benefits", {"introduction": "", "items": ["You can ask anything."]}),
            ("important", {"introduction": "It is not therapy yet.", "items": ["It is not an emergency service."]}),
        ],
    }
    thing = Banner(**{**values, **fields})
    thing.topics = list(topics)
    return publish_snippet(thing, live)


def helpline(name: str = "", *, live: bool = True, **fields: Any) -> Helpline:
    """Make a helpline of the United Kingdom."""
    values = {"country": "GB", "phone": "116 123", "hours": "At any hour, every day", "description": "To be heard"}
    return publish_snippet(Helpline(name=name or f"Helpline {next(_numbers)}", **{**values, **fields}), live)


def specialist(
    name: str = "", *, topics: Iterable[Topic] | None = None, live: bool = True, user: User | None = None, **fields: Any
) -> Specialist:
    """Make a verified specialist with an account of their own; ``live=False`` leaves a draft that nobody has seen."""
    number = next(_numbers)
    name = name or f"Mara Tester {number}"
    values: dict[str, Any] = {
        "slug": slugify(name),
        "professional_title": "Counselling psychologist, MSc",
        "summary": "Works slowly and plainly.",
        "approach": "We begin with this week.\n\nThen we see.",
        "modalities": ["cbt"],
        "languages": ["en"],
        "ways": ["video"],
        "country": "IE",
        "fee_amount": Decimal("70.00"),
        "registration_body": "Register of Tests",
        "registration_number": f"T-{number}",
        "registration_country": "IE",
    }
    if live:
        values |= {
            "state": State.VERIFIED,
            "verified_at": timezone.now() - timedelta(days=30),
            "verified_until": (timezone.now() + timedelta(days=335)).date(),
            "checked": "Name and number compared with the register.",
        }
    thing = Specialist(name=name, user=user or reader(), **{**values, **fields})
    thing.topics = [topic()] if topics is None else list(topics)
    return publish_snippet(thing, live)


def campaign(name: str = "", *, live: bool = True, **fields: Any) -> Campaign:
    """Make a campaign of four weeks around today, in which one at a time stands first; another one comes after it."""
    last = Campaign.objects.order_by("-ends_on").first()
    begins = last.ends_on + timedelta(days=1) if last else timezone.now().date() - timedelta(days=14)
    values = {"starts_on": begins, "ends_on": begins + timedelta(days=27), "cap": 1}
    return publish_snippet(Campaign(name=name or f"Campaign {next(_numbers)}", **{**values, **fields}), live)


def picture(
    title: str = "", *, width: int = 1600, height: int = 900, colour: str = "#6b4a68", **fields: Any
) -> Picture:
    """Make a picture: a PNG of one colour with a band across it."""
    ground()
    title = title or f"Picture {next(_numbers)}"
    return Picture.objects.create(title=title, file=png(f"{slugify(title)}.png", width, height, colour), **fields)


def png(name: str, width: int = 1600, height: int = 900, colour: str = "#6b4a68") -> ImageFile:
    """Draw the file of a picture; another colour makes another file."""
    drawn = Image.new("RGB", (width, height), colour)
    drawn.paste("#e3c08b", (0, height // 3, width, height // 2))
    content = io.BytesIO()
    drawn.save(content, "PNG")
    return ImageFile(ContentFile(content.getvalue()), name=name)


def pdf(name: str) -> ContentFile:
    """Give the file of a document: the smallest thing that calls itself a PDF."""
    return ContentFile(b"%PDF-1.4\n%%EOF\n", name=name)


# ---- Pages -----------------------------------------------------------------------------------


def rich_text(*paragraphs: str) -> str:
    """Wrap paragraphs as the editor stores them."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def body_blocks() -> list[tuple[str, Any]]:
    """Give a short body with every kind of block that needs no picture."""
    return [
        ("text", rich_text("It began with a feeling that nobody had <b>a word</b> for.")),
        ("heading", {"text": "What it is", "level": "2"}),
        ("text", rich_text("A second thought about the same thing.")),
        ("quote", {"text": "You are allowed to take your time.", "attribution": "A friend"}),
        ("takeaways", {"items": ["Rest counts.", "Ask for help early."]}),
        ("exercise", {"title": "A slow breath", "introduction": "Sit down.", "steps": ["Breathe in.", "Breathe out."]}),
        ("list", {"title": "What helps", "items": ["Sleep", "A walk"]}),
        ("find_support", {"title": "Has this stirred something up?", "text": "Somebody will listen."}),
    ]


def article(
    title: str = "",
    *,
    parent: Page | None = None,
    authors: Iterable[Person] | None = None,
    topics: Iterable[Topic] | None = None,
    references: Iterable[Reference | tuple[Reference, dict[str, Any]]] | None = None,
    related: Iterable[Article] = (),
    corrections: Iterable[str] = (),
    body: list[tuple[str, Any]] | None = None,
    live: bool = True,
    **fields: Any,
) -> Article:
    """Make an article with an author, a reviewer, a topic, a reference and a body.

    A reference may come as ``(reference, {"annotation": …, "locators": …})``, the article's own words over the work's.
    """
    title = title or f"On care, part {next(_numbers)}"
    values: dict[str, Any] = {
        "slug": slugify(title),
        "summary": f"What we know about {title.lower()}.",
        "body": body_blocks() if body is None else body,
        "reviewed_on": date(2026, 9, 1),
        "next_review_on": date(2028, 9, 1),
    }
    if "reviewer" not in fields:
        fields["reviewer"] = person()
    if fields["reviewer"] is None:
        values |= {"reviewed_on": None, "next_review_on": None}
    page = Article(title=title, **{**values, **fields})
    page.authorships = [
        ArticleAuthor(person=author, sort_order=order)
        for order, author in enumerate([person()] if authors is None else authors)
    ]
    page.references = [
        ArticleReference(reference=work, sort_order=order, **own)
        for order, (work, own) in enumerate(
            item if isinstance(item, tuple) else (item, {})
            for item in ([reference()] if references is None else references)
        )
    ]
    page.relations = [ArticleRelation(related=other, sort_order=order) for order, other in enumerate(related)]
    page.changes = [
        ArticleChange(date=date(2026, 10, 1), note=note, sort_order=order) for order, note in enumerate(corrections)
    ]
    page.topics = [topic()] if topics is None else list(topics)
    return publish_below(parent or article_index(), page, live)


def information_page(
    title: str = "", *, parent: Page | None = None, live: bool = True, **fields: Any
) -> InformationPage:
    """Make a page such as About."""
    title = title or f"About us {next(_numbers)}"
    values: dict[str, Any] = {"slug": slugify(title), "summary": "Who we are.", "body": body_blocks()}
    return publish_below(parent or home_page(), InformationPage(title=title, **{**values, **fields}), live)


def consultation_page(title: str = "", *, live: bool = True, **fields: Any) -> ConsultationPage:
    """Make the page about the free consultation, for clients unless told otherwise."""
    title = title or f"Free consultation {next(_numbers)}"
    values: dict[str, Any] = {
        "slug": slugify(title),
        "summary": "A first step.",
        "panels_content": [("benefits", {"introduction": "", "items": ["You can ask anything."]})],
        "body": body_blocks(),
    }
    return publish_below(home_page(), ConsultationPage(title=title, **{**values, **fields}), live)


# ---- Users -----------------------------------------------------------------------------------


def writer(email: str = "", **fields: Any) -> User:
    """Make a member of the group Writers. The password is :data:`PASSWORD`."""
    return _member(WRITERS, email or f"writer{next(_numbers)}@example.org", **fields)


def clinical_reviewer(email: str = "", **fields: Any) -> User:
    """Make a member of the group Clinical reviewers. The password is :data:`PASSWORD`."""
    return _member(REVIEWERS, email or f"reviewer{next(_numbers)}@example.org", **fields)


def publisher(email: str = "", **fields: Any) -> User:
    """Make a member of the group Publishers. The password is :data:`PASSWORD`."""
    return _member(PUBLISHERS, email or f"publisher{next(_numbers)}@example.org", **fields)


def safety_moderator(email: str = "", **fields: Any) -> User:
    """Make a member of the group Moderators. The password is :data:`PASSWORD`."""
    return _member(MODERATORS, email or f"moderator{next(_numbers)}@example.org", **fields)


# What writers and publishers were called before; tests that are being written still know them so.
editor, moderator = writer, publisher


def administrator(email: str = "", **fields: Any) -> User:
    """Make a superuser. The password is :data:`PASSWORD`."""
    return User.objects.create_superuser(email or f"administrator{next(_numbers)}@example.org", PASSWORD, **fields)


def reader(email: str = "", **fields: Any) -> User:
    """Make somebody with an account whose address is confirmed, and no rights. The password is :data:`PASSWORD`."""
    return confirmed(User.objects.create_user(email or f"reader{next(_numbers)}@example.org", PASSWORD, **fields))


def confirmed(user: User) -> User:
    """Confirm the address of an account, and give the account."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _member(group: str, email: str, **fields: Any) -> User:
    user = User.objects.create_user(email, PASSWORD, **fields)
    user.groups.add(Group.objects.get(name=group))
    return user
