"""What stands at each address of a reader, and for whom."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from api.library.models import Entry
from cms.articles.services import withdraw
from cms.pages.models import SiteSettings
from cms.publishing.services import delete, move, one_writer, save_and_publish
from pwa.errors import server_error
from pwa.models import Fragment
from tests import factories
from tests.pwa.conftest import Site, main_of

Read = Callable[[str], str]
EVERY_PAGE = [
    "/",
    "/articles/",
    "/articles/sleep/",
    "/topics/sleep/",
    "/people/ana-writer/",
    "/about/",
    "/free-consultation/",
    "/for-specialists/",
    "/help/",
    "/offline/",
    "/on-this-phone/",
    "/saved/",
    "/share/",
    "/shell/",
    "/nothing-here/",
]


def test_every_page__is_the_same_bytes_for_everybody_and_sets_no_cookie(site: Site) -> None:
    anonymous, editor = Client(), Client()
    editor.force_login(factories.administrator())
    for path in EVERY_PAGE:
        one, other = anonymous.get(path), editor.get(path)
        assert one.content == other.content, path
        assert not one.cookies, path
        assert not other.cookies, path
        assert "Cookie" not in one.headers.get("Vary", ""), path


def test_every_page__has_no_inline_script_or_style_and_asks_nobody_else(site: Site, client: Client) -> None:
    for path in EVERY_PAGE:
        html = client.get(path).content.decode()
        assert "style=" not in html, path
        assert "<style" not in html, path
        assert not re.search(r"<[^>]+\son\w+=", html), path
        scripts = [piece.split(">", 1)[0] for piece in html.split("<script")[1:]]
        assert all("src=" in script or "application/ld+json" in script for script in scripts), path
        assert not [part for part in html.split('src="')[1:] if part.startswith("http")], path


def test_every_page__has_one_main_one_h1_and_no_slot_left(site: Site, client: Client) -> None:
    for path in set(EVERY_PAGE) - {"/shell/"}:
        html = client.get(path).content.decode()
        assert html.count("<main") == 1, path
        assert html.count("<h1") == 1, path
        assert "<!--" not in html, path
        assert 'href="/help/"' in html, path
        assert "this site" in html, path


def test_page__may_be_kept_for_a_minute_at_most_and_is_known_again_by_its_tag(site: Site, client: Client) -> None:
    first = client.get(site.path)
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(site.path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert "W/" not in first["ETag"]


def test_page__is_compressed_with_a_tag_of_its_own(site: Site, client: Client) -> None:
    plain = client.get(site.path)
    packed = client.get(site.path, headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "br"
    assert len(packed.content) < len(plain.content) / 2
    assert packed["ETag"] != plain["ETag"]
    assert packed["Vary"] == "Accept-Encoding"


def test_page__carries_the_strict_policy_and_switches_devices_off(site: Site, client: Client) -> None:
    headers = client.get("/").headers
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_page__is_new_at_once_when_it_was_published_again(site: Site, read: Read) -> None:
    assert "Good to see you." in read("/")
    home = factories.home_page()
    home.greeting = "Hello again."
    save_and_publish(home)
    assert "Hello again." in read("/")


def test_page__is_new_when_only_the_settings_of_the_site_are(site: Site, read: Read) -> None:
    read("/")
    SiteSettings.objects.update_or_create(pk=1, defaults={"footer": "Another foot.", "crisis_note": "Not <safe>?"})
    html = read("/")
    assert "Another foot." in html
    assert "Not &lt;safe&gt;?" in html


def test_article__says_who_answers_for_it_and_when(site: Site, read: Read) -> None:
    html = read(site.path)
    for words in (
        "When sleep will not come",
        "Written by",
        "Reviewed by",
        "Ana Writer",
        "Last reviewed",
        "1 September 2026",
        "September 2028",
        "This mentions long nights.",
        "What it is",
        "Key takeaways",
        "A slow breath",
        "A moon over hills",
        "Why it is here.",
        "pp. 226–230, model overview",
        "Journal article",
        "A number was wrong.",
        "Share on other sites",
        "A first conversation",
    ):
        assert words in html, words


def test_article__has_pictures_with_their_room_and_sizes(site: Site, read: Read) -> None:
    picture = read(site.path).split("<img ")[1].split(">")[0]
    assert 'width="800"' in picture
    assert 'height="450"' in picture
    assert "400w" in picture
    assert 'src="/media/images/' in picture


def test_article__shares_its_own_address_with_nothing_added(site: Site, read: Read) -> None:
    html = read(f"{site.path}?utm_source=somewhere")
    assert "utm_source" not in html
    assert 'data-url="http' in html
    assert f'{site.path}"' in html.split('data-url="')[1][:80]


def test_article__says_that_its_review_is_overdue_once_its_day_has_passed(site: Site, client: Client) -> None:
    with time_machine.travel(datetime(2028, 9, 1, 23, 59, 30, tzinfo=UTC), tick=False):
        before = client.get(site.path)
        assert b"Review overdue" not in before.content
        assert before["Cache-Control"] == "public, max-age=30"
    with time_machine.travel(datetime(2028, 9, 2, tzinfo=UTC), tick=False):
        said = 'was due on <time datetime="2028-09-01">1 September 2028</time> and has not been done yet.'
        assert said in client.get(site.path).content.decode()


def test_article__with_a_heading_named_like_a_part_of_the_page__has_each_id_once(site: Site, read: Read) -> None:
    names = ["Main", "References", "Share", "Changes", "Ref 1", "Key takeaways", "Key takeaways"]
    body = [("heading", {"text": name, "level": "2"}) for name in names]
    factories.article("Odd names", slug="odd", body=[*body, *factories.body_blocks()], corrections=["One"])
    ids = re.findall(r'\bid="([^"]+)"', read("/articles/odd/"))
    assert sorted(ids) == sorted(set(ids))


def test_article__that_cites_nothing_and_has_one_section__has_neither_list(site: Site, read: Read) -> None:
    factories.article("Bare", slug="bare", references=[], body=[("text", "<p>Short.</p>")])
    html = read("/articles/bare/")
    assert "References" not in html
    assert 'class="contents"' not in html


def test_retracted_reference__is_marked_in_words(site: Site, read: Read) -> None:
    work = factories.reference("A withdrawn study", status="retracted")
    factories.article("On doubt", slug="doubt", references=[work])
    assert "Retracted" in read("/articles/doubt/")


def test_home__leads_to_the_newest_articles_and_topics_with_counts(site: Site, read: Read) -> None:
    html = read("/")
    assert '<div class="first"><article class="card go">' in html
    assert "All articles (1)" in html
    assert 'Sleep <span><span class="sr">articles: </span>1</span>' in html
    assert "Get help now" in html


def test_navigation__marks_where_one_is(site: Site, read: Read) -> None:
    assert '<a href="/" aria-current="page">' in read("/")
    assert '<a href="/articles/" aria-current="page">' in read(site.path)
    assert "aria-current" not in read("/about/").split("<main")[0]


def test_navigation__has_only_tabs_that_lead_somewhere(bare: None, read: Read) -> None:
    factories.home_page()
    html = read("/")
    assert '<a href="/specialists/">' in html
    assert "Nobody is listed here yet." in read("/specialists/")
    assert '<a href="/saved/"' in html
    assert '<a href="/own/messages/"' in html


def test_footer__leads_to_what_is_published(site: Site, read: Read) -> None:
    foot = read("/").split("<footer")[1]
    assert '<a href="/about/">About</a>' in foot
    assert '<a href="/for-specialists/">For specialists</a>' in foot
    assert "/feed.atom" in foot


def test_list__is_paged_without_a_script(site: Site, read: Read, client: Client) -> None:
    for number in range(20):
        factories.article(f"Night {number}", slug=f"night-{number}", topics=[site.topic], authors=[site.author])
    first, second = read("/articles/"), read("/articles/?page=2")
    assert first.count('class="card go"') == 20
    assert '<a href="?page=2" rel="next">' in first
    assert second.count('class="card go"') == 1
    assert '<a href="./" rel="prev">' in second
    assert read("/topics/sleep/?page=2").count('class="card go"') == 1
    assert read("/people/ana-writer/?page=2").count('class="card go"') == 1
    for wrong in ("3", "0", "-1", "x", "99999999999", "²"):
        assert client.get(f"/articles/?page={wrong}").status_code == 404, wrong
    assert client.get("/about/?page=2").status_code == 404


def test_consultation__has_headed_panels_in_the_words_that_are_fixed(site: Site, read: Read) -> None:
    assert "<h2" in read("/free-consultation/").split("What are the benefits of a free consultation?")[0][-60:]
    assert "Potential benefits of a free initial consultation" in read("/for-specialists/")


def sections(*titles: str) -> list[tuple[str, Any]]:
    """Give a body with text before its first section, and key takeaways and a smaller heading in it."""
    blocks: list[tuple[str, Any]] = [("text", factories.rich_text("Before."))]
    for title in titles:
        blocks += [("heading", {"text": title, "level": "2"}), ("text", factories.rich_text(f"About {title}."))]
    inside = [("takeaways", {"items": ["Rest counts."]}), ("heading", {"text": "Smaller", "level": "3"})]
    return [*blocks[:3], *inside, *blocks[3:]]


def test_banner_after_a_section__stands_before_the_next_ones_heading(site: Site, read: Read) -> None:
    factories.article("Long", slug="long", topics=[site.topic], body=sections("One", "Two", "Three"))
    factories.article("Short", slug="short", topics=[site.topic], body=sections("One", "Two"))
    factories.banner("In the middle", placements=["after_section_2", "article_end"], priority=9)
    long, short = main_of(read("/articles/long/")), main_of(read("/articles/short/"))
    assert re.search(r'About Two\..*placement="after_section_2".*In the middle.*<h2 id="three">', long, re.DOTALL)
    assert long.count('<h2 id="offer-') == 2
    assert "A first conversation" in long[long.index("About Three.") :], "the next best stands at the end"
    assert 'placement="after_section' not in short
    assert "In the middle" in short[short.index("About Two.") :]


def test_fragment__has_a_place_between_sections_and_none_before_the_first_or_after_the_last(site: Site) -> None:
    titles = [f"Part {number}" for number in range(1, 13)]
    page = factories.article("Long", slug="long", topics=[site.topic], body=sections(*titles))
    html = Fragment.objects.get(pk=page.public_id).html
    found = re.findall(r'after_section_(\d+) client sleep-->\n<section aria-labelledby="part-(\d+)"', html)
    assert found == [(str(number), str(number + 1)) for number in range(1, 10)]
    assert html.count("slot:banners") == 10


def test_banner__ends_at_its_end_also_in_how_long_the_page_may_be_kept(site: Site, client: Client) -> None:
    now = timezone.now().replace(microsecond=0)
    factories.banner("Only for a moment", priority=5, ends_at=now + timedelta(seconds=30))
    with time_machine.travel(now, tick=False):
        response = client.get("/")
        assert b"Only for a moment" in response.content
        assert response["Cache-Control"] == "public, max-age=30"
    with time_machine.travel(now + timedelta(seconds=30), tick=False):
        assert b"Only for a moment" not in client.get("/").content


def test_missing__is_404_for_drafts_and_what_never_was_alike(site: Site, client: Client) -> None:
    factories.article("Draft", slug="draft", live=False)
    draft, nothing = client.get("/articles/draft/"), client.get("/articles/never/")
    assert draft.status_code == nothing.status_code == 404
    assert draft.content == nothing.content
    assert b"There is nothing at this address" in draft.content


def test_restricted__is_gone_with_all_that_named_it(site: Site, client: Client, read: Read) -> None:
    with one_writer():
        PageViewRestriction.objects.create(page=Page.objects.get(pk=site.article.pk), restriction_type="login")
    response = client.get(site.path)
    assert response.status_code == 410
    assert b"When sleep will not come" not in response.content
    for path in ("/", "/articles/", "/topics/sleep/", "/feed.atom", "/sitemap.xml", "/search/?q=sleep"):
        assert "When sleep will not come" not in read(path), path


def test_withdrawn__says_why_and_what_to_read_instead(site: Site, client: Client) -> None:
    instead = factories.article("A better one", slug="better")
    withdraw(site.article, "Its <source> was retracted.", instead)
    response = client.get(site.path)
    html = response.content.decode()
    assert response.status_code == 410
    assert "Its &lt;source&gt; was retracted." in html
    assert 'href="/articles/better/"' in main_of(html)
    assert "noindex" in html


def test_deleted__is_410_without_a_word_of_what_it_was(site: Site, client: Client) -> None:
    delete(site.article)
    response = client.get(site.path)
    assert response.status_code == 410
    assert b"When sleep" not in response.content


def test_moved__leads_on_from_every_former_address(site: Site, client: Client) -> None:
    home = factories.home_page()
    other = factories.article_index(title="Archive", slug="archive")
    move(site.article, other)
    response = client.get(site.path)
    assert response.status_code == 301
    assert response["Location"] == "/archive/sleep/"
    assert client.get("/archive/sleep/").status_code == 200
    assert home.pk


def test_address_without_its_slash__leads_to_the_one_with_it(site: Site, client: Client) -> None:
    response = client.get("/articles/sleep")
    assert (response.status_code, response["Location"]) == (301, "/articles/sleep/")
    assert client.get("//evil.example/x").status_code in (301, 404)
    assert not client.get("//evil.example/x").headers.get("Location", "/").startswith("//")


def test_address_without_its_slash__keeps_what_is_asked_and_is_kept_for_a_minute_at_most(
    client: Client, site: Site
) -> None:
    Entry.objects.filter(path="/topics/sleep/").update(path="/topics/why? now/")
    response = client.get("/topics/why%3F%20now?page=2&x=a%20b")
    assert (response.status_code, response["Location"]) == (301, "/topics/why%3F%20now/?page=2&x=a%20b")
    assert response["Cache-Control"] == "public, max-age=60"


def test_nul_in_an_address__is_nothing_and_never_asked_for(
    client: Client, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*arguments: object, **named: object) -> None:
        raise ValueError("PostgreSQL text fields cannot contain NUL")

    monkeypatch.setattr("api.library.queries.find", asked)
    monkeypatch.setattr("cms.pictures.models.Rendition.objects.filter", asked)
    for path in ("/a%00b/", "/a%00b", "/media/a%00", "/media/a%00/"):
        assert client.get(path).status_code == 404, path


def test_ended_page__is_in_the_frame_of_no_other(site: Site, read: Read) -> None:
    assert 'href="/about/"' in read("/help/")
    Entry.objects.filter(path__in=("/about/", "/free-consultation/")).update(ends_at=timezone.now())
    html = read("/help/")
    assert 'href="/about/"' not in html
    assert 'href="/free-consultation/"' not in html


def test_writing_methods__are_refused(site: Site, client: Client) -> None:
    assert client.post(site.path).status_code == 405
    assert client.delete("/help/").status_code == 405


def test_head__answers_without_a_body(site: Site, client: Client) -> None:
    response = client.head(site.path)
    assert (response.status_code, response.content) == (200, b"")


def test_help__has_every_country_and_puts_the_chosen_one_first(site: Site, read: Read) -> None:
    html = read("/help/")
    assert html.index("<h2>United Kingdom") < html.index("<h2>United States")
    chosen = read("/help/?country=us")
    assert chosen.index("<h2>United States") < chosen.index("<h2>United Kingdom")
    assert 'href="tel:116123"' in html
    assert "Not yet verified by this site." in html
    assert "<script>" not in read("/help/?country=<script>")


def test_help__says_when_a_number_was_checked(site: Site, read: Read) -> None:
    factories.helpline("Shout", text_number="85258", verified_on=date(2026, 11, 2), phone="")
    html = read("/help/")
    assert 'Checked <time datetime="2026-11-02">2 November 2026</time>.' in html
    assert 'href="sms:85258"' in html


def test_search__finds_marks_and_is_kept_by_nobody(site: Site, client: Client) -> None:
    response = client.get("/search/", {"q": "sleep <b>"})
    html = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert 'value="sleep &lt;b&gt;"' in html
    found = client.get("/search/", {"q": "sleep"}).content.decode()
    assert "<mark>sleep</mark>" in found
    assert f'href="{site.path}"' in found
    assert "Nothing has all of these words" in client.get("/search/", {"q": "zzzzz"}).content.decode()
    assert 'id="results"' not in main_of(client.get("/search/").content.decode())


def test_entry__that_named_what_has_ended__is_read_without_it_before_the_sweep(site: Site, client: Client) -> None:
    ending = factories.topic("Passing", expire_at=timezone.now() + timedelta(hours=1))
    factories.article("Two topics", slug="two", topics=[ending, site.topic])
    assert b"Passing" in client.get("/articles/two/").content
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert b"Passing" not in client.get("/articles/two/").content
        assert b"Passing" not in client.get("/articles/").content
    assert Entry.objects.get(path="/articles/two/").good_until is not None


def test_server_error__is_said_in_our_look_without_the_database() -> None:
    # No database is asked for by this test, so that asking it would fail.
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"Something went wrong on our side" in response.content
