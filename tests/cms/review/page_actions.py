"""What can be tried with a page: each function sends the request, and says whether it had its effect."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, Page, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.articles.models import Article
from tests.cms.articles.forms import article_form
from tests.cms.review.stage import Stage, again

Try = Callable[[Stage, Client, Any], bool]
CHANGED = "Said a third time."


def shows(response: Any, text: str = "") -> bool:
    """Say whether a request was answered with what it asked for."""
    return bool(response.status_code == 200 and text in response.content.decode())


def at(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args, kwargs=kwargs)


def opened(name: str) -> Try:
    """Try to open one of a page's views, which is to name it."""
    return lambda stage, client, page: shows(client.get(at(name, page.pk)), page.title)


def _explored(stage: Stage, client: Client, page: Page) -> bool:
    return shows(client.get(reverse("wagtailadmin_explore", args=[stage.index.pk])), page.title)


def _searched(stage: Stage, client: Client, page: Page) -> bool:
    return shows(client.get(at("search"), {"q": page.title.split()[-1]}), page.title)


def _chosen(stage: Stage, client: Client, page: Page) -> bool:
    found = client.get(reverse("wagtailadmin_choose_page_search"), {"q": page.title.split()[-1]})
    named = client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": page.pk})
    offered: bool = shows(found, page.title)
    assert shows(named, page.title) == offered, "what the chooser finds and what it answers differ"
    return offered


def _told(stage: Stage, client: Client, page: Page) -> bool:
    listing = client.get("/admin/api/main/pages/", {"child_of": stage.index.pk, "limit": 20})
    alone = client.get(f"/admin/api/main/pages/{page.pk}/")
    listed: bool = shows(listing, page.title)
    assert shows(alone, page.title) == listed, "the API's list and its detail differ"
    return listed


def _previewed(stage: Stage, client: Client, page: Page) -> bool:
    return shows(client.get(at("view_draft", page.pk)), page.title)


def _previewed_live(stage: Stage, client: Client, page: Page) -> bool:
    response = client.post(at("preview_on_edit", page.pk), form_of(stage, page))
    return shows(response, "is_valid") and shows(client.get(at("preview_on_edit", page.pk) + "?in_preview_panel=1"))


def _versions(page: Page) -> list[int]:
    return list(Revision.objects.for_instance(page).order_by("pk").values_list("pk", flat=True))


def _saw_version(stage: Stage, client: Client, page: Page) -> bool:
    return shows(client.get(at("revisions_view", page.pk, _versions(page)[0])), page.title)


def _restored(stage: Stage, client: Client, page: Page) -> bool:
    return shows(client.get(at("revisions_revert", page.pk, _versions(page)[0])), page.title)


def _compared(stage: Stage, client: Client, page: Page) -> bool:
    first, second, *_ = _versions(page)
    return shows(client.get(at("revisions_compare", page.pk, first, second)), page.title)


def form_of(stage: Stage, page: Page, **fields: Any) -> dict[str, Any]:
    """Give what the browser sends of an article's form when its summary is changed."""
    return article_form(
        authors=stage.things["authors"],
        topics=[stage.things["topic"]],
        title=page.title,
        slug=page.slug,
        **{"summary": CHANGED, **fields},
    )


def _send(stage: Stage, client: Client, page: Page, action: str = "", **fields: Any) -> None:
    pressed = {f"action-{action}": "1"} if action else {}
    client.post(at("edit", page.pk), {**form_of(stage, page, **fields), **pressed})


def _saved(stage: Stage, client: Client, page: Page) -> bool:
    _send(stage, client, page)
    return bool(again(page).get_latest_revision_as_object().summary == CHANGED)


def _commented(stage: Stage, client: Client, page: Page) -> bool:
    said = {"text": "Is this so?", "contentpath": "summary", "position": "", "replies": inline_formset([])}
    form = form_of(stage, page) | nested_form_data({"comments": inline_formset([said])})
    client.post(at("edit", page.pk), form)
    return Comment.objects.filter(page_id=page.pk).exists()


def _submitted(stage: Stage, client: Client, page: Page) -> bool:
    _send(stage, client, page, "submit")
    return bool(again(page).workflow_in_progress)


def _published(stage: Stage, client: Client, page: Page) -> bool:
    _send(stage, client, page, "publish")
    return bool(again(page).live and again(page).summary == CHANGED)


def _scheduled(stage: Stage, client: Client, page: Page) -> bool:
    _send(stage, client, page, "publish", go_live_at="2031-01-01 10:00")
    return Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False).exists()


def _acted(action: str) -> Try:
    def act(stage: Stage, client: Client, page: Any) -> bool:
        before = again(page).current_workflow_task_state
        client.post(at("workflow_action", page.pk, action, before.pk), {"comment": "Thank you."})
        before.refresh_from_db()
        return bool(before.status != before.STATUS_IN_PROGRESS)

    return act


def _withdrawn(stage: Stage, client: Client, page: Page) -> bool:
    client.post(at("unpublish", page.pk), {"reason": "It was wrong."})
    return not again(page).live


def _deleted(stage: Stage, client: Client, page: Page) -> bool:
    client.post(at("delete", page.pk))
    return again(page) is None


def in_bulk(action: str, model: str = "page", app: str = "wagtailcore", **fields: Any) -> Try:
    """Try an action on a list of one."""

    def act(stage: Stage, client: Client, thing: Any) -> bool:
        address = reverse("wagtail_bulk_action", args=[app, model, action])
        client.post(f"{address}?id={thing.pk}", fields)
        now = again(thing)
        return bool(now is None if action == "delete" else now and now.live and not now.has_unpublished_changes)

    return act


def _moved(stage: Stage, client: Client, page: Any) -> bool:
    client.post(at("move_confirm", page.pk, stage.elsewhere.pk))
    return bool(again(page).get_parent().pk == stage.elsewhere.pk)


def _copied(stage: Stage, client: Client, page: Page) -> bool:
    form = {"new_title": "Another", "new_slug": "another", "new_parent_page": stage.index.pk}
    client.post(at("copy", page.pk), form)
    return Article.objects.filter(slug="another").exists()


def _locked(stage: Stage, client: Client, page: Page) -> bool:
    client.post(at("lock", page.pk))
    locked = bool(again(page).locked)
    client.post(at("unlock", page.pk))
    return locked and not again(page).locked


PAGE_ACTIONS: dict[str, Try] = {
    "explorer": _explored,
    "search": _searched,
    "choose": _chosen,
    "admin API": _told,
    "edit": opened("edit"),
    "preview": _previewed,
    "live preview": _previewed_live,
    "history": opened("history"),
    "history of review": opened("workflow_history"),
    "view of a version": _saw_version,
    "compare": _compared,
    "restore": _restored,
    "usage": opened("usage"),
    "save": _saved,
    "comment": _commented,
    "submit": _submitted,
    "copy": _copied,
    "move": _moved,
    "delete": _deleted,
    "bulk delete": in_bulk("delete"),
    "publish": _published,
    "schedule": _scheduled,
    "bulk publish": in_bulk("publish", include_descendants=""),
    "lock": _locked,
    "privacy": lambda stage, client, page: shows(client.get(at("set_privacy", page.pk)), "restriction_type"),
    "approve": _acted("approve"),
    "send back": _acted("reject"),
    "withdraw": _withdrawn,
}
