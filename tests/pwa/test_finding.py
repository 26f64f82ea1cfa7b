"""The list of specialists as it is set, on the vectors that the phone's worker is tested on too."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from pwa import finding

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "finding.json").read_text())


@pytest.mark.parametrize("case", VECTORS["listed"], ids=[case["name"] for case in VECTORS["listed"]])
def test_listed__gives_the_html_of_the_vectors(case: dict[str, Any]) -> None:
    asked = finding.asked_in(QueryDict(case["query"]))
    now = datetime.fromisoformat(case["now"])
    assert finding.listed(case["rows"], asked, case["root"], now, case["page"]) == case["html"]


def test_vectors__are_about_something() -> None:
    assert len(VECTORS["listed"]) > 12


def test_asked_in__takes_no_more_than_somebody_would_choose() -> None:
    query = QueryDict("&".join([f"topic=t{number}" for number in range(50)] + [f"way={'x' * 101}"]))
    assert finding.asked_in(query) == {"topic": [f"t{number}" for number in range(finding.MOST)]}
