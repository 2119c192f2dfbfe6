"""Generated projects are read as the installed drizzle-kit records them.

`SCHEMADIFF_ORACLE_PROJECTS` says how many of each kind, `SCHEMADIFF_ORACLE_SEED`
where the seeds start.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from schemadiff.drizzle.line import Line
from tests.oracle import generated, odd_projects, styled_projects
from tests.oracle.comparison import Verdict, verdict
from tests.oracle.kit import Unavailable, installed, missing, recorded
from tests.oracle.projects import Project

pytestmark = pytest.mark.oracle

_COUNT = int(os.environ.get("SCHEMADIFF_ORACLE_PROJECTS", "500"))
_FIRST = int(os.environ.get("SCHEMADIFF_ORACLE_SEED", "0"))


@pytest.fixture(params=list(Line), ids=lambda line: line.value)
def line(request: pytest.FixtureRequest) -> Line:
    """The line of Drizzle whose drizzle-kit is asked."""
    found: Line = request.param
    return found


@pytest.fixture
def home(
    line: Line, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with the kit of `line`; without one the test is skipped."""
    if "oracle" not in request.config.getoption("markexpr"):
        pytest.skip("asks the installed drizzle-kit: run it with -m oracle")
    if reason := missing():
        pytest.skip(reason)
    try:
        cache = Path(tmp_path_factory.getbasetemp().parent) / "schemadiff-oracle"
        return installed(line.value, cache)
    except Unavailable as problem:
        pytest.skip(str(problem))


def _judged(
    make: Callable[[int, Line], Project], line: Line, home: Path
) -> dict[int, Verdict]:
    """Return the verdict on the project of each seed."""
    seeds = range(_FIRST, _FIRST + _COUNT)
    projects = [make(seed, line) for seed in seeds]
    answers = recorded(home, projects)
    return {
        seed: verdict(each, answer, line)
        for seed, each, answer in zip(seeds, projects, answers, strict=True)
    }


def test_plain_projects_are_read_as_drizzle_kit_records_them(
    line: Line, home: Path
) -> None:
    found = _judged(generated.project, line, home)
    assert {s: v for s, v in found.items() if v.different or v.unreadable} == {}


def test_odd_columns_are_never_read_as_something_else(line: Line, home: Path) -> None:
    found = _judged(odd_projects.project, line, home)
    assert {s: v.different for s, v in found.items() if v.different} == {}


def test_no_style_is_read_as_something_else(line: Line, home: Path) -> None:
    found = _judged(styled_projects.project, line, home)
    assert {s: v.different for s, v in found.items() if v.different} == {}
