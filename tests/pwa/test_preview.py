"""Previews: the page that a reader will get, before anybody gets it."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from api.library.models import Entry
from cms.articles.models import Article, ArticleIndex
from cms.banners.models import Banner
from cms.consultations.models import ConsultationPage
from cms.pages.models import HomePage, InformationPage
from cms.publishing.services import save_and_publish
from pwa.preview import respond
from tests import factories
from tests.pwa.conftest import Site, main_of

TWO_PARTS = [
    block
    for title in ("One", "Two")
    for block in (("heading", {"text": title, "level": "2"}), ("text", factories.rich_text(f"About {title}.")))
]


def preview(thing: Any, mode: str) -> str:
    request = RequestFactory().get("/admin/preview/")
    response = thing.serve_preview(request, mode)
    assert response["Cache-Control"] == "private, no-store"
    html: str = response.content.decode()
    return html


def rich_draft(site: Site) -> Article:
    """Give an article with everything in it, that nobody has published."""
    other = factories.article("Something else", slug="else", references=[])
    picture = factories.picture("Hills", colour="#335735")
    body = [
        *factories.body_blocks(),
        ("heading", {"text": "What it is", "level": "2"}),
        ("text", f'<p>A link to <a linktype="page" id="{other.pk}">the other</a> & more.</p><ul><li>One</li></ul>'),
        ("image", {"image": picture, "alt": "Hills at dusk", "caption": "Drawn by us"}),
        ("heading", {"text": "Smaller", "level": "3"}),
    ]
    work = factories.reference("On rest", type="book", publisher="A house", doi="", isbn="0465075983")
    return factories.article(
        "A draft with everything",
        slug="everything",
        body=body,
        topics=[site.topic, factories.topic("Rest")],
        authors=[site.author, factories.person("Dr Tomas Feld")],
        references=[factories.reference(), (work, {"annotation": "Our own words on it."})],
        related=[other],
        corrections=["First.", "Second."],
        content_note="A note.",
        image=picture,
        image_alt="Hills",
        live=False,
    )


def test_preview__is_the_later_page_byte_for_byte(site: Site, client: Client) -> None:
    draft = rich_draft(site)
    # A page says when it was published; a preview says now.
    with time_machine.travel(timezone.now(), tick=False):
        online, offline = preview(draft, "reader"), preview(draft, "offline")
        assert client.get("/articles/everything/").status_code == 404
        save_and_publish(draft)
        published = client.get("/articles/everything/").content.decode()
    assert main_of(online) == main_of(published)
    assert main_of(offline) == main_of(published)
    assert "A first conversation" in main_of(online)


def test_preview__shows_what_is_set_and_not_what_was_saved(site: Site, client: Client) -> None:
    site.article.title = "Not saved yet"
    assert "Not saved yet" in main_of(preview(site.article, "reader"))
    assert "Not saved yet" not in client.get(site.path).content.decode()


def test_preview__of_every_page__equals_it(site: Site, client: Client) -> None:
    for model in (HomePage, ArticleIndex, InformationPage, ConsultationPage):
        for page in model.objects.all():
            path = str(Entry.objects.get(pk=page.public_id).path)
            published = client.get(path).content.decode()
            assert main_of(preview(page, "reader")) == main_of(published), path


def test_offline_preview__says_so_and_needs_no_script(site: Site) -> None:
    html = preview(site.article, "offline")
    assert 'data-connection="offline">No connection. 1 article can be read on this phone.' in html
    assert '<script type="module"' not in html
    assert "<title>When sleep will not come · Respite</title>" in html
    assert "og:title" not in html


def test_json_preview__is_what_clients_get(site: Site, client: Client) -> None:
    html = preview(site.article, "json")
    text = re.search(r"<pre[^>]*>(.*?)</pre>", html, re.DOTALL)
    assert text is not None
    assert json.loads(unescape(text[1])) == client.get("/api/v1/articles/sleep/").json()


def test_snippets__are_previewed_as_they_will_stand(site: Site) -> None:
    banner = factories.banner("Soon", live=False, audience="specialist", placements=["specialist_area"])
    assert "Soon" in main_of(preview(banner, "reader"))
    assert "Stands on: Specialist area." in main_of(preview(banner, "reader"))
    assert "Why it is here." in main_of(preview(factories.reference("A study", live=False), "reader"))
    assert 'href="tel:116123"' in main_of(preview(factories.helpline("A line", live=False), "reader"))
    assert "<h1>Rest</h1>" in main_of(preview(factories.topic("Rest", live=False), "reader"))
    assert "Ana Writer" in main_of(preview(site.author, "offline"))


@pytest.mark.parametrize(
    ("mode", "fields", "said"),
    [
        ("at-client-home", {"placements": ["home"]}, "Readers see “A first conversation” here instead: it has the"),
        ("at-client-home", {"placements": ["home"], "priority": 9}, "This is where readers will see it."),
        ("at-client-article_end", {"placements": ["home"]}, "this place is not chosen for it"),
        ("at-client-after_section", {"placements": ["after_section_1"]}, "This is where readers will see it."),
        ("at-client-after_section", {"placements": ["after_section_7"]}, "There is no public page with this place yet"),
        ("at-client-specialist_list", {"placements": ["specialist_list"]}, "stands in for it. This is where readers"),
        ("at-specialist-specialist_area", {"placements": ["home"]}, "this page speaks to specialists, and the banner"),
        (
            "at-specialist-specialist_area",
            {"placements": ["specialist_area"], "audience": "specialist"},
            "This is where readers will see it.",
        ),
        (
            "at-client-article_end",
            {"placements": ["after_section_1", "article_end"], "priority": 9},
            "On this page it stands in an earlier place already",
        ),
    ],
)
def test_banner__is_previewed_in_each_place_with_what_is_true_of_it(
    site: Site, mode: str, fields: dict[str, Any], said: str
) -> None:
    Banner.objects.get().delete()
    factories.banner("A first conversation", priority=1)
    newest = datetime.now(UTC) + timedelta(seconds=5)
    factories.article("Of two parts", body=[*TWO_PARTS], topics=[site.topic], first_published_at=newest)
    html = main_of(preview(factories.banner("Soon", live=False, **fields), mode))
    assert said in unescape(html)
    assert re.search(
        r'<respite-offer placement="\w+" banner="[^"]+"><section class="offer[^>]*>.*?Soon', html, re.DOTALL
    )
    assert html.count(">Soon</h2>") == 1


def test_preview__with_a_mode_nobody_knows__is_the_readers(site: Site) -> None:
    request = RequestFactory().get("/admin/preview/")
    assert b'"og:title"' in respond(site.article, request, "").content


def test_preview__in_the_admin__is_framed_by_it(site: Site, client: Client) -> None:
    client.force_login(factories.administrator())
    revision = site.article.save_revision()
    response = client.get(f"/admin/pages/{site.article.pk}/revisions/{revision.pk}/view/")
    assert response.status_code == 200
    assert "When sleep will not come" in main_of(response.content.decode())
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_preview__beside_the_editor__has_the_checks_and_the_admins_policy(site: Site) -> None:
    request = RequestFactory().get("/admin/")
    request.user = factories.administrator()
    response = site.article.make_preview_request(request, "reader", {"in_preview_panel": True})
    html = response.content.decode()
    assert "wagtail-userbar" in html
    assert "When sleep will not come" in main_of(html)
    assert "'unsafe-inline'" in response["Content-Security-Policy"]
