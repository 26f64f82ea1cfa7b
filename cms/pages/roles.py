"""Who may do what in the admin: the groups Editors and Moderators, and the workflow between them.

| | Editors | Moderators |
|---|---|---|
| pages: write, submit | yes | yes |
| pages: publish, unpublish, delete, lock | no | yes |
| references, banners, helplines, topics, people: write, submit | yes | yes |
| … publish, unpublish, delete, lock | no | yes |
| pictures, documents: add, change and delete own, choose | yes | yes |
| … change and delete those of others | no | yes |
| settings of the site | no | yes |
| users, groups, workflows, sites, collections | no | no |
"""

from typing import Any

from django.apps import apps as current_apps

SNIPPETS = [
    ("references", "reference"),
    ("banners", "banner"),
    ("helplines", "helpline"),
    ("articles", "topic"),
    ("people", "person"),
]
WRITING = ("add", "change", "view")
PUBLISHING = ("publish", "delete", "lock", "unlock")
PAGE_ACTIONS = {"Editors": ("add", "change"), "Moderators": ("add", "change", "publish", "lock", "unlock")}
FILES = [("wagtailimages", "image"), ("wagtaildocs", "document")]
# Who may add a file may also change and delete what they added themselves.
FILE_ACTIONS = {"Editors": ("add", "choose"), "Moderators": ("add", "choose", "change", "delete")}
WORKFLOW = "Moderators approval"


def ensure_roles(apps: Any = current_apps) -> None:
    """Make the two groups, give each exactly the permissions above, and let moderators approve what editors submit.

    ``apps`` is a registry: the current one, or a migration's.
    """
    group = apps.get_model("auth", "Group")
    editors = group.objects.get_or_create(name="Editors")[0]
    moderators = group.objects.get_or_create(name="Moderators")[0]
    writing = [_permission(apps, "wagtailadmin", "admin", "access_admin")]
    publishing = [_permission(apps, "pages", "sitesettings", "change_sitesettings")]
    for app, model in SNIPPETS:
        writing += [_permission(apps, app, model, f"{action}_{model}") for action in WRITING]
        publishing += [_permission(apps, app, model, f"{action}_{model}") for action in PUBLISHING]
    editors.permissions.set(writing)
    moderators.permissions.set([*writing, *publishing])
    for members in (editors, moderators):
        _give_pages(apps, members)
        _give_files(apps, members)
    _let_approve(apps, moderators)


def _permission(apps: Any, app: str, model: str, codename: str) -> Any:
    content_type = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)[0]
    name = f"Can {codename.replace('_', ' ')}"
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


def _give_pages(apps: Any, group: Any) -> None:
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    given = apps.get_model("wagtailcore", "GroupPagePermission").objects
    given.filter(group=group).delete()
    if root is None:
        return
    for action in PAGE_ACTIONS[group.name]:
        given.get_or_create(
            group=group, page=root, permission=_permission(apps, "wagtailcore", "page", f"{action}_page")
        )


def _give_files(apps: Any, group: Any) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    given = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    given.filter(group=group).delete()
    if root is None:
        return
    for app, model in FILES:
        for action in FILE_ACTIONS[group.name]:
            given.create(group=group, collection=root, permission=_permission(apps, app, model, f"{action}_{model}"))


def _let_approve(apps: Any, moderators: Any) -> None:
    content_types = apps.get_model("contenttypes", "ContentType").objects
    task_type = content_types.get_or_create(app_label="wagtailcore", model="groupapprovaltask")[0]
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects
    task = tasks.filter(name=WORKFLOW).first() or tasks.create(name=WORKFLOW, content_type=task_type, active=True)
    task.groups.set([moderators])
    workflow = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=WORKFLOW)[0]
    links = apps.get_model("wagtailcore", "WorkflowTask").objects
    if not links.filter(workflow=workflow).exists():
        links.create(workflow=workflow, task=task, sort_order=0)
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    if root is not None:
        apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
            page=root, defaults={"workflow": workflow}
        )
    for app, model in SNIPPETS:
        snippet = content_types.get_or_create(app_label=app, model=model)[0]
        apps.get_model("wagtailcore", "WorkflowContentType").objects.update_or_create(
            content_type=snippet, defaults={"workflow": workflow}
        )
