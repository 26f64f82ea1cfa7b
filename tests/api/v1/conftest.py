"""What tests of the API may ask for."""

import pytest

from tests.api.v1.contract import ContractClient


@pytest.fixture
def client() -> ContractClient:
    """Give a client whose every answer is held to the OpenAPI document."""
    return ContractClient()
