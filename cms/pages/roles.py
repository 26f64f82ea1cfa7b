"""Who may do what in the admin: the four groups, and the two workflows between them.

| | Writers | Clinical reviewers | Publishers | Moderators |
|---|---|---|---|---|
| pages: write and submit one's own | yes | no | yes | no |
| pages of others: change, review | where shared | once handed in | yes | no |
| pages: publish, unpublish, delete, lock | no | no | yes | no |
| references, banners, promoted results, topics, people, campaigns: write, submit | yes | see | yes | no |
| … publish, unpublish, delete, lock | no | no | yes | no |
| helplines: write, submit | yes | see | yes | yes |
| … publish, unpublish, delete, lock | no | no | yes | yes |
| pictures, documents: choose | yes | yes | yes | no |
| … add, change and delete own | yes | no | yes | no |
| … change and delete those of others | no | no | yes | no |
| make a translation of what one may change | yes | no | yes | no |
| notices on sources: mark as looked at | no | yes | yes | no |
| specialists: see profiles and evidence; verify, return, suspend, reinstate | no | no | no | yes |
| letters to the team: read and answer; reported messages: see and decide | no | no | no | yes |
| settings of the site, redirects | no | no | yes | no |
| users, groups, workflows, sites, collections | no | no | no | no |

Which page of somebody else a group may open is in :mod:`cms.review.permissions`; every cell is in ``docs/editors.md``.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps as current_apps

WRITERS, REVIEWERS, PUBLISHERS, MODERATORS = "Writers", "Clinical reviewers", "Publishers", "Moderators"
# Who was called otherwise before: members and whatever else belongs to the group stay.
FORMERLY = {"Editors": WRITERS, "Moderators": PUBLISHERS}

SNIPPETS = [
    ("references", "reference"),
    ("banners", "banner"),
    ("helplines", "helpline"),
    ("promotions", "promotedresult"),
    ("articles", "topic"),
    ("people", "person"),
    ("specialists", "campaign"),
]
SEEING, WRITING = ("view",), ("add", "change", "view")
PUBLISHING = (*WRITING, "publish", "delete", "lock", "unlock")
# What a group may do with each kind of snippet that its second half does not name.
SNIPPET_ACTIONS: dict[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]]]] = {
    WRITERS: (WRITING, {}),
    REVIEWERS: (SEEING, {}),
    PUBLISHERS: (PUBLISHING, {}),
    MODERATORS: ((), {"helpline": PUBLISHING}),
}
# Who may add a page or a file may also change, and delete while it is a draft, what they added themselves.
PAGE_ACTIONS = {
    WRITERS: ("add",),
    REVIEWERS: ("change",),
    PUBLISHERS: ("add", "change", "publish", "lock", "unlock"),
    MODERATORS: (),
}
FILES = [("wagtailimages", "image"), ("wagtaildocs", "document")]
FILE_ACTIONS = {
    WRITERS: ("add", "choose"),
    REVIEWERS: ("choose",),
    PUBLISHERS: ("add", "choose", "change", "delete"),
    MODERATORS: (),
}
TRANSLATE = ("simple_translation", "simpletranslation", "submit_translation")
LETTERS = [("correspondence", "message", "answer_readers"), ("correspondence", "report", "decide_reports")]
CHECKING_NOTICES = ("articles", "noticecheck", "add_noticecheck")
VERIFYING = ("specialists", "specialist", "verify_specialist")
SEEING_EVIDENCE = ("specialists", "specialist", "see_evidence")
# What else a group may do: translate, put down what the notice on a source means for an article, set up the site,
# verify specialists.
SETTINGS = {
    WRITERS: [TRANSLATE],
    REVIEWERS: [CHECKING_NOTICES],
    PUBLISHERS: [
        TRANSLATE,
        CHECKING_NOTICES,
        ("pages", "sitesettings", "change_sitesettings"),
        *(("wagtailredirects", "redirect", f"{action}_redirect") for action in ("add", "change", "delete")),
    ],
    MODERATORS: [VERIFYING, SEEING_EVIDENCE, *LETTERS],
}

CLINICAL_REVIEW, PUBLICATION = "Clinical review", "Publication"
PAGE_WORKFLOW, SNIPPET_WORKFLOW = "Review and publish", "Publication"
# The only workflow there was before, and its only task.
FORMER_WORKFLOW = "Moderators approval"


def ensure_roles(apps: Any = current_apps) -> None:
    """Make the groups, give each exactly the permissions above, and let them review and publish what is submitted.

    What was made under the former names is renamed, so that nobody loses a role and nothing its place in review.
    ``apps`` is a registry: the current one, or a migration's.
    """
    _rename_groups(apps)
    groups = {name: apps.get_model("auth", "Group").objects.get_or_create(name=name)[0] for name in SNIPPET_ACTIONS}
    for group in groups.values():
        group.permissions.set(_permissions_of(apps, group.name))
        _give_pages(apps, group)
        _give_files(apps, group)
    review = _task(apps, CLINICAL_REVIEW, ("review", "clinicalreview"), [groups[REVIEWERS]])
    publication = _task(apps, PUBLICATION, ("wagtailcore", "groupapprovaltask"), [groups[PUBLISHERS]])
    _give_workflow_of_pages(apps, [review, publication])
    _give_workflow_of_snippets(apps, [publication])


def _rename_groups(apps: Any) -> None:
    """Give the groups their present names, once: a group Publishers says that it has been done."""
    groups = apps.get_model("auth", "Group").objects
    if groups.filter(name__in=FORMERLY.values()).exists():
        return
    for former, name in FORMERLY.items():
        groups.filter(name=former).update(name=name)


def _permissions_of(apps: Any, name: str) -> list[Any]:
    """Give what a group may do beyond pages and files."""
    given = [_permission(apps, "wagtailadmin", "admin", "access_admin")]
    others, named = SNIPPET_ACTIONS[name]
    for app, model in SNIPPETS:
        given += [_permission(apps, app, model, f"{action}_{model}") for action in named.get(model, others)]
    return [*given, *(_permission(apps, *setting) for setting in SETTINGS.get(name, []))]


def _permission(apps: Any, app: str, model: str, codename: str) -> Any:
    content_type = _content_type(apps, app, model)
    name = f"Can {codename.replace('_', ' ')}"
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


def _content_type(apps: Any, app: str, model: str) -> Any:
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)[0]


def _give_pages(apps: Any, group: Any) -> None:
    root = _root(apps, "Page")
    given = apps.get_model("wagtailcore", "GroupPagePermission").objects
    given.filter(group=group).delete()
    for action in PAGE_ACTIONS[group.name] if root else ():
        given.create(group=group, page=root, permission=_permission(apps, "wagtailcore", "page", f"{action}_page"))


def _give_files(apps: Any, group: Any) -> None:
    root = _root(apps, "Collection")
    given = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    given.filter(group=group).delete()
    for app, model in FILES if root else ():
        for action in FILE_ACTIONS[group.name]:
            given.create(group=group, collection=root, permission=_permission(apps, app, model, f"{action}_{model}"))


def _root(apps: Any, tree: str) -> Any:
    return apps.get_model("wagtailcore", tree).objects.filter(depth=1).first()


def _task(apps: Any, name: str, kind: tuple[str, str], groups: Iterable[Any]) -> Any:
    """Give a task of a workflow, making it if there is none, with the groups that may act on it."""
    tasks = apps.get_model(*kind).objects
    former = tasks.filter(name=FORMER_WORKFLOW).first() if name == PUBLICATION else None
    task = tasks.filter(name=name).first() or former
    if task is None:
        task = tasks.create(name=name, content_type=_content_type(apps, *kind), active=True)
    elif task.name != name:
        task.name = name
        task.save()
    task.groups.set(groups)
    return task


def _workflow(apps: Any, name: str, tasks: list[Any]) -> Any:
    """Give a workflow with its tasks in order."""
    workflow = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=name)[0]
    links = apps.get_model("wagtailcore", "WorkflowTask").objects
    links.filter(workflow=workflow).exclude(task__in=[task.pk for task in tasks]).delete()
    for order, task in enumerate(tasks):
        links.update_or_create(workflow=workflow, task_id=task.pk, defaults={"sort_order": order})
    return workflow


def _give_workflow_of_pages(apps: Any, tasks: list[Any]) -> None:
    """An article is reviewed, then published; so is every other page."""
    workflow, root = _workflow(apps, PAGE_WORKFLOW, tasks), _root(apps, "Page")
    if root is not None:
        apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
            page=root, defaults={"workflow": workflow}
        )


def _give_workflow_of_snippets(apps: Any, tasks: list[Any]) -> None:
    """References, banners, helplines, topics and people go straight to who publishes them.

    That is what the former workflow did: it takes the new name, and a page that was on its way through it when it
    had the old one ends there, approved by a publisher.
    """
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    if not workflows.filter(name=SNIPPET_WORKFLOW).exists():
        workflows.filter(name=FORMER_WORKFLOW).update(name=SNIPPET_WORKFLOW)
    workflow = _workflow(apps, SNIPPET_WORKFLOW, tasks)
    for app, model in SNIPPETS:
        apps.get_model("wagtailcore", "WorkflowContentType").objects.update_or_create(
            content_type=_content_type(apps, app, model), defaults={"workflow": workflow}
        )
