"""A repository on a host, for what a build sees of overrides."""

import pytest

from tests.ci.running import Host
from tests.repositories import Sandbox


@pytest.fixture
def host(repository: Sandbox) -> Host:
    return Host(repository)
