"""What every test may ask for."""

import os
from pathlib import Path

import pytest

from tests.repositories import Sandbox


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite the expected texts with what the program prints",
    )


@pytest.fixture
def accepting(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are to be rewritten instead of compared."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """An empty repository; this process, too, sees no Git configuration but its."""
    made = Sandbox(tmp_path / "app")
    for name in set(os.environ) - set(made.environment):
        monkeypatch.delenv(name)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    return made
