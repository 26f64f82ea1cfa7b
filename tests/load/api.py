"""What an answer of the API costs the server, against Wagtail's own API and against a view that does nothing."""

import json
from pathlib import Path
from statistics import median

import brotli

from tests.load.asking import Connection
from tests.load.libraries import Library
from tests.load.report import Line, Report

ROUNDS = 5
WAGTAIL_FIELDS = "summary,content_note,body,topics,reviewer,reviewed_on,image,authorships,references"
OURS = ("one article", "list of 20", "304")
Asked = dict[str, tuple[str, int, int, dict[str, str]]]
Costs = dict[str, float]


def measure(report: Report, folder: Path) -> None:
    """Measure one article, a list of 20 and an unchanged article, with 500 articles and with 5,000.

    Both libraries are served at once and asked in turn, so that a busy minute of the machine meets both; each ratio is
    the median of the rounds' own ratios.
    """
    with Library(500, folder / "500") as small, Library(5000, folder / "5000") as large:
        few, many = Connection(small), Connection(large)
        wanted, wanted_of_many = what_to_ask(few), what_to_ask(many)
        wagtails = what_to_ask_wagtail(few)
        rounds: list[tuple[Costs, Costs, Costs]] = [
            (ask(few, wanted), ask(many, wanted_of_many), ask(few, wagtails)) for _ in range(ROUNDS)
        ]
    for name, peer in zip(OURS, ("one article", "list of 20", "one article"), strict=True):
        cost = median(ours[name] for ours, _, _ in rounds)
        theirs = median(wagtail[peer] for _, _, wagtail in rounds)
        more = median(wagtail[peer] / ours[name] for ours, _, wagtail in rounds)
        over_constant = median(ours[name] / ours["constant"] for ours, _, _ in rounds)
        grown = median(large[name] / ours[name] for ours, large, _ in rounds)
        report.add(Line(f"API, {name}: server CPU", cost, None, "µs", note=f"(Wagtail {theirs:,.0f} µs)"))
        report.add(Line(f"API, {name}: Wagtail's own API takes so many times as much", more, 15, "×", at_least=True))
        report.add(Line(f"API, {name}: of a view that answers constant bytes", over_constant, 5, "×"))
        report.add(Line(f"API, {name}: with 5,000 articles against 500", grown, 1.25, "×"))


def what_to_ask(connection: Connection) -> Asked:
    """Give path, number of requests, expected status and headers of each kind of answer."""
    cards = json.loads(brotli_or_plain(connection, "/api/v1/articles/"))["results"]
    article = f"/api/v1/articles/{cards[3]['slug']}/"
    etag = connection.get(article).headers["etag"]
    return {
        "constant": ("/constant/", 1000, 200, {}),
        "one article": (article, 1000, 200, {}),
        "list of 20": ("/api/v1/articles/", 1000, 200, {}),
        "304": (article, 1000, 304, {"If_None_Match": etag}),
    }


def what_to_ask_wagtail(connection: Connection) -> Asked:
    """Give the same of Wagtail's own API, for the same articles."""
    listed = f"/wagtail-api/pages/?type=articles.Article&limit=20&order=-first_published_at&fields={WAGTAIL_FIELDS}"
    found = json.loads(brotli_or_plain(connection, listed))["items"][3]
    return {
        "one article": (f"/wagtail-api/pages/{found['id']}/", 60, 200, {}),
        "list of 20": (listed, 10, 200, {}),
    }


def ask(connection: Connection, wanted: Asked) -> Costs:
    """Give the server's CPU time for one answer of each kind, in µs."""
    return {
        name: connection.microseconds(path, times, status, **headers)
        for name, (path, times, status, headers) in wanted.items()
    }


def brotli_or_plain(connection: Connection, path: str) -> bytes:
    """Give the body of an answer, uncompressed."""
    answer = connection.get(path)
    assert answer.status == 200, f"{path} answered {answer.status}: {answer.body[:300]!r}"
    body: bytes = brotli.decompress(answer.body) if answer.headers.get("content-encoding") == "br" else answer.body
    return body
