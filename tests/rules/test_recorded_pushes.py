"""Every recorded push has exactly the findings that were thought out for it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from schemadiff.deploy.assumption import Way
from schemadiff.rules.finding import Severity
from tests.rules.pushes import Outcome, judge_case, outcomes

LANES = (
    ("0.20.18", Way.PUSH),
    ("0.24.2", Way.PUSH),
    ("0.28.1", Way.PUSH),
    ("0.30.6", Way.PUSH),
    ("0.31.11", Way.PUSH),
    ("1.0.0-rc.5", Way.PUSH),
    ("0.31.11", Way.MIGRATIONS),
    ("1.0.0-rc.5", Way.MIGRATIONS),
)
MARKS = {"E": Severity.ERROR, "W": Severity.WARNING}
RUNS = [
    each
    for each in outcomes()
    if each.recorded["verdict"] not in ("n/a", "setup-failed")
]


def expectations() -> Mapping[str, list[tuple[str, str]]]:
    expected: dict[str, list[tuple[str, str]]] = {}
    text = (Path(__file__).parent / "expected_pushes.txt").read_text()
    for line in text.splitlines():
        if not line.startswith("#"):
            case, lanes, finding = line.split()
            expected.setdefault(case, []).append((lanes, finding))
    return expected


EXPECTED = expectations()


@pytest.mark.parametrize("outcome", RUNS, ids=str)
def test_findings_are_exactly_the_expected_ones(outcome: Outcome) -> None:
    lane = LANES.index((outcome.kit, outcome.way))
    expected = {
        finding: MARKS[lanes[lane]]
        for lanes, finding in EXPECTED[outcome.case]
        if lanes[lane] in MARKS
    }
    findings = judge_case(outcome)
    found = {f"{each.rule}:{each.subject}": each.severity for each in findings}
    assert found == expected
    assert len(findings) == len(found)


@pytest.mark.parametrize("case", EXPECTED)
def test_expectations_name_only_what_was_recorded(case: str) -> None:
    recorded = {(each.kit, each.way) for each in RUNS if each.case == case}
    for lanes, _ in EXPECTED[case]:
        named = {lane for lane, mark in zip(LANES, lanes, strict=True) if mark != "."}
        assert named == recorded
