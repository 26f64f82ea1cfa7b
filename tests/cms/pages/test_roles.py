"""What the groups may reach in the admin, and what they may not."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, GroupCollectionPermission, Page, Site, Task, Workflow, WorkflowContentType
from wagtail.permissions import policy_registry

from cms.pages.models import HomePage
from cms.pages.roles import (
    CLINICAL_REVIEW,
    FILE_ACTIONS,
    FORMER_WORKFLOW,
    MODERATORS,
    PAGE_WORKFLOW,
    PUBLICATION,
    PUBLISHERS,
    REVIEWERS,
    SNIPPET_WORKFLOW,
    WRITERS,
    ensure_roles,
)
from cms.pages.services import ensure_ground
from cms.people.models import User
from cms.pictures.models import Picture
from cms.review.models import ClinicalReview
from tests import factories
from tests.cms.articles.forms import told

pytestmark = pytest.mark.django_db

CLOSED_TO_ALL = ["wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index"]


def test_migration__brings_the_four_groups_and_a_workflow_for_every_snippet() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {WRITERS, REVIEWERS, PUBLISHERS, MODERATORS}
    assert WorkflowContentType.objects.count() == 7
    tasks = [task.name for task in Page.get_first_root_node().get_workflow().tasks]
    assert tasks == [CLINICAL_REVIEW, PUBLICATION]


def test_roles_under_their_former_names__keep_their_members_and_what_is_in_review() -> None:
    # Given an installation of before, with a page on its way
    for name, former in [(WRITERS, "Editors"), (MODERATORS, "Nobody"), (PUBLISHERS, "Moderators")]:
        Group.objects.filter(name=name).update(name=former)
    Group.objects.filter(name__in=["Nobody", REVIEWERS]).delete()
    Workflow.objects.filter(name=PAGE_WORKFLOW).delete()
    ClinicalReview.objects.all().delete()
    Workflow.objects.filter(name=SNIPPET_WORKFLOW).update(name=FORMER_WORKFLOW)
    Task.objects.filter(name=PUBLICATION).update(name=FORMER_WORKFLOW)
    wrote, published = (User.objects.create_user(f"{name}@example.org") for name in ("wrote", "published"))
    wrote.groups.add(Group.objects.get(name="Editors"))
    published.groups.add(Group.objects.get(name="Moderators"))
    article = factories.article(live=False)
    state = Workflow.objects.get(name=FORMER_WORKFLOW).start(article, wrote)

    # When the roles are ensured, twice
    ensure_roles()
    ensure_roles()

    # Then everybody has the role of the new name, and the page is published by one approval as it would have been
    assert [group.name for group in wrote.groups.all()] == [WRITERS]
    assert [group.name for group in published.groups.all()] == [PUBLISHERS]
    assert Group.objects.count() == 4 and Workflow.objects.count() == 2 and Task.objects.count() == 2
    state.refresh_from_db()
    state.current_task_state.task.specific.on_action(state.current_task_state, published, "approve")
    article.refresh_from_db()
    assert article.live
    assert article.get_workflow().name == PAGE_WORKFLOW


@pytest.mark.parametrize("member", [factories.writer, factories.publisher])
@pytest.mark.parametrize("address", CLOSED_TO_ALL)
def test_users_groups_and_sites__are_closed_to_both(client: Client, member: object, address: str) -> None:
    client.force_login(member())  # type: ignore[operator]  # a maker of users
    response = client.get(reverse(address))
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")


def test_settings__are_closed_to_editors_and_open_to_moderators(client: Client) -> None:
    address = reverse("wagtailsettings:edit", args=["pages", "sitesettings"])
    client.force_login(factories.writer())
    assert client.get(address).status_code == 302
    client.force_login(factories.publisher())
    assert "Everything here can be read" in told(client.get(address, follow=True))


def test_editor__cannot_publish_unpublish_or_delete_what_is_public(client: Client) -> None:
    article = factories.article()
    client.force_login(factories.writer())
    for name in ("unpublish", "delete"):
        client.post(reverse(f"wagtailadmin_pages:{name}", args=[article.pk]), {"reason": "Because."})
        article.refresh_from_db()
        assert article.live


@pytest.mark.parametrize(("member", "may"), [(factories.writer, False), (factories.publisher, True)])
def test_pictures_and_documents__are_added_and_chosen_by_both_and_changed_by_moderators(
    member: Callable[[], User], may: bool
) -> None:
    user, root = member(), Collection.get_first_root_node()
    for model in (Picture, Document):
        policy = policy_registry.get_by_type(model)
        somebodys, own = model(collection=root), model(collection=root)
        own.uploaded_by_user = user
        assert policy.user_has_permission(user, "add")
        assert policy.user_has_permission(user, "choose")
        for action in ("change", "delete"):
            assert policy.user_has_permission_for_instance(user, action, own)
            assert policy.user_has_permission_for_instance(user, action, somebodys) is may


@pytest.mark.parametrize(("name", "actions"), list(FILE_ACTIONS.items()))
def test_migration__gives_each_group_its_files_and_no_more(name: str, actions: tuple[str, ...]) -> None:
    given = GroupCollectionPermission.objects.filter(group__name=name).values_list("permission__codename", flat=True)
    assert sorted(given) == sorted(f"{action}_{model}" for action in actions for model in ("image", "document"))


def test_visitor__is_sent_to_the_sites_own_log_in(client: Client) -> None:
    response = client.get("/admin/")
    assert response["Location"] == "/accounts/login/?next=/admin/"


def test_ground__is_made_once_and_the_welcome_page_goes() -> None:
    for page in HomePage.objects.all():
        page.delete()
    first = ensure_ground()
    assert ensure_ground() == first
    assert Site.objects.get(is_default_site=True).root_page_id == first[0].pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Page.find_problems() == ([], [], [], [], [])
