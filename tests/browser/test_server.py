"""The server that the browser tests stand on does what they rely on."""

import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.server import CaptivePortal, Server


def status(url: str, timeout: float = 5) -> int:
    with urllib.request.urlopen(url, timeout=timeout) as answer:
        return int(answer.status)


def test_server__is_the_same_address_after_each_kind_of_end(server: Server) -> None:
    address = server.url
    server.kill()
    with pytest.raises(urllib.error.URLError):
        status(f"{address}/healthz")
    server.start()
    server.stop()
    server.restart(env={"LOG_LEVEL": "INFO"})
    assert server.url == address
    assert status(f"{address}/healthz") == 200


def test_paused_server__accepts_and_answers_only_once_resumed(server: Server) -> None:
    server.pause()
    with pytest.raises(TimeoutError):
        status(f"{server.url}/healthz", timeout=0.5)
    server.resume()
    assert status(f"{server.url}/healthz") == 200


def test_captive_portal__answers_html_on_the_servers_own_address(
    server: Server, captive_portal: Callable[[], CaptivePortal], page: Page
) -> None:
    portal = captive_portal()
    page.goto(f"{server.url}/anything/")
    assert page.title() == "Hotel Wi-Fi"
    assert "GET /anything/" in portal.requests
    portal.close()
    server.start()
    assert status(f"{server.url}/healthz") == 200
