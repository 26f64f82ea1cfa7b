"""The day on which tests of consultations take place."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cms.consultations import stage


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock on a Monday morning in winter."""
    with time_machine.travel(stage.NOW, tick=False) as traveller:
        yield traveller
