"""Keeping fragments true to entries and to the templates."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from api.library.models import Entry, Kind
from api.library.shape import SHAPE
from cms.publishing.services import save_and_publish
from pwa import drawing, fragments, pages
from pwa.models import Fragment
from tests import factories
from tests.pwa.conftest import Site, main_of


def test_fragment__is_written_with_its_entry(site: Site) -> None:
    drawn = Fragment.objects.values_list("entry__kind", flat=True)
    assert set(drawn) == {"article", "page", "topic", "person", "banner", "helpline"}
    assert drawn.count() == Entry.objects.existing().exclude(kind=Kind.REFERENCE).count()


def test_fragment__has_no_banner_navigation_or_hashed_asset_inside(site: Site) -> None:
    html = Fragment.objects.get(entry__path=site.path).html
    assert html.startswith("<main")
    assert html.endswith("</main>")
    assert "<!--slot:banners article_end client sleep-->" in html
    assert "A first conversation" not in html
    assert '<nav class="tabs"' not in html
    assert "/static/" not in html


def test_fragment__and_entry_fail_together(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(kind: str, data: object) -> None:
        raise RuntimeError("cannot draw")

    before = Entry.objects.get(path=site.path).revision
    monkeypatch.setattr(fragments, "draw", fail)
    site.article.title = "Another title"
    with pytest.raises(RuntimeError), transaction.atomic():
        save_and_publish(site.article)
    entry = Entry.objects.get(path=site.path)
    assert (entry.revision, entry.title) == (before, "When sleep will not come")


def test_renew__draws_what_other_templates_drew_and_tells_phones(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor = client.get("/sync/changes/").json()["cursor"]
    assert fragments.renew() == 0
    Fragment.objects.filter(entry__kind="topic").update(template_version="older", html="<main>old</main>")
    Fragment.objects.filter(entry__path=site.path).delete()
    assert fragments.renew() == 2
    assert fragments.renew() == 0
    changes = client.get("/sync/changes/", {"after": cursor}).json()["changes"]
    assert [change["kind"] for change in changes] == ["topic", "article"]
    assert changes[0]["html"].startswith('<main id="main"')


def test_older_fragment__is_shown_until_it_is_renewed(site: Site, client: Client) -> None:
    Fragment.objects.filter(entry__path=site.path).update(template_version="older", html='<main id="main">Old</main>')
    assert main_of(client.get(site.path).content.decode()) == '<main id="main">Old</main>'


def test_missing_fragment__is_drawn_for_the_answer(site: Site, client: Client) -> None:
    before = client.get(site.path).content
    Fragment.objects.filter(entry__path=site.path).delete()
    pages.memory.clear()
    assert client.get(site.path).content == before


def test_migrate__renews_what_an_older_release_drew(site: Site) -> None:
    Fragment.objects.update(template_version="older")
    call_command("migrate", verbosity=0)
    assert set(Fragment.objects.values_list("template_version", flat=True)) == {drawing.template_version()}


def test_migrate__describes_anew_what_an_older_release_described(site: Site) -> None:
    # An entry as the release before citations in the text left it: these templates could not draw it.
    entry = Entry.objects.get(path=site.path)
    older = {name: value for name, value in entry.data.items() if name != "citation_style"}
    Entry.objects.filter(pk=entry.pk).update(data=older, etag="older", shape=0)
    Fragment.objects.update(template_version="older")
    call_command("migrate", verbosity=0)
    assert Entry.objects.get(path=site.path).data == entry.data
    assert not Entry.objects.existing().exclude(shape=SHAPE).exists()
    assert set(Fragment.objects.values_list("template_version", flat=True)) == {drawing.template_version()}


def test_rebuild__says_how_many_it_drew(site: Site) -> None:
    out = StringIO()
    call_command("fragments", "rebuild", stdout=out, stderr=StringIO())
    assert "0 fragments" in out.getvalue()
    out = StringIO()
    call_command("fragments", "rebuild", "--all", stdout=out, stderr=StringIO())
    assert f"{Fragment.objects.count()} fragments" in out.getvalue()


def test_template_version__is_another_for_another_public_address(settings: object) -> None:
    first = drawing.template_version()
    drawing.template_version.cache_clear()
    settings.ORIGIN = "https://elsewhere.example"  # type: ignore[attr-defined]  # pytest-django's own
    other = drawing.template_version()
    drawing.template_version.cache_clear()
    assert other != first


def test_content__cannot_open_a_slot(site: Site, client: Client) -> None:
    trick = "<!--slot:latest--><!--after 2000-01-01T00:00:00+00:00-->x<!--/after-->"
    body = [("text", f"<p>{trick}</p>"), ("quote", {"text": trick, "attribution": trick})]
    factories.article(trick, slug="trick", summary=trick, body=body)
    html = client.get("/articles/trick/").content.decode()
    assert "&lt;!--slot:latest--&gt;" in html
    assert 'class="first"' not in html
