"""Documents: served to everybody where something public links to them, else to editors alone."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.permissions import policy_registry

from api.library.models import Entry, Ingredient
from cms.people.second_factor import may_work
from pwa.media import not_found


# Before Wagtail's own, which would send readers of a closed collection to a login that is not there.
@hooks.register("before_serve_document", order=-10)
def answer_for_document(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """Let a document be served, or answer that there is nothing."""
    closed = list(document.collection.get_view_restrictions())
    if not closed and is_linked(document):
        return None
    may_choose = policy_registry.get(document).user_has_permission_for_instance(request.user, "choose", document)
    if may_choose and may_work(request) and all(restriction.accept_request(request) for restriction in closed):
        return None
    return not_found(request)


def is_linked(document: AbstractDocument) -> bool:
    """Say whether something that everybody may read now links to a document."""
    type_ = ContentType.objects.get_for_model(type(document))
    running = Entry.objects.running_at(timezone.now())
    return Ingredient.objects.filter(content_type=type_, object_id=document.pk, entry__in=running).exists()
