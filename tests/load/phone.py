"""What a phone downloads to have the library, and to keep it."""

import json
import re
from pathlib import Path

import brotli

from tests.kept import ROOT
from tests.load.asking import Connection
from tests.load.libraries import Library
from tests.load.report import Line, Report
from tests.server import Server

MEGABYTE = 1_000_000


def measure(report: Report, folder: Path) -> None:
    """Measure the first sync of 500 articles, one with nothing new, and ones with some changes."""
    with Library(500, folder / "500") as server:
        whole, cursor, things, _ = sync(server, "0")
        report.add(Line("First sync of 500 articles", whole / MEGABYTE, 2.2, "MB", note=f"({things} things)"))
        nothing, _, _, requests = sync(server, cursor)
        report.add(Line("Nothing changed: on the wire", nothing, 1000, "bytes"))
        report.add(Line("Nothing changed: requests", requests, 1))
        sizes = {}
        for count in (1, 10, 40):
            edit_articles(server, count)
            sizes[count], cursor, changed, _ = sync(server, cursor)
            report.add(Line(f"{count} articles edited: things that travel", changed, count))
            report.add(Line(f"{count} articles edited: on the wire", sizes[count] / 1000, None, "KB"))
        edit_banner(server)
        _, cursor, changed, _ = sync(server, cursor)
        report.add(Line("One banner published: things that travel", changed, 1))
    with Library(5000, folder / "5000") as server:
        cursor = head(server)
        edit_articles(server, 40)
        large, _, _, _ = sync(server, cursor)
        report.add(Line("40 articles edited: with 5,000 articles against 500", large / sizes[40], 1.1, "×"))


def page_length() -> int:
    """Give how many changes a phone asks for at once, as the client's own source says."""
    found = re.search(r"PAGE_LENGTH\s*=\s*(\d+)", (ROOT / "pwa/client/src/library/feed.ts").read_text())
    assert found, "the client says no PAGE_LENGTH"
    return int(found[1])


def sync(server: Server, after: str) -> tuple[int, str, int, int]:
    """Take all changes after a cursor; give the bytes on the wire, the new cursor, the changes and the requests."""
    connection, total, changes, requests = Connection(server), 0, 0, 0
    while True:
        answer = connection.get(f"/sync/changes/?after={after}&limit={page_length()}")
        assert answer.status == 200, answer.body
        packed = answer.headers.get("content-encoding") == "br"
        page = json.loads(brotli.decompress(answer.body) if packed else answer.body)
        total, changes, requests = total + answer.wire_bytes, changes + len(page["changes"]), requests + 1
        after = str(page["cursor"])
        if not page["more"]:
            return total, after, changes, requests


def head(server: Server) -> str:
    """Give the cursor of somebody who has everything."""
    return sync(server, "0")[1]


def edit_articles(server: Server, count: int) -> None:
    """Publish a correction to so many articles."""
    server.manage("shell", "-v0", "-c", EDIT.format(count=count))


def edit_banner(server: Server) -> None:
    """Publish a change to one banner."""
    server.manage("shell", "-v0", "-c", BANNER)


EDIT = """
from cms.articles.models import Article
from cms.publishing.services import save_and_publish
chosen = list(Article.objects.live().order_by("-pk")[:{count}])
assert len(chosen) == {count}
for article in chosen:
    article.content_note = (article.content_note or "") + " Corrected."
    save_and_publish(article)
"""
BANNER = """
from cms.banners.models import Banner
from cms.publishing.services import save_and_publish
banner = Banner.objects.filter(live=True).first()
banner.heading += "!"
save_and_publish(banner)
"""
