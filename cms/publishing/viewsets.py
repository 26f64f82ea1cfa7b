"""What the admin of every kind of published snippet has in common."""

from wagtail.snippets.views.snippets import CopyView, SnippetViewSet


class CopyForm(CopyView):
    """Shows a form filled in from another snippet; the form itself is sent to the view that adds.

    Sent here, Wagtail would save over the snippet that was to be copied, and take it out of public, for anybody
    who may change drafts.
    """

    http_method_names = ["get", "head", "options"]


class PublishedViewSet(SnippetViewSet):
    """The admin of a published snippet, in the menu by itself."""

    add_to_admin_menu = True
    copy_view_class = CopyForm
