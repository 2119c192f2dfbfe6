"""Programs run in Node, to be compared with what the evaluator reads of them."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.typescript.projects import program
from tests.typescript.shown import shown

_RUNNER = Path(__file__).parent / "runner.cjs"

Files = Mapping[str, str]


def run_in_node(home: Path, programs: Iterable[Files]) -> list[dict[str, Any]]:
    """Return what each program exports in Node: `exports`, or `thrown`.

    The first file of a program is the one whose exports are asked for.
    """
    lines = "".join(
        json.dumps({"files": dict(each), "entry": next(iter(each))}) + "\n"
        for each in programs
    )
    done = subprocess.run(
        ["node", str(_RUNNER), str(home)],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.split("\n")[:-1]]


def read(files: Files) -> dict[str, str]:
    """Return what the evaluator makes of the exports of a program's first file."""
    module = program(files).module(next(iter(files)))
    return {each.name: shown(each.evaluate()) for each in module.exports()}


def differences(found: Mapping[str, str], answer: Mapping[str, Any]) -> dict[str, str]:
    """Return the exports that are read as something else than what Node says.

    What is unknown, in part or as a whole, is not a difference. A program that
    throws while it is loaded deploys nothing, so nothing said of it is wrong.
    """
    if "thrown" in answer:
        return {}
    expected: dict[str, str] = answer["exports"]
    different = {
        name: f"{found.get(name, 'nothing')} instead of {value}"
        for name, value in expected.items()
        if found.get(name) != value and "unknown(" not in found.get(name, "nothing")
    }
    further = {
        name: f"{value} instead of nothing"
        for name, value in found.items()
        if name not in expected and "unknown(" not in value
    }
    return different | further
