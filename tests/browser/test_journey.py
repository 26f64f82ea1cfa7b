"""From an editor's first word to a phone without a connection."""

import re

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.desk import Desk, desks_of_an_article
from tests.browser.phone import Phone, change
from tests.server import Server

ENGLISH_ARTICLES = """
from cms.articles.models import ArticleIndex
print(">", ArticleIndex.objects.get(locale__language_code="en").pk)
"""
WORKS = [("A plain account of evening walks", "Ferrow"), ("On the use of small promises", "Tallis")]


def write_reference(desk: Desk, title: str, family: str) -> None:
    desk.open("snippets/references/reference/add/")
    desk.fill("title", title)
    desk.add("authors")
    desk.fill("authors-0-family", family)
    desk.fill("authors-0-given", "Ada")
    desk.fill("year", "2019")
    desk.fill("container_title", "Journal of Invented Examples")
    desk.press("submit")


def write_banner(desk: Desk) -> None:
    desk.open("snippets/banners/banner/add/")
    desk.fill("name", "For the end of articles")
    desk.fill("heading", "Talk it over, once, for nothing")
    desk.fill("lead", "Thirty minutes with a specialist.")
    desk.tab("Where and when")
    desk.page.get_by_label("End of an article").check()
    desk.fill("priority", "100")
    desk.press("submit")


def write_article(desk: Desk, below: str) -> None:
    desk.open(f"pages/add/articles/article/{below}/")
    desk.fill("title", "Walking in the evening")
    desk.fill("summary", "Why a short walk can end a day.")
    heading = desk.block("body", "Heading")
    heading.get_by_role("textbox").first.fill("Before you go out")
    text = desk.block("body", "Text")
    text.locator('[contenteditable="true"]').click()
    desk.page.keyboard.type("Leave the telephone on the table.")
    desk.tab("References")
    for number, (title, _) in enumerate(WORKS):
        desk.add("references")
        desk.choose(f"references-{number}-reference", title)
    desk.fill("references-0-annotation", "It is here for its maps.")
    desk.tab("People and review")
    desk.add("authorships")
    desk.choose("authorships-0-person", "Ilse Marrow")
    desk.tab("Topics and related")
    desk.page.locator('[name="topics"]').first.check()
    desk.press("submit")


def approve_all(server: Server, desk: Desk, task: str, count: int) -> None:
    """Approve everything that waits for a task, one after the other, from its own page in the admin."""
    waiting = change(
        server,
        "from wagtail.admin.admin_url_finder import AdminURLFinder\n"
        "from wagtail.models import WorkflowState\n"
        "from cms.people.models import User\n"
        "finder = AdminURLFinder(User.objects.get(email='admin@respite.example'))\n"
        "for state in WorkflowState.objects.active().filter(current_task_state__task__name='TASK').order_by('pk'):\n"
        "    print('>' + finder.get_edit_url(state.content_object))\n".replace("TASK", task),
    )
    addresses = re.findall(r"^>/admin/(.+)$", waiting, re.MULTILINE)
    assert len(addresses) == count
    for address in addresses:
        desk.open(address)
        desk.approve()


def test_article_with_references_and_banner__goes_from_the_editors_form_to_a_phone_without_a_connection(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    # Given a phone that has the library, and a writer, a reviewer and a publisher at their desks
    phone = Phone(context, server)
    phone.keep_everything()
    writer, reviewer, publisher = desks_of_an_article(browser, server)
    below = change(server, ENGLISH_ARTICLES)

    # When the writer writes, the article is reviewed, and the publisher approves everything
    for title, family in WORKS:
        write_reference(writer, title, family)
    write_banner(writer)
    write_article(writer, re.findall(r"> (\d+)", below)[0])
    approve_all(server, reviewer, "Clinical review", 1)
    approve_all(server, publisher, "Publication", 4)

    # Then the phone gets it with its next round of sync, and reads it without a connection
    phone.sync()
    server.kill()
    phone.open("/articles/walking-in-the-evening/")
    main = phone.page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("Walking in the evening")
    expect(main).to_contain_text("Leave the telephone on the table.")
    expect(main).to_contain_text("Ferrow, A. (2019). A plain account of evening walks.")
    expect(main).to_contain_text("It is here for its maps.")
    expect(main).to_contain_text("Tallis, A. (2019). On the use of small promises.")
    expect(main.get_by_role("heading", name="Talk it over, once, for nothing")).to_be_visible()
    assert phone.elsewhere == []
