"""Generated projects are read as the installed drizzle-kit records them.

`SCHEMADIFF_ORACLE_PROJECTS` says how many, `SCHEMADIFF_ORACLE_SEED` where the
seeds start.
"""

import os
from pathlib import Path

import pytest

from schemadiff.drizzle.line import Line
from tests.oracle.comparison import verdict
from tests.oracle.generated import project
from tests.oracle.kit import installed, missing, recorded

pytestmark = pytest.mark.oracle

_COUNT = int(os.environ.get("SCHEMADIFF_ORACLE_PROJECTS", "500"))
_FIRST = int(os.environ.get("SCHEMADIFF_ORACLE_SEED", "0"))


@pytest.mark.parametrize("line", list(Line), ids=lambda line: line.value)
def test_they_are_read_as_drizzle_kit_records_them(
    line: Line, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if "oracle" not in request.config.getoption("markexpr"):
        pytest.skip("asks the installed drizzle-kit: run it with -m oracle")
    if reason := missing():
        pytest.skip(reason)
    cache = Path(tmp_path_factory.getbasetemp().parent) / "schemadiff-oracle"
    seeds = range(_FIRST, _FIRST + _COUNT)
    projects = [project(seed, line) for seed in seeds]
    home = installed(line.value, cache)
    different = {}
    for seed, each, answer in zip(
        seeds, projects, recorded(home, projects), strict=True
    ):
        found = verdict(each, answer, line)
        if found.different or found.unreadable:
            different[seed] = found
    assert different == {}
