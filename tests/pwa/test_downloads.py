"""Documents that editors upload: for readers where something public links to them, and nobody else's."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from cms.publishing.services import unpublish
from tests import factories
from tests.pwa.conftest import Site


def document(collection: Collection | None = None) -> Any:
    root = Collection.get_first_root_node()
    file = ContentFile(b"%PDF-1.4", "sheet.pdf")
    return get_document_model().objects.create(title="Sheet", file=file, collection=collection or root)


def linking_to(made: Any) -> Any:
    words = f'<p>Print <a linktype="document" id="{made.pk}">this</a>.</p>'
    return factories.article("With a sheet", slug="with-a-sheet", body=[("text", words)])


def test_document__is_there_for_as_long_as_something_public_links_to_it(site: Site, client: Client) -> None:
    made = document()
    assert client.get(made.url).status_code == 404
    source = linking_to(made)
    answer: Any = client.get(made.url)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF-1.4")
    assert answer["Cache-Control"] == "private, no-store"
    unpublish(source)
    answer = client.get(made.url)
    assert (answer.status_code, answer["Cache-Control"]) == (404, "private, no-store")


def test_document_that_nothing_links_to__is_for_editors_alone(site: Site, client: Client) -> None:
    made = document()
    client.force_login(factories.writer())
    answer = client.get(made.url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_document_of_a_closed_collection__is_for_those_it_is_open_to(site: Site, client: Client) -> None:
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Closed"))
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="A few"))
    made = document(collection)
    linking_to(made)
    assert client.get(made.url).status_code == 404
    client.force_login(factories.writer())
    assert client.get(made.url).status_code == 404
    client.force_login(factories.administrator())
    assert client.get(made.url).status_code == 200
