"""DfE Sign-in as the tests have it."""

from collections.abc import Iterator

import pytest

from tests.schools.dfe_sign_in.provider import Provider, offered, running


@pytest.fixture(scope="package")
def running_provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def dfe(running_provider, settings) -> Provider:
    """A running DfE Sign-in, which the service is told of."""
    running_provider.be_honest()
    offered(running_provider, settings)
    return running_provider
