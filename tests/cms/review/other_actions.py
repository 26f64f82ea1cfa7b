"""What can be tried with snippets, pictures, documents and the rest: each says whether it had its effect."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from cms.correspondence.models import Closure
from cms.questions.models import Answer
from tests.cms.review.page_actions import Try, shows
from tests.cms.review.stage import Stage, again, rendition_of
from tests.cms.snippet_desk import SnippetDesk


def _at(thing: Any, view: str, *args: Any) -> str:
    return reverse(thing.snippet_viewset.get_url_name(view), args=args)


def _form(stage: Stage, thing: Any) -> dict[str, Any]:
    """Give a snippet's form as it came, which is asked for once, by an administrator."""
    key = f"{type(thing).__name__} {thing.pk}"
    if key not in stage.forms:
        stage.forms[key] = dict(SnippetDesk(type(thing), stage.people["A"]).form("edit", thing.pk).lists())
    return dict(stage.forms[key])


def _viewed(view: str, versions: int = 0, then: str = "") -> Try:
    """Try to open one of a snippet's views; some want one or two of its versions."""

    def view_it(stage: Stage, client: Client, thing: Any) -> bool:
        keys = list(thing.revisions.order_by("pk").values_list("pk", flat=True))[:versions]
        return shows(client.get(_at(thing, view, thing.pk, *keys)), then)

    return view_it


def _sent(action: str) -> Try:
    """Try to press one of the buttons of a snippet's form, and see a new version or a new state."""

    def send(stage: Stage, client: Client, thing: Any) -> bool:
        before = thing.revisions.count()
        pressed = {f"action-{action}": "1"} if action else {}
        client.post(_at(thing, "edit", thing.pk), {**_form(stage, thing), **pressed})
        now = again(thing)
        if action == "publish":
            return bool(now.live_revision_id == now.latest_revision_id and now.revisions.count() > before)
        return bool(now.workflow_in_progress) if action == "submit" else bool(now.revisions.count() > before)

    return send


def _created(stage: Stage, client: Client, thing: Any) -> bool:
    return shows(client.get(_at(thing, "add")))


def _unpublished(stage: Stage, client: Client, thing: Any) -> bool:
    client.post(_at(thing, "unpublish", thing.pk))
    return not again(thing).live


def _gone(stage: Stage, client: Client, thing: Any) -> bool:
    client.post(_at(thing, "delete", thing.pk))
    return again(thing) is None


def _gone_in_bulk(stage: Stage, client: Client, thing: Any) -> bool:
    meta = thing._meta
    address = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, "delete"])
    client.post(f"{address}?id={thing.pk}")
    return again(thing) is None


def _locked(stage: Stage, client: Client, thing: Any) -> bool:
    client.post(_at(thing, "lock", thing.pk))
    return bool(again(thing).locked)


def _acted(action: str) -> Try:
    def act(stage: Stage, client: Client, thing: Any) -> bool:
        waiting = stage.things[f"{type(thing).__name__.lower()} in publication"]
        state = waiting.current_workflow_task_state
        client.post(_at(waiting, "workflow_action", waiting.pk, action, state.pk), {"comment": "Thank you."})
        state.refresh_from_db()
        return bool(state.status != state.STATUS_IN_PROGRESS)

    return act


SNIPPET_ACTIONS: dict[str, Try] = {
    "list": lambda stage, client, thing: shows(client.get(_at(thing, "list"))),
    "create": _created,
    "edit": _viewed("edit"),
    "copy": _viewed("copy"),
    "save": _sent(""),
    "submit": _sent("submit"),
    "publish": _sent("publish"),
    "history": _viewed("history"),
    "view of a version": _viewed("revisions_view", 1),
    "compare": _viewed("revisions_compare", 2),
    "restore": _viewed("revisions_revert", 1),
    "usage": _viewed("usage"),
    "unpublish": _unpublished,
    "delete": _gone,
    "bulk delete": _gone_in_bulk,
    "lock": _locked,
    "approve": _acted("approve"),
    "send back": _acted("reject"),
}


def _opened(name: str, *args: Any) -> Try:
    """Try to open a view that belongs to no page or snippet; a number of the thing itself may be wanted."""

    def open_it(stage: Stage, client: Client, thing: Any) -> bool:
        wanted = [thing.pk if arg == "pk" else arg for arg in args]
        return shows(client.get(reverse(name, args=wanted)))

    return open_it


def _found(name: str) -> Try:
    return lambda stage, client, thing: shows(client.get(reverse(name)), thing.title)


def _looked(stage: Stage, client: Client, picture: Any) -> bool:
    return bool(client.get(f"/media/{rendition_of(picture).file.name}").status_code == 200)


def _original(stage: Stage, client: Client, picture: Any) -> bool:
    bare = client.get(f"/media/{picture.file.name}").status_code
    assert bare == 404, "an original is served to anybody"
    return bool(client.get(reverse("wagtailimages:preview", args=[picture.pk, "original"])).status_code == 200)


def _removed(name: str) -> Try:
    def remove(stage: Stage, client: Client, thing: Any) -> bool:
        client.post(reverse(name, args=[thing.pk]))
        return again(thing) is None

    return remove


PICTURE_ACTIONS: dict[str, Try] = {
    "list": _found("wagtailimages:index"),
    "choose": _found("wagtailimages_chooser:choose_results"),
    "be chosen": _opened("wagtailimages_chooser:chosen", "pk"),
    "admin API": lambda stage, client, thing: shows(client.get(f"/admin/api/main/images/{thing.pk}/"), thing.title),
    "look": _looked,
    "edit": _opened("wagtailimages:edit", "pk"),
    "usage": _opened("wagtailimages:image_usage", "pk"),
    "address": _opened("wagtailimages:url_generator", "pk"),
    "original": _original,
    "delete": _removed("wagtailimages:delete"),
}
DOCUMENT_ACTIONS: dict[str, Try] = {
    "list": _found("wagtaildocs:index"),
    "choose": _found("wagtaildocs_chooser:choose_results"),
    "serve": lambda stage, client, thing: client.get(thing.url).status_code == 200,
    "edit": _opened("wagtaildocs:edit", "pk"),
    "delete": _removed("wagtaildocs:delete"),
}


def _read(stage: Stage, client: Client, record: Any) -> bool:
    client.post(reverse("references_import:index"), {"pasted": "@book{new, title = {Rest}, year = 2001}"})
    return bool(type(record).objects.count() > 1)


def _imported(stage: Stage, client: Client, record: Any) -> bool:
    client.post(reverse("references_import:publish", args=[record.pk]))
    return again(record).publish


IMPORT_ACTIONS: dict[str, Try] = {
    "list": _opened("references_import:index"),
    "start": _read,
    "see": _opened("references_import:show", "pk"),
    "publish its drafts": _imported,
}


def _evidence(stage: Stage, client: Client, specialist: Any) -> bool:
    found = specialist.evidence.get()
    answer = client.get(reverse("specialists_desk:evidence", args=[specialist.pk, found.pk]))
    return answer.status_code == 200 and answer.content.startswith(b"%PDF")


def _photo(stage: Stage, client: Client, specialist: Any) -> bool:
    return bool(client.get(reverse("specialists_desk:photo", args=[specialist.pk])).content.startswith(b"\xff\xd8"))


def _verified(decision: str, sent: dict[str, str], state: str) -> Try:
    def decide(stage: Stage, client: Client, specialist: Any) -> bool:
        client.post(reverse("specialists_desk:decide", args=[specialist.pk, decision]), sent)
        return bool(again(specialist).state == state)

    return decide


NEXT_YEAR = (date.today() + timedelta(days=300)).isoformat()
SPECIALIST_ACTIONS: dict[str, Try] = {
    "list": lambda stage, client, thing: shows(client.get(reverse("specialists_desk:index")), thing.name),
    "see": lambda stage, client, thing: shows(
        client.get(reverse("specialists_desk:show", args=[thing.pk])), thing.name
    ),
    "preview": _opened("specialists_desk:preview", "pk"),
    "photo": _photo,
    "open evidence": _evidence,
    "verify": _verified("verify", {"checked": "The register", "until": NEXT_YEAR}, "verified"),
    "return": _verified("return", {"return-reasons": "The number is missing."}, "returned"),
}


def _moderated(decision: str) -> Try:
    """Try to decide about a question or an answer that waits, and see that it does not wait any more."""

    def decide(stage: Stage, client: Client, thing: Any) -> bool:
        name = "questions_read_answer" if isinstance(thing, Answer) else "questions_read"
        given = {"edition": thing.edition, "decision": decision, "reasons": ["unclear"]}
        client.post(reverse(name, args=[thing.pk]), given)
        return bool(not again(thing).is_waiting)

    return decide


DECISIONS = {"publish": _moderated("publish"), "give back": _moderated("return"), "reject": _moderated("reject")}
QUESTION_ACTIONS: dict[str, Try] = {
    "list": lambda stage, client, thing: shows(client.get(reverse("questions_queue")), thing.title),
    "read": _opened("questions_read", "pk"),
    **DECISIONS,
}
ANSWER_ACTIONS: dict[str, Try] = {"read": _opened("questions_read_answer", "pk"), **DECISIONS}


def _answered(stage: Stage, client: Client, letter: Any) -> bool:
    last = letter.messages.last()
    form = {"text": "Under Saved.", "key": str(uuid4()), "seen": str(last.public_id)}
    client.post(reverse("correspondence:letter", args=[letter.public_id]), form)
    return bool(letter.messages.last() != last)


def _done(stage: Stage, client: Client, letter: Any) -> bool:
    client.post(reverse("correspondence:letter_done", args=[letter.public_id]))
    return again(letter).waiting_since is None


def _report_decided(stage: Stage, client: Client, report: Any) -> bool:
    form = {"decision": "nothing", "note": "Fine", "words": ""}
    client.post(reverse("correspondence:report", args=[report.public_id]), form)
    return bool(again(report).decided_at)


def _reopened(stage: Stage, client: Client, report: Any) -> bool:
    Closure.objects.create(user=report.about)
    client.post(reverse("correspondence:reopen", args=[report.public_id]))
    return not Closure.objects.exists()


def _shown(name: str, then: str) -> Try:
    """Try to open one of the desk's pages about something, and see what it says."""
    return lambda stage, client, thing: shows(client.get(reverse(name, args=[thing.public_id])), then)


LETTER_ACTIONS: dict[str, Try] = {
    "list": _opened("correspondence:letters"),
    "read": _shown("correspondence:letter", "Quietude in a letter"),
    "answer": _answered,
    "mark as done": _done,
}
REPORT_ACTIONS: dict[str, Try] = {
    "list": _opened("correspondence:reports"),
    "look": _shown("correspondence:report", "Quietude reported"),
    "decide": _report_decided,
    "reopen messaging": _reopened,
}
PLACES: dict[str, Try] = {
    "dashboard": _opened("wagtailadmin_home"),
    "guide": _opened("guide"),
    "guide for moderators": _opened("guide_moderators"),
    "own account": _opened("wagtailadmin_account"),
    "site settings": lambda stage, client, thing: shows(
        client.get(reverse("wagtailsettings:edit", args=["pages", "sitesettings"]), follow=True), "crisis_note"
    ),
    "users": _opened("wagtailusers_users:index"),
    "groups": _opened("wagtailusers_groups:index"),
    "sites": _opened("wagtailsites:index"),
    "workflows": _opened("wagtailadmin_workflows:index"),
    "tasks": _opened("wagtailadmin_workflows:task_index"),
    "collections": _opened("wagtailadmin_collections:index"),
    "report of locked pages": _opened("wagtailadmin_reports:locked_pages"),
    "report of kinds of pages": _opened("wagtailadmin_reports:page_types_usage"),
    "report of ageing pages": _opened("wagtailadmin_reports:aging_pages"),
}
