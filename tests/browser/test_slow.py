"""The first visit over a slow network: what somebody came to read is there before the rest.

The page is not slowed down too: beside other tests that would measure them, not the page.
"""

from playwright.sync_api import Browser

from tests.server import Server
from tests.slow import SlowLink

ARTICLE = "/articles/sleep/"
SLOW_3G = {"bits_per_second": 400_000, "round_trip": 0.4}
READABLE_MS = 2_500
TRIES = 8  # other work on the machine only ever adds to what is measured

# When the largest text so far was painted: an article's is that of its beginning.
TEXT_PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver((list, observer) => {
    const texts = list.getEntries().filter(({url, element}) => !url && element?.closest('main'));
    if (texts.length === 0) return;
    observer.disconnect();
    resolve(texts[0].startTime);
  }).observe({type: 'largest-contentful-paint', buffered: true});
})"""


def test_first_visit_on_slow_3g__is_readable_within_two_and_a_half_seconds(
    browser: Browser, reading_server: Server
) -> None:
    took = []
    with SlowLink(reading_server.port, **SLOW_3G) as link:
        for _ in range(TRIES):
            context = browser.new_context(viewport={"width": 390, "height": 844})
            page = context.new_page()
            page.goto(f"{link.url}{ARTICLE}", wait_until="commit")
            took.append(page.evaluate(TEXT_PAINTED))
            context.close()
            if took[-1] <= READABLE_MS:
                break
    assert min(took) <= READABLE_MS, took
