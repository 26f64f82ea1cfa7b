"""Authors and clinical reviewers in the admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from cms.articles.usage import UsedOnIndexView
from cms.people.models import Person, User
from cms.people.panels import PERSON
from cms.people.sessions import lock_out
from cms.publishing.viewsets import PublishedViewSet


class PersonViewSet(PublishedViewSet):
    """People whom readers meet, with the articles that they wrote or reviewed."""

    model = Person
    icon = "group"
    menu_label = _("People")
    menu_order = 250
    index_view_class = UsedOnIndexView
    list_display = ["name", "credentials", UpdatedAtColumn()]
    list_filter = ["live"]
    edit_handler = PERSON


register_snippet(PersonViewSet)


@hooks.register("after_bulk_action")
def end_sessions_of_those_disabled(request: HttpRequest, action: str, things: Any, _view: Any) -> None:
    """End what is open of people who were disabled together: that sends no signal."""
    if action == "set_active_state":
        for user in User.objects.filter(pk__in=[thing.pk for thing in things], is_active=False):
            lock_out(user)
