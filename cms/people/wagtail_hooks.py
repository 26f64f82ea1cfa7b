"""Authors and clinical reviewers in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from cms.articles.usage import UsedOnIndexView
from cms.people.models import Person
from cms.people.panels import PERSON
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
