"""Recorded pushes, read and judged as the check does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schemadiff.check import check
from schemadiff.deploy.assumption import Deploy, Way
from schemadiff.deploy.filters import Filters
from schemadiff.diff.compare import compare
from schemadiff.drizzle.config import Config, read_config
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.reader import read_schema
from schemadiff.drizzle.schema_files import schema_files
from schemadiff.model import Schema
from schemadiff.npm.resolver import Resolver
from schemadiff.rules.context import Context
from schemadiff.rules.finding import Finding
from schemadiff.rules.judge import judge
from schemadiff.settings import Settings
from schemadiff.typescript.program import Program
from tests.memory_files import MemoryFiles

CASES = Path(__file__).parent.parent / "cases" / "pushes"
CONFIG = """export default {
  dialect: "postgresql",
  schema: "./schema.ts",
  out: "./drizzle",
};
"""
WAYS = {"push": Way.PUSH, "generate+migrate": Way.MIGRATIONS}


@dataclass(frozen=True, slots=True)
class Side:
    """One revision of a project: its config and what it declares."""

    config: Config
    schema: Schema

    @property
    def filters(self) -> Filters:
        return Filters(self.config.schema_filter, self.config.tables_filter)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one drizzle-kit did with one case, one way."""

    case: str
    kit: str
    way: Way
    recorded: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.case} {self.kit} {self.way}"


def read_side(texts: dict[str, str | bytes], line: Line) -> Side:
    files = MemoryFiles({"drizzle.config.ts": CONFIG} | texts)
    program = Program(files, Resolver(files))
    config = read_config(program, "drizzle.config.ts")
    found = schema_files(files, config, line)
    schema = read_schema(program, found.paths, config.casing, line)
    return Side(config, schema)


def judged(base: Side, head: Side, kit: str | None, *ways: Way) -> tuple[Finding, ...]:
    context = Context(
        base=lambda: base.schema,
        head=lambda: head.schema,
        deploy=Deploy(kit, ways, "the test says so"),
        base_filters=base.filters,
        head_filters=head.filters,
    )
    return judge(compare(base.schema, head.schema), context)


@cache
def recorded_texts(case: str, folder: str) -> dict[str, str | bytes]:
    root = CASES / case / folder
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@cache
def recorded_side(case: str, folder: str, line: Line) -> Side:
    return read_side(recorded_texts(case, folder), line)


def recorded_files(case: str, folder: str) -> MemoryFiles:
    return MemoryFiles({"drizzle.config.ts": CONFIG} | recorded_texts(case, folder))


def judge_case(outcome: Outcome) -> tuple[Finding, ...]:
    """Return what the whole check finds, told the version and the way."""
    report = check(
        recorded_files(outcome.case, "before"),
        recorded_files(outcome.case, "after"),
        Settings(kit=outcome.kit, ways=(outcome.way,)),
        (),
    )
    return tuple(each.finding for project in report.projects for each in project.judged)


def outcomes() -> Iterator[Outcome]:
    for folder in sorted(CASES.iterdir()):
        case = json.loads((folder / "case.json").read_text())
        for key, recorded in case["outcomes"].items():
            kit, way = key.split(" ")
            yield Outcome(folder.name, kit, WAYS[way], recorded)


def facts_of(case: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CASES / case / "case.json").read_text())
    return found
