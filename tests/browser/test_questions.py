"""A question on its way: asked without a script, moderated, answered, read without a connection by somebody else."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk import WIDE, Desk
from tests.browser.phone import Phone, change, fill_in_log_in, main_of
from tests.browser.test_access import AXE, FINDINGS
from tests.server import Server

TITLE = "How do I bear the quiet in the flat?"
TEXT = "Since the autumn nobody else lives here. The wireless is on from morning to night, and I do not listen to it."
ANSWER = (
    "Let it be on. Then choose one quarter of an hour in which it is off, and sit by the window with something warm."
)


def without_scripts(browser: Browser) -> Page:
    return browser.new_context(java_script_enabled=False, locale="en-GB").new_page()


def ask(page: Page, server: Server) -> None:
    """Come to the gate, log in, and ask: without a script the gate stands before the form."""
    page.goto(f"{server.url}/questions/ask/")
    expect(page.locator("#gate")).to_have_text("To create a new Question, please log in or create an account")
    page.get_by_role("link", name="Login").click()
    fill_in_log_in(page, "reader@respite.example", server.logins["reader@respite.example"])
    page.wait_for_url("**/own/questions/ask/")
    page.get_by_label("Your question in one sentence").fill(TITLE)
    page.get_by_label("What is behind it").fill(TEXT)
    page.get_by_label("Topic").select_option(label="Loss and grief")
    page.get_by_label("Name to stand over it").fill("Kitchen Wireless")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("status").first).to_contain_text("Your message has been sent")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def publish(desk: Desk, title: str) -> None:
    """Have a moderator read what waits under a title, and publish it."""
    desk.page.goto(f"{desk.server.url}/admin/questions/")
    desk.page.locator(".questions-rows").get_by_role("link", name=title).click()
    desk.page.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.page.locator(".messages .success").first).to_contain_text("It is published.")


def answer(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/accounts/login/?next=/own/specialist/questions/")
    fill_in_log_in(page, "specialist@respite.example", server.logins["specialist@respite.example"])
    page.wait_for_url("**/own/specialist/questions/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("Your answer").fill(ANSWER)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("status").first).to_contain_text("Your message has been sent")


@pytest.mark.server_side
def test_question__is_asked_moderated_answered_and_read_offline_by_somebody_who_is_not_signed_in(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    # Given a phone of somebody else, which has the library
    phone = Phone(context, server)
    phone.keep_everything()
    reader, specialist = without_scripts(browser), without_scripts(browser)
    moderator = Desk(browser.new_context(**WIDE), server, "moderator@respite.example")

    # When somebody asks without a script, it waits
    ask(reader, server)
    phone.sync()
    assert TITLE not in str(phone.library())

    # And a moderator publishes it, a specialist answers, and the moderator publishes the answer
    publish(moderator, TITLE)
    answer(specialist, server)
    publish(moderator, TITLE)
    phone.sync()

    # Then the other phone has it without a connection
    context.set_offline(True)
    phone.open("/questions/?topic=loss-and-grief")
    phone.page.get_by_role("link", name=TITLE).click()
    main = phone.page.locator("main")
    expect(main).to_contain_text("Asked as “Kitchen Wireless”")
    expect(main).to_contain_text(TEXT)
    expect(main.locator(".answer")).to_contain_text(ANSWER)
    expect(main.locator(".answer").get_by_role("link", name="Oriel Vanthorpe")).to_be_visible()
    expect(main.locator(".answer .state")).to_contain_text("Verified")
    assert phone.page.evaluate("document.documentElement.dataset.madeOn") in ("phone", "fresh")
    main.locator(".answer .state a").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Oriel Vanthorpe")
    phone.open("/search/")
    phone.page.get_by_role("searchbox").fill("wireless")
    expect(phone.page.locator("[data-found]").get_by_role("link", name=TITLE)).to_be_visible()

    # And when it is withdrawn, it goes from that phone too
    reader.goto(f"{server.url}/own/questions/")
    asked = reader.locator("li", has=reader.get_by_role("heading", name=TITLE))
    asked.locator("summary", has_text="Withdraw").click()
    asked.get_by_role("button", name="Withdraw it").click()
    expect(reader.get_by_role("status").first).to_contain_text("is withdrawn")
    context.set_offline(False)
    phone.open("/")
    phone.sync()
    assert "Kitchen Wireless" not in str(phone.library())


# What a page says and where it leads, without what the phone adds by itself.
SAID = r"""(html) => {
  const said = (main) => {
    const copy = main.cloneNode(true);
    for (const own of copy.querySelectorAll("respite-on-phone")) own.remove();
    const ways = [...copy.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    return [copy.textContent.replace(/\s+/g, ""), ways];
  };
  const sent = new DOMParser().parseFromString(html, "text/html");
  return [said(document.querySelector("main")), said(sent.querySelector("main"))];
}"""


@pytest.mark.parametrize("path", ["/questions/", "/questions/?topic=sleep", "/de/questions/"])
def test_list__is_the_servers_own_when_the_phone_makes_it(context: BrowserContext, server: Server, path: str) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    sent = phone.page.request.get(f"{server.url}{path}").text()
    context.set_offline(True)
    assert phone.open(path).from_service_worker
    expect(phone.page.locator("main .card").first).to_be_visible()
    made, wanted = phone.page.evaluate(SAID, sent)
    assert made == wanted


@pytest.mark.parametrize("path", ["/questions/ask/", "/de/questions/ask/"])
def test_form__is_the_servers_own_when_the_phone_makes_it(context: BrowserContext, server: Server, path: str) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    sent = main_of(phone.page.request.get(f"{server.url}{path}").text())
    context.set_offline(True)
    answered = phone.open(path)
    assert answered.from_service_worker
    assert bare(main_of(answered.text())) == bare(sent)


def test_words_that_may_mean_danger__show_help_while_they_are_typed_and_hold_nothing_back(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.open("/questions/ask/")
    form = phone.page.locator("respite-form")
    form.get_by_label("Your question in one sentence").fill("Is it only the winter that does this?")
    expect(form).not_to_contain_text("there are people you can reach now")
    form.get_by_label("What is behind it").fill("Some evenings I don’t want to live any more, and in the morning I do.")
    expect(form).to_contain_text("there are people you can reach now")
    expect(form.get_by_role("button", name="Send the question")).to_be_enabled()


def bare(html: str) -> str:
    """Give a main as it was sent, without the white space between its tags."""
    return re.sub(r">\s+<", "><", html)


# ---- For everybody ---------------------------------------------------------------------------

PRIVATE = {
    "reader@respite.example": ("/own/questions/", "/own/questions/ask/"),
    "specialist@respite.example": ("/own/specialist/questions/",),
}


@pytest.fixture(params=["light", "dark"])
def small_phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of a phone 320 px wide, in one of the two themes."""
    theme: Literal["light", "dark"] = request.param
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=theme, service_workers="block", locale="en-GB"
    )
    yield context.new_page()
    context.close()


def holds(page: Page) -> None:
    """See that axe finds nothing, and that nothing scrolls sideways."""
    page.evaluate(AXE.read_text())
    assert page.evaluate(FINDINGS) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_pages_of_questions__are_for_everybody(small_phone: Page, reading_server: Server) -> None:
    page, server = small_phone, reading_server
    for path in ("/questions/", "/questions/ask/"):
        page.goto(f"{server.url}{path}")
        holds(page)
    page.goto(f"{server.url}/questions/")
    page.locator(".card a").last.click()
    page.wait_for_url(re.compile(r"/questions/\w{10}/"))
    holds(page)
    for email in ("reader@respite.example", "specialist@respite.example"):
        page.context.clear_cookies()
        page.goto(f"{server.url}/accounts/login/")
        fill_in_log_in(page, email, server.logins[email])
        page.wait_for_url("**/accounts/")
        for path in PRIVATE[email]:
            page.goto(f"{server.url}{path}")
            holds(page)


@pytest.mark.server_side
def test_desk_of_moderators__is_for_everybody(browser: Browser, reading_server: Server) -> None:
    desk = Desk(browser.new_context(**WIDE), reading_server, "moderator@respite.example")
    desk.page.goto(f"{reading_server.url}/admin/questions/")
    expect(desk.page.locator(".questions-urgent")).to_contain_text("Read first")
    desk.page.evaluate(AXE.read_text())
    assert found_in_main(desk.page) == []
    desk.page.locator(".questions-urgent a").click()
    desk.page.wait_for_url(re.compile(r"/admin/questions/\d+/"))
    desk.page.evaluate(AXE.read_text())
    assert found_in_main(desk.page) == []


def found_in_main(page: Page) -> list[str]:
    """Give what axe objects to in what is ours; the frame around it is Wagtail's."""
    found: list[str] = page.evaluate(
        "async () => (await axe.run('.questions-desk')).violations.map("
        "({id, nodes}) => `${id}: ${nodes.map(({target}) => target).join(', ')}`)"
    )
    return found


def test_whoever_asked__is_nowhere_on_a_phone(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    account = change(
        server, "from cms.people.models import User; print(User.objects.get(email='reader@respite.example').public_id)"
    )
    kept = str(phone.library())
    assert "Night Tram" in kept
    assert account.strip().splitlines()[-1] not in kept
    assert "reader@respite.example" not in kept
    assert "Jona" not in kept
