"""What becomes of addresses: they lead on where something went, say what is gone, and nothing of what never was."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.articles.services import withdraw
from cms.publishing.services import delete, move, one_writer, save_and_publish, unpublish
from tests import factories
from tests.pwa.conftest import Site

pytestmark = pytest.mark.django_db
API = "/api/v1/articles/"


def lead(client: Client, path: str) -> tuple[int, str]:
    """Give the status of an address and where it leads, the same for GET and HEAD."""
    answers = [client.get(path), client.head(path)]
    told = [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]
    assert told[0] == told[1], path
    assert not answers[1].content
    return told[0]


def rename(page: Page, slug: str) -> None:
    """Give a page another slug."""
    renamed = type(page).objects.get(pk=page.pk)
    renamed.slug = slug
    save_and_publish(renamed)


def test_renamed__every_former_address_leads_on_in_one_step(site: Site, client: Client) -> None:
    for slug in ("second", "third", "fourth"):
        rename(site.article, slug)
    for former in ("sleep", "second", "third"):
        assert lead(client, f"/articles/{former}/") == (301, "/articles/fourth/"), former
        assert lead(client, f"/articles/{former}") == (301, "/articles/fourth/"), former
        assert lead(client, f"{API}{former}/") == (301, f"{API}fourth/"), former
    assert lead(client, "/articles/fourth/") == lead(client, f"{API}fourth/") == (200, "")
    assert lead(client, f"{API}sleep/?language=en") == (301, f"{API}fourth/?language=en")


def test_renamed_and_back__leads_in_no_circle(site: Site, client: Client) -> None:
    rename(site.article, "other")
    rename(site.article, "sleep")
    assert lead(client, "/articles/sleep/") == lead(client, f"{API}sleep/") == (200, "")
    assert lead(client, "/articles/other/") == (301, "/articles/sleep/")
    assert lead(client, f"{API}other/") == (301, f"{API}sleep/")


def test_address_that_somebody_new_has__is_theirs(site: Site, client: Client) -> None:
    rename(site.article, "other")
    new = factories.article("New at the old place", slug="sleep")
    assert b"New at the old place" in client.get("/articles/sleep/").content
    assert client.get(f"{API}sleep/").json()["title"] == "New at the old place"
    delete(new)
    assert lead(client, "/articles/sleep/")[0] == lead(client, f"{API}sleep/")[0] == 410


def test_renamed_list__leads_on_with_all_below_it(site: Site, client: Client) -> None:
    rename(factories.article_index(), "writing")
    assert lead(client, site.path) == (301, "/writing/sleep/")
    assert lead(client, "/articles/") == (301, "/writing/")
    assert lead(client, f"{API}sleep/") == (200, "")


def test_renamed_topic__leads_on(site: Site, client: Client) -> None:
    site.topic.slug = "nights"
    save_and_publish(site.topic)
    assert lead(client, "/topics/sleep/") == (301, "/topics/nights/")
    assert lead(client, "/api/v1/topics/sleep/") == (301, "/api/v1/topics/nights/")


def test_moved__map_and_feed_have_the_new_address_alone(site: Site, client: Client) -> None:
    move(site.article, factories.article_index(title="Archive", slug="archive"))
    for path in ("/sitemap.xml", "/feed.atom"):
        said = client.get(path).content.decode()
        assert "/archive/sleep/" in said, path
        assert "/articles/sleep/" not in said, path
    changes = client.get("/sync/changes/?limit=500").json()["changes"]
    (told,) = [change for change in changes if change["id"] == str(site.article.public_id)]
    assert (told["path"], told["former"]) == ("/archive/sleep/", ["/articles/sleep/"])


def test_gone_after_it_was_renamed__both_addresses_say_so(site: Site, client: Client) -> None:
    rename(site.article, "other")
    withdraw(type(site.article).objects.get(pk=site.article.pk), "It was wrong.", None)
    for path in ("/articles/sleep/", "/articles/other/", "/articles/other"):
        assert lead(client, path)[0] == 410, path
    for slug in ("sleep", "other"):
        answer = client.get(f"{API}{slug}/")
        assert (answer.status_code, answer.json()["reason"]) == (410, "It was wrong."), slug
    for path in ("/sitemap.xml", "/feed.atom"):
        assert "/articles/other/" not in client.get(path).content.decode()


def test_never_was__is_404_at_once_and_the_same_bytes_as_what_may_not_be_seen(site: Site, client: Client) -> None:
    factories.article("Draft", slug="draft", live=False)
    closed = factories.information_page("Closed", slug="closed", live=False)
    with one_writer():
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
    never = client.get("/articles/never/")
    for path in ("/articles/draft/", "/articles/draft", "/articles/never", "/closed/", "/closed", "/a/b/c", "/x.php"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, never.content), path
        assert lead(client, path) == (404, ""), path
    assert client.get(f"{API}draft/").content == client.get(f"{API}never/").content


def test_own_addresses_without_their_slash__lead_to_themselves(site: Site, client: Client) -> None:
    for path in ("/help", "/search", "/admin", "/accounts/login"):
        assert lead(client, path) == (301, f"{path}/"), path
    assert lead(client, "/api")[0] == lead(client, "/static")[0] == lead(client, "/media")[0] == 404


# ---- What editors lead elsewhere by hand ------------------------------------------------------


def redirect(old_path: str, to: Page | str, **more: bool) -> Redirect:
    """Enter a redirect as the admin does."""
    return Redirect.add_redirect(old_path, to, **more)


def test_redirect__leads_from_an_older_sites_address_with_its_query_or_without(site: Site, client: Client) -> None:
    redirect("/index.php?id=7", site.article)
    redirect("/old-news", "https://example.org/news", is_permanent=False)
    redirect("/schlaf-über/", site.article)
    assert lead(client, "/index.php?id=7") == (301, site.path)
    assert lead(client, "/index.php?id=8") == (404, "")
    for path in ("/old-news", "/old-news/", "/old-news/?utm_source=x"):
        assert lead(client, path) == (302, "https://example.org/news"), path
    assert lead(client, "/schlaf-%C3%BCber/") == (301, site.path)
    assert client.get("/old-news/").headers["Cache-Control"].startswith("public, max-age=")


def test_redirect__follows_its_page_and_ends_with_it(site: Site, client: Client) -> None:
    redirect("/old", site.article)
    rename(site.article, "other")
    assert lead(client, "/old/") == (301, "/articles/other/")
    unpublish(type(site.article).objects.get(pk=site.article.pk))
    assert lead(client, "/old/") == (404, "")


def test_redirect__stands_behind_what_is_public_and_behind_a_reason(site: Site, client: Client) -> None:
    about, other = Page.objects.get(slug="about"), factories.article("Other", slug="other")
    for path in (site.path, "/articles/other/", "/about/"):
        redirect(path, "https://example.org/")
    assert lead(client, site.path) == (200, "")
    withdraw(site.article, "It was wrong.", None)
    assert lead(client, site.path)[0] == 410
    rename(other, "elsewhere")
    assert lead(client, "/articles/other/") == (301, "/articles/elsewhere/")
    delete(about)
    assert lead(client, "/about/") == (301, "https://example.org/")


def test_redirects_one_after_another__are_one_step_and_a_circle_is_none(site: Site, client: Client) -> None:
    from django.conf import settings

    redirect("/one", f"{settings.ORIGIN}/two/")
    redirect("/two", f"{settings.ORIGIN}{site.path}")
    redirect("/here", f"{settings.ORIGIN}/there/")
    redirect("/there", f"{settings.ORIGIN}/here/")
    assert lead(client, "/one/") == (301, site.path)
    assert lead(client, "/here/") == lead(client, "/there/") == (404, "")
    redirect("/script", "javascript:alert(1)")
    assert lead(client, "/script/") == (404, "")


def test_redirects__are_kept_by_who_publishes(site: Site) -> None:
    moderator, editor = Client(), Client()
    moderator.force_login(factories.moderator())
    editor.force_login(factories.editor())
    address = reverse("wagtailredirects:add")
    assert moderator.get(address).status_code == 200
    assert editor.get(address).status_code in (302, 403)
    fields = {"old_path": "/from-before/", "site": "", "is_permanent": "on", "redirect_link": "https://example.org/x"}
    fields |= {"redirect_page": "", "redirect_page_route_path": ""}
    assert moderator.post(address, fields).status_code == 302
    assert lead(Client(), "/from-before/") == (301, "https://example.org/x")
