"""The page on which one writes to a specialist, without a connection: the same as the server's, gate and form."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.phone import Phone, fetched, main_of
from tests.server import Server

SPECIALIST = "/specialists/oriel-vanthorpe/"


def test_page_never_visited__is_the_same_from_this_phone_in_every_language(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    paths = [f"{root}{SPECIALIST}write/" for root in ("", "/de")]
    expected = {path: main_of(fetched(server, path)) for path in paths}
    phone.keep_everything()
    server.kill()
    for path, main in expected.items():
        answer = phone.open(path)
        assert answer.status == 200
        assert main_of(answer.text()) == main
        assert "next=%2Fown%2Fmessages%2Fto%2Foriel-vanthorpe%2F" in main
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Oriel Vanthorpe")


def test_page_of_nobody__says_that_there_is_no_connection(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    server.kill()
    phone.open("/specialists/nobody-of-that-name/write/")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No Internet Connection")
