"""What an answer of the API costs the server, against Wagtail's own API and against a view that does nothing."""

import json
from pathlib import Path
from statistics import median

import brotli

from tests.load.asking import Connection
from tests.load.libraries import Library
from tests.load.report import Line, Report

ROUNDS = 3
WAGTAIL_FIELDS = "summary,content_note,body,topics,reviewer,reviewed_on,image,authorships,references"


def measure(report: Report, folder: Path) -> None:
    """Measure one article, a list of 20 and an unchanged article, with 500 articles and with 5,000."""
    costs = measure_library(500, folder / "500", with_wagtail=True)
    for name, peer in (("one article", "wagtail one"), ("list of 20", "wagtail list"), ("304", "wagtail one")):
        cost = costs[name]
        report.add(Line(f"API, {name}: server CPU", cost, None, "µs", note=f"(Wagtail {costs[peer]:,.0f} µs)"))
        report.add(
            Line(f"API, {name}: Wagtail's own API takes so many times as much", costs[peer] / cost, 15, "×", True)
        )
        report.add(Line(f"API, {name}: of a view that answers constant bytes", cost / costs["constant"], 5, "×"))
    large = measure_library(5000, folder / "5000", with_wagtail=False)
    for name in ("one article", "list of 20", "304"):
        # In units of the same run's constant view, so that a busier minute of the machine does not count.
        grown = (large[name] / large["constant"]) / (costs[name] / costs["constant"])
        report.add(Line(f"API, {name}: with 5,000 articles against 500", grown, 1.25, "×"))


def measure_library(articles: int, folder: Path, with_wagtail: bool) -> dict[str, float]:
    """Give the server's CPU time for each kind of answer, in µs: the median of three rounds."""
    with Library(articles, folder) as server:
        connection = Connection(server)
        cards = json.loads(brotli_or_plain(connection, "/api/v1/articles/"))["results"]
        article = f"/api/v1/articles/{cards[3]['slug']}/"
        etag = connection.get(article).headers["etag"]
        wanted: dict[str, tuple[str, int, int, dict[str, str]]] = {
            "constant": ("/constant/", 1500, 200, {}),
            "one article": (article, 1000, 200, {}),
            "list of 20": ("/api/v1/articles/", 1000, 200, {}),
            "304": (article, 1000, 304, {"If_None_Match": etag}),
        }
        if with_wagtail:
            listed = (
                f"/wagtail-api/pages/?type=articles.Article&limit=20&order=-first_published_at&fields={WAGTAIL_FIELDS}"
            )
            found = json.loads(brotli_or_plain(connection, listed))["items"][3]
            wanted["wagtail one"] = (f"/wagtail-api/pages/{found['id']}/", 60, 200, {})
            wanted["wagtail list"] = (listed, 10, 200, {})
        rounds = [
            {
                name: connection.microseconds(path, times, status, **headers)
                for name, (path, times, status, headers) in wanted.items()
            }
            for _ in range(ROUNDS)
        ]
    return {name: median(one[name] for one in rounds) for name in wanted}


def brotli_or_plain(connection: Connection, path: str) -> bytes:
    """Give the body of an answer, uncompressed."""
    answer = connection.get(path)
    assert answer.status == 200, f"{path} answered {answer.status}: {answer.body[:300]!r}"
    body: bytes = brotli.decompress(answer.body) if answer.headers.get("content-encoding") == "br" else answer.body
    return body
