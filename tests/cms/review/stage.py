"""The things that the table of roles is about, and the people of each role who try their hand at them."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.search import index

from cms.articles.models import Article, ArticleIndex
from cms.correspondence import services
from cms.imports.models import ImportRow, ReferenceImport
from cms.people.models import User
from cms.pictures.models import Picture
from cms.specialists.choices import State
from cms.specialists.files import PDF, as_jpeg, keep
from cms.specialists.models import Evidence, Specialist
from cms.specialists.photos import picture_of
from tests import factories
from tests.cms.articles.forms import pass_review
from tests.cms.correspondence.stage import reported, two
from tests.cms.questions import making

MAKERS = {
    "W": factories.writer,
    "R": factories.clinical_reviewer,
    "P": factories.publisher,
    "M": factories.safety_moderator,
    "A": factories.administrator,
}


@dataclass
class Stage:
    """Everything the cells of the table need, made once."""

    people: dict[str, User]
    index: ArticleIndex
    elsewhere: ArticleIndex
    things: dict[str, Any] = field(default_factory=dict)
    forms: dict[str, Any] = field(default_factory=dict)

    def thing(self, name: str, role: str) -> Any:
        """Give the object of a row as it is for a role: one's own is another for each."""
        return self.things.get(f"{name} {role}") or self.things.get(name) or self.things.get(f"{name} W")

    def client(self, role: str) -> Client:
        """Give a browser in which somebody of this role is logged in; nobody for a visitor."""
        client = Client(raise_request_exception=False)
        if role in self.people:
            client.force_login(self.people[role])
        return client


def draft(stage: Stage, title: str, owner: User | None, **fields: Any) -> Article:
    """Make an article that has been saved twice, so that there is something to compare."""
    article = factories.article(
        title, parent=stage.index, owner=owner, authors=stage.things["authors"], **{"live": False, **fields}
    )
    page: Any = Article.objects.get(pk=article.pk)
    page.latest_revision_object = page.get_latest_revision_as_object()
    page.latest_revision_object.summary = "Said a second time."
    page.latest_revision_object.save_revision(user=owner)
    return Article.objects.get(pk=article.pk)


def set_stage() -> Stage:
    """Make every object of the table, and somebody of each role."""
    people: dict[str, User] = {role: make() for role, make in MAKERS.items()}
    people["reader"] = User.objects.create_user("reader@example.org", factories.PASSWORD)
    stage = Stage(people, factories.article_index(), factories.article_index(title="Elsewhere", slug="elsewhere"))
    other = factories.writer()
    topic = factories.topic()
    work, author = factories.reference(), factories.person()
    stage.things |= {"authors": [author]}
    same: dict[str, Any] = {"topics": [topic], "references": [work], "reviewer": author}
    for role in MAKERS:
        stage.things[f"own draft {role}"] = draft(stage, f"Quietude {role}", people[role], **same)
    stage.things["shared draft"] = draft(stage, "Quietude shared", other, shared=True, **same)
    secret = factories.picture("Quietude in a picture", colour="#111111", uploaded_by_user=other)
    stage.things["picture of a restricted draft"] = secret
    stage.things["restricted draft"] = draft(stage, "Quietude restricted", other, image=secret, **same)
    for name in ("draft in clinical review", "draft in publication"):
        article: Any = draft(stage, f"Quietude {name}", other, **same)
        article.get_workflow().start(article, other)
        if name == "draft in publication":
            pass_review(article)
        stage.things[name] = article
    shown = factories.picture("Quietude for all", colour="#222222", uploaded_by_user=other)
    stage.things["picture of a live article"] = shown
    stage.things["live article"] = draft(stage, "Quietude live", other, image=shown, live=True, **same)
    for page in Article.objects.all():
        index.insert_or_update_object(page)  # the task that does so waits for a commit
    _add_snippets(stage, {"reference": work, "topic": topic, "person": author})
    _add_files(stage, other)
    _add_import(stage, other)
    stage.things["question"] = making.question(stage.people["reader"])
    stage.things["answer"] = making.answer(making.public_question())
    _add_specialist(stage)
    _add_letters(stage)
    return stage


def _add_snippets(stage: Stage, made: dict[str, Any]) -> None:
    made |= {"banner": factories.banner(), "helpline": factories.helpline(), "campaign": factories.campaign()}
    for kind in made:
        make = getattr(factories, kind)
        for name in (kind, f"{kind} in publication"):
            thing = make()
            thing.save_revision()
            thing.save_revision()
            stage.things[name] = thing
            if name != kind:
                thing.get_workflow().start(thing, stage.people["W"])


def _add_specialist(stage: Stage) -> None:
    """Make a profile that waits, with a photo and a file that was handed in."""
    specialist = factories.specialist("Quietude Specialist", live=False, state=State.SUBMITTED)
    specialist.photo = picture_of(specialist, as_jpeg(factories.png("face.png", 300, 300).read()))
    specialist.save_revision()
    evidence = Evidence.objects.create(specialist=specialist, name="licence.pdf", content_type=PDF, size=9)
    keep(evidence, b"%PDF-%%EOF")
    stage.things["specialist"] = Specialist.objects.get(pk=specialist.pk)


def _add_import(stage: Stage, other: User) -> None:
    """Make an import that has been carried out, with a draft to publish."""
    record = ReferenceImport.objects.create(
        user=other, name="Quietude", state=ReferenceImport.State.DONE, total=1, done=1
    )
    work = factories.reference("Quietude imported", live=False)
    work.save_revision(user=other)
    record.rows.create(number=1, line=1, kind=ImportRow.Kind.NEW, made=work, result=ImportRow.Result.MADE)
    stage.things["import of references"] = record


def _add_letters(stage: Stage) -> None:
    """Make a letter to the team, and a report of what a specialist has written to a reader."""
    letter, _made = services.write_to_team(stage.people["reader"], "using", "Quietude in a letter")
    stage.things["letter to the team"] = letter.thread
    stage.things["reported message"] = reported(two(), "Quietude reported")


def _add_files(stage: Stage, other: User) -> None:
    stage.things["library picture"] = factories.picture("Quietude in the library", colour="#333333")
    stage.things["library document"] = _document("library", None)
    for number, role in enumerate(MAKERS):
        picture = factories.picture(
            f"Quietude by {role}", colour=f"#44444{number}", uploaded_by_user=stage.people[role]
        )
        stage.things[f"own picture {role}"] = picture
        stage.things[f"own document {role}"] = _document(role, stage.people[role])


def _document(name: str, owner: User | None) -> Any:
    return Document.objects.create(title=f"Quietude {name}", file=factories.pdf(f"{name}.pdf"), uploaded_by_user=owner)


def rendition_of(picture: Picture) -> Any:
    """Draw a picture as pages show it."""
    return picture.get_rendition("width-400|format-webp")


def again(thing: Any) -> Any:
    """Load a thing as it is now; None where it is gone."""
    manager: Any = Page.objects if isinstance(thing, Page) else type(thing)._default_manager
    found = manager.filter(pk=thing.pk).first()
    return found.specific if isinstance(found, Page) else found
