"""What is shown under findings is what the real drizzle-kit generates.

Each case is two schemas with the migrations of drizzle-kit 0.31.11 and 1.0.0-rc.5.
"""

import re
from pathlib import Path

import pytest

from schemadiff.check import check
from schemadiff.deploy.assumption import Way
from schemadiff.rules.finding import Finding
from schemadiff.settings import Settings
from tests.memory_files import MemoryFiles
from tests.rules.pushes import CONFIG

CASES = Path(__file__).parent.parent / "cases" / "diffs"
KITS = ("0.31.11", "1.0.0-rc.5")
RENAMED = "the question was answered: renamed"
DEVIATIONS = {
    "enum-move 0.31.11": RENAMED,
    "move-table 0.31.11": RENAMED,
    "move-table 1.0.0-rc.5": RENAMED,
    "policy-rename 0.31.11": RENAMED,
    "policy-rename 1.0.0-rc.5": RENAMED,
    "rename-column-and-type 0.31.11": RENAMED,
    "rename-column-and-type 1.0.0-rc.5": RENAMED,
    "rename-column-custom-idx 0.31.11": RENAMED,
    "rename-column-custom-idx 1.0.0-rc.5": RENAMED,
    "rename-table 0.31.11": RENAMED,
    "rename-table 1.0.0-rc.5": RENAMED,
    "schema-rename 0.31.11": RENAMED,
    "schema-rename 1.0.0-rc.5": RENAMED,
    "sequence-move 0.31.11": RENAMED,
    "sequence-move 1.0.0-rc.5": RENAMED,
    "sequence-rename 0.31.11": RENAMED,
    "sequence-rename 1.0.0-rc.5": RENAMED,
    "type-change-space 0.31.11": "0.31 forgets what else a respelled column changes",
    "unique-change 1.0.0-rc.5": "a second question was left without an answer",
}
"""Runs in which drizzle-kit did something else than what is shown, and why."""

_DESTROYS = re.compile(r"\b(drop (table|column|schema)|truncate)\b", re.IGNORECASE)
_RUNS = [f"{case.name} {kit}" for case in sorted(CASES.iterdir()) for kit in KITS]


def findings(run: str) -> list[Finding]:
    name, kit = run.split()
    sides = [
        MemoryFiles(
            {
                "drizzle.config.ts": CONFIG,
                "schema.ts": (CASES / name / f"{version}.ts").read_text(),
            }
        )
        for version in ("v1", "v2")
    ]
    settings = Settings(kit=kit, ways=(Way.MIGRATIONS,))
    report = check(sides[0], sides[1], settings, ())
    return [each.finding for project in report.projects for each in project.judged]


def generated(run: str) -> list[str]:
    name, kit = run.split()
    text = (CASES / name / f"migration.{kit}.sql").read_text()
    return [normal(each) for each in text.split("--> statement-breakpoint")]


def normal(statement: str) -> str:
    return " ".join(statement.split()).removesuffix(";")


@pytest.mark.parametrize("run", _RUNS)
def test_every_statement_shown_is_generated_in_this_order(run: str) -> None:
    real = generated(run)
    shown = [[normal(each) for each in found.sql] for found in findings(run)]
    places = [[real.index(each) for each in one if each in real] for one in shown]
    is_so = sum(map(len, places)) == sum(map(len, shown)) and all(
        each == sorted(each) for each in places
    )
    assert is_so is (run not in DEVIATIONS)


@pytest.mark.parametrize("run", _RUNS)
def test_every_destruction_generated_is_shown(run: str) -> None:
    shown = {normal(each) for found in findings(run) for each in found.sql}
    assert {each for each in generated(run) if _DESTROYS.search(each)} <= shown


def test_every_deviation_is_a_run() -> None:
    assert set(DEVIATIONS) <= set(_RUNS)
