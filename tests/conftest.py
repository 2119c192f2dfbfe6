"""What every test may ask for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.repositories import Sandbox

# The suite is the same on every run; SCHEMADIFF_RANDOM=1 lets properties roam.
settings.register_profile("same", derandomize=True)
if not os.environ.get("SCHEMADIFF_RANDOM"):
    settings.load_profile("same")

GOLDEN = Path(__file__).parent / "golden"


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


@pytest.fixture
def golden(*, accepting: bool) -> Callable[[str, str], None]:
    """Compare a text with the accepted one in tests/golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if accepting:
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_bytes().decode()

    return compare
