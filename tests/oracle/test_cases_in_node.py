"""What the text cases of the evaluator expect is what Node makes of them."""

from pathlib import Path

import pytest

from tests.oracle.kit import Unavailable, installed, missing
from tests.oracle.node import differences, read, run_in_node
from tests.typescript.projects import cases

pytestmark = pytest.mark.oracle

NOT_NODE_S = {
    "builtins: Arrays": "entries() gives an iterator, of which Node shows nothing",
    "builtins: Functions of packages are called, applied and bound like others": (
        "the symbols that stand for packages in Node write down call and bind, too"
    ),
}
"""Cases that Node cannot be asked about here, each with the reason."""


def test_cases_are_read_as_node_runs_them(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if "oracle" not in request.config.getoption("markexpr"):
        pytest.skip("asks Node: run it with -m oracle")
    if reason := missing():
        pytest.skip(reason)
    cache = Path(tmp_path_factory.getbasetemp().parent) / "schemadiff-oracle"
    try:
        home = installed("0.x", cache)
    except Unavailable as problem:
        pytest.skip(str(problem))
    programs = {name: files for name, files, _ in cases()}
    answers = run_in_node(home, programs.values())
    different = {
        name: found
        for (name, files), answer in zip(programs.items(), answers, strict=True)
        if (found := differences(read(files), answer))
    }
    assert {name for name in different if name not in NOT_NODE_S} == set()
    assert set(NOT_NODE_S) <= set(different)
