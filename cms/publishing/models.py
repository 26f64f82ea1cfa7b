"""What every published thing shares: an identity of its own, and the one row all writers take in turn."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.publishing.addresses import reserved_address
from cms.publishing.forms import PublishedPageForm
from cms.publishing.languages import root_of
from cms.publishing.preview import PublicPreview
from cms.publishing.rules import PublishedUnderRules


class Ledger(models.Model):
    """The one row that every writer takes first, so that revisions rise in commit order.

    ``epoch`` names this history of revisions: a restored database gets a new one, and clients of
    the old history are told to start again.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"revision {self.revision} of {self.epoch}"


class Identified(models.Model):
    """A thing with a public id of its own, which survives moves, renames and re-publication."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class PublishedPage(PublishedUnderRules, PublicPreview, Identified, Page):
    """A page with a public id, previews and rules. A copy of it is another page, with another id."""

    exclude_fields_in_copy = ["public_id"]
    base_form_class = PublishedPageForm
    # The pages that share one space of slugs: a slug is unique per kind and language, wherever a page stands.
    slug_space = "page"

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        rivals = [model for model in _published_pages() if model.slug_space == self.slug_space]
        taken = Page.objects.exact_type(*rivals).filter(slug=self.slug, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.slug and taken.exists():
            message = _("“%(slug)s” is the address of another page already. Choose another slug.")
            raise ValidationError({"slug": message % {"slug": self.slug}})
        if self.depth and (problem := reserved_address(self.slug, self.depth - 1)):
            raise ValidationError({"slug": problem})

    def permissions_for_user(self, user: Any) -> Any:
        """Give what a user may do with this page, as the policy for pages decides it."""
        from wagtail.permissions import policy_registry  # makes policies of models, which are not ready before this one

        return policy_registry.get(self).tester(user, self)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Give the page's address, which the library serves and no route of Wagtail's; None outside the site."""
        sites = self._get_relevant_site_root_paths(request)
        if not sites:
            return None
        site = sites[0]
        return site.site_id, settings.ORIGIN, f"{root_of(site.language_code)}/{self.url_path[len(site.root_path) :]}"


def _published_pages() -> list[type[PublishedPage]]:
    found, waiting = [], list(PublishedPage.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if not model._meta.abstract:
            found.append(model)
    return found


class PublishedSnippet(
    PublishedUnderRules,
    PublicPreview,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    Identified,
    index.Indexed,
    models.Model,
):
    """A snippet that is drafted, reviewed, scheduled, published and restored like a page."""

    class Meta:
        abstract = True


class InOneLanguage(TranslatableMixin):
    """A snippet whose words readers see: written in one language, and again by itself in every other.

    Stands before :class:`PublishedSnippet`. What is a fact in every language (a person, a work, a helpline) has none.
    """

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def get_default_locale(self) -> Any:
        """Give the language of what nobody has given one: the default, which is made where there is none yet."""
        return Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0]

    def copy_for_translation(self, locale: Any, exclude_fields: Any = None) -> Any:
        """Give a draft for another language, unsaved: another thing, with a public id and a history of its own."""
        copy = super().copy_for_translation(locale, exclude_fields)
        copy.public_id = uuid.uuid4()
        copy.live, copy.has_unpublished_changes = False, True
        copy.first_published_at = copy.last_published_at = copy.go_live_at = copy.expire_at = None
        copy.latest_revision = copy.live_revision = None
        return copy
