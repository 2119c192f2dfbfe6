"""A thousand changes cost about ten times what a hundred do.

What is counted is every call, of Python's functions and of C's: a loop inside of
one call of C (joining names) is one step.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from schemadiff.deploy.assumption import Deploy, Way
from schemadiff.diff.compare import compare
from schemadiff.model import Column, ForeignKey, Name, Schema, Table
from schemadiff.record import replace
from schemadiff.rules.context import Context
from schemadiff.rules.finding import Finding
from schemadiff.rules.judge import judge

FEW, MANY = 60, 600
GROWTH = MANY / FEW * 1.3


def table(number: int) -> Table:
    """Return one link of a chain: a table that references the one before."""
    name = Name("public", f"t{number}")
    columns = {
        "id": Column("id", "integer", primary_key=True, not_null=True),
        "previous": Column(
            "previous", "integer", not_null=True, key="previous", name_given=False
        ),
    }
    target = Name("public", f"t{number - 1}")
    key = ForeignKey(f"k{number}", ("previous",), target, ("id",))
    return Table(name, columns, foreign_keys={key.name: key} if number else {})


def requiring(each: Table) -> Table:
    column = Column("plan", "text", not_null=True)
    return replace(each, columns={**each.columns, "plan": column})


def retyped(each: Table) -> Table:
    previous = replace(each.columns["previous"], type="bigint")
    return replace(each, columns={**each.columns, "previous": previous})


def without_column(each: Table) -> Table:
    columns = {"id": each.columns["id"]}
    return replace(each, columns=columns, foreign_keys={})


def renamed(each: Table) -> Table:
    return replace(each, name=Name("public", f"app_{each.name.name}"))


def recased(each: Table) -> Table:
    """Name `previous` in another casing, as an omitted name follows it."""
    columns = dict(each.columns)
    previous = replace(
        columns.pop("previous"), name="Previous", key="previous", name_given=False
    )
    return replace(each, columns={**columns, "Previous": previous}, foreign_keys={})


def findings(links: int, change: Callable[[Table], Table], kit: str) -> list[Finding]:
    tables = [table(number) for number in range(links)]
    base = Schema({each.name: each for each in tables})
    head = Schema({each.name: each for each in map(change, tables)})
    deploy = Deploy(kit, (Way.PUSH,), "the test says so")
    context = Context(base=lambda: base, head=lambda: head, deploy=deploy)
    return list(judge(compare(base, head), context))


def steps(links: int, change: Callable[[Table], Table], kit: str) -> int:
    count = 0

    def step(frame: FrameType, event: str, argument: Any) -> None:  # noqa: ANN401
        del frame, argument
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        findings(links, change, kit)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("change", "kit"),
    [
        (requiring, "0.31.11"),
        (requiring, "1.0.0-rc.5"),
        (retyped, "0.30.6"),
        (retyped, "0.31.11"),
        (without_column, "0.31.11"),
        (renamed, "0.31.11"),
        (recased, "0.31.11"),
    ],
)
def test_the_steps_grow_with_the_changes(
    change: Callable[[Table], Table], kit: str
) -> None:
    few, many = steps(FEW, change, kit), steps(MANY, change, kit)
    assert many < few * GROWTH


def test_what_was_recased_is_two_findings() -> None:
    found = findings(MANY, recased, "0.31.11")
    assert [f"{each.rule}:{each.subject}" for each in found] == [
        "rename-column:casing",
        "add-required-column:casing",
    ]
    assert found[0].message == f"every value of {MANY} columns would be lost"


def test_each_finding_still_names_every_table_that_is_emptied() -> None:
    found = findings(MANY, requiring, "0.31.11")
    first, last = found[0], found[-1]
    assert len(found) == MANY
    assert all(f"t{number}" in first.message for number in range(MANY))
    assert len(first.backup) == MANY
    assert last.message == f"every row of t{MANY - 1} would be deleted"
