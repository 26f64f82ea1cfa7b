"""Where the admin is told what the rules say."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.publishing.rules import PublishedUnderRules, problems_of


def tell(request: HttpRequest, thing: Any, problems: list[str]) -> HttpResponse:
    """Say what is missing, and go to where it can be put right."""
    say_why_not(request, thing, problems, kept=True)
    return redirect(AdminURLFinder(request.user).get_edit_url(thing) or "wagtailadmin_home")


def say_why_not(request: HttpRequest, thing: Any, problems: list[str], kept: bool) -> None:
    """Say why a thing, if it is known which, is not published, and what has become of what was written."""
    items = format_html_join("", "<li>{}</li>", ((problem,) for problem in problems))
    opening = _("“%(thing)s” is not published yet.") % {"thing": thing} if thing else _("This is not published yet.")
    outcome = _("What you wrote is kept as a draft.") if kept else _("Nothing was changed.")
    messages.error(request, format_html("{} {}<ul>{}</ul>", opening, outcome, items))


@hooks.register("before_publish_page")
@hooks.register("before_publish")
def keep_as_draft_while_something_is_missing(request: HttpRequest, thing: Any) -> HttpResponse | None:
    """Leave the saved draft a draft, and say what it lacks."""
    if not isinstance(thing, PublishedUnderRules) or not (problems := problems_of(thing)):
        return None
    _make_draft(thing)
    return tell(request, thing, problems)


def _make_draft(thing: Any) -> None:
    """Undo that Wagtail adds a page which is to be published at once as a live one."""
    if thing.live and thing.live_revision_id is None:
        thing.live, thing.has_unpublished_changes = False, True
        thing.save(update_fields=["live", "has_unpublished_changes"])


@hooks.register("after_edit_page")
def tell_what_a_submitted_page_lacks(request: HttpRequest, page: Any) -> None:
    """Tell who submits a page what would keep it from being published."""
    if "action-submit" in request.POST and isinstance(page, PublishedUnderRules) and (problems := problems_of(page)):
        items = format_html_join("", "<li>{}</li>", ((problem,) for problem in problems))
        opening = _("It is submitted. Before it can be published, this is needed:")
        messages.warning(request, format_html("{}<ul>{}</ul>", opening, items))


@hooks.register("before_copy_page")
def copy_as_drafts(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse to publish a copy as it is made: nobody has asked yet whether it may stand in public."""
    if request.method != "POST" or not request.POST.get("publish_copies"):
        return None
    messages.error(
        request,
        _("A copy begins as a draft. Nothing was copied: copy it without publishing, and publish the copy then."),
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("insert_editor_js")
def send_once() -> SafeString:
    """Keep Wagtail's saving of drafts from making a second thing of a new one that is just being sent."""
    return format_html('<script src="{}" defer></script>', static("respite-admin/sending.js"))
