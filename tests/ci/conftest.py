"""A repository on a host, for the builds that the tests of this folder run."""

import pytest

from tests.ci.running import Action, Host
from tests.repositories import Sandbox


@pytest.fixture
def host(repository: Sandbox) -> Host:
    return Host(repository)


@pytest.fixture(scope="session")
def action() -> Action:
    return Action()
