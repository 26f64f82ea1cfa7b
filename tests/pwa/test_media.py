"""Pictures from our own origin."""

from django.test import Client

from cms.pictures.models import Picture
from cms.publishing.services import unpublish
from tests import factories
from tests.pwa.conftest import Site


def rendition_of(picture: Picture) -> str:
    name: str = picture.get_rendition("width-400|format-webp").file.name
    return f"/media/{name}"


def test_rendition__of_what_is_public__may_be_kept_for_ever_by_its_reader_alone(site: Site, client: Client) -> None:
    address = client.get(site.path).content.decode().split('src="/media/')[1].split('"')[0]
    response = client.get(f"/media/{address}")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, s-maxage=60, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert b"".join(response.streaming_content)[:4] == b"RIFF"  # type: ignore[attr-defined]  # a file's answer streams


def test_original__is_nobodys_to_have(site: Site, client: Client) -> None:
    client.force_login(factories.administrator())
    picture = Picture.objects.get(pk=site.article.image_id)
    assert client.get(f"/media/{picture.file.name}").status_code == 404


def test_rendition__of_a_draft__is_for_editors_alone(site: Site, client: Client) -> None:
    picture = factories.picture("Unused")
    address = rendition_of(picture)
    factories.article("Draft", slug="draft", image=picture, live=False)
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    client.force_login(factories.administrator())
    assert client.get(address)["Cache-Control"] == "private, no-store"


def test_rendition__is_gone_with_the_last_thing_that_showed_it(site: Site, client: Client) -> None:
    address = rendition_of(Picture.objects.get(pk=site.article.image_id))
    assert client.get(address).status_code == 200
    unpublish(site.article)
    assert client.get(address).status_code == 404


def test_other_paths__reach_nothing(site: Site, client: Client) -> None:
    inside = ("images/none.webp", "images/", "images/../original_images/night.png")
    for name in ("../respite.sqlite3", "%2e%2e/x", *inside):
        assert client.get(f"/media/{name}").status_code == 404, name
