"""Findings show what was executed: nothing else, nothing harmful left out, in order."""

import re
from collections.abc import Iterator, Sequence

import pytest

from schemadiff.rules.finding import Finding
from tests.rules.pushes import Outcome, judge_case, outcomes

DESTRUCTIVE = re.compile(
    r"\b(truncate table|drop table|drop column|drop schema)\b", re.IGNORECASE
)
RETYPED = re.compile(r'ALTER COLUMN "(\w+)" SET DATA TYPE')
FAILED_IN = re.compile(r"\[in: (.*)\]\Z", re.DOTALL)

NOT_NAMED = {
    "i01-db-table-not-in-schema",
    "i02-db-table-not-in-schema-plus-new",
    "i04-db-table-other-schema",
    "i07-tablesfilter-widened",
    "i08-schemafilter-widened",
    "j20-partitioned-db-table",
}
"""What was dropped is named by no file."""

ANSWERED = {"e03-add-unique-truncate-chosen"}
"""Only a person's Yes truncates; the finding's note warns of it."""

RENAMED = {
    "a05-column-rename-chosen",
    "a23-table-rename-chosen",
    "g02-table-public-to-schema-chosen",
    "j26-rename-column-and-retype-chosen",
}
"""A person chose rename; what Enter does is shown."""

NOT_REACHED = {
    "a02-seed-rename-remove-notnull 1.0.0-rc.5 push",
    "b83-pk-type-change-with-fk 0.24.2 push",
    "b83-pk-type-change-with-fk 0.28.1 push",
    "b83-pk-type-change-with-fk 0.30.6 push",
    "b83-pk-type-change-with-fk 0.31.11 push",
    "b83-pk-type-change-with-fk 1.0.0-rc.5 push",
    "c10-add-identity 0.20.18 push",
    "c38-change-type-and-notnull 0.31.11 push",
    "c38-change-type-and-notnull 1.0.0-rc.5 push",
    "d09-enum-schema-move 0.31.11 push",
    "j01-truncate-then-fail 0.31.11 push",
    "j01-truncate-then-fail 1.0.0-rc.5 push",
    "j27-truncate-then-fail 0.20.18 push",
    "j27-truncate-then-fail 1.0.0-rc.5 push",
}
"""Another change's statement failed, and push stopped before the ones shown.

Which of two changes comes first is drizzle-kit's choice. In `c10` it is the schema
file that 0.20.18 cannot run.
"""

EMPTY = {"c19-add-notnull-empty-table 0.31.11 push"}
"""drizzle-kit truncates only a table that has rows."""

NOT_EXECUTED = NOT_REACHED | EMPTY

RUNS = [
    each
    for each in outcomes()
    if each.recorded["verdict"] not in ("n/a", "setup-failed")
]


def normal(statement: str) -> str:
    return " ".join(statement.split()).removesuffix(";")


def failing(outcome: Outcome) -> str:
    found = FAILED_IN.search(outcome.recorded["failure"] or "")
    return normal(found[1]) if found else ""


def executed(outcome: Outcome) -> list[str]:
    """Return what was executed in order, the failing statement at last."""
    statements = list(map(normal, outcome.recorded["sql"] or ()))
    last = failing(outcome)
    return statements if last in statements else [*statements, last]


def shown(finding: Finding) -> list[str]:
    return list(map(normal, finding.sql))


def never_executed(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield the statements that are shown and were not executed, with the rule.

    Those behind the failing one in the same finding would have been.
    """
    run = executed(outcome)
    for finding in judge_case(outcome):
        for statement in shown(finding):
            if failing(outcome) and statement == failing(outcome):
                break
            if statement not in run:
                yield finding.rule, statement


@pytest.mark.parametrize("outcome", RUNS, ids=str)
def test_what_is_shown_was_executed(outcome: Outcome) -> None:
    if outcome.case in RENAMED or str(outcome) in NOT_EXECUTED:
        return
    assert list(never_executed(outcome)) == []


def test_every_exception_is_needed() -> None:
    wrong = {str(each) for each in RUNS if any(never_executed(each))}
    assert wrong >= NOT_EXECUTED
    cases = {each.case for each in RUNS if str(each) in wrong}
    assert cases >= RENAMED
    reached = [str(e) for e in RUNS if str(e) in NOT_REACHED and not failing(e)]
    assert reached == ["c10-add-identity 0.20.18 push"]


@pytest.mark.parametrize("outcome", RUNS, ids=str)
def test_it_is_shown_in_the_order_of_execution(outcome: Outcome) -> None:
    run = executed(outcome)
    for finding in judge_case(outcome):
        found = [run.index(each) for each in shown(finding) if each in run]
        assert found == sorted(found)


@pytest.mark.parametrize("outcome", RUNS, ids=str)
def test_what_destroyed_something_is_shown(outcome: Outcome) -> None:
    if outcome.case in NOT_NAMED | ANSWERED | RENAMED:
        return
    everything = {line for each in judge_case(outcome) for line in shown(each)}
    assert set(harmful(outcome, executed(outcome))) <= everything


def harmful(outcome: Outcome, statements: Sequence[str]) -> Iterator[str]:
    """Yield what destroyed, and a change of type that altered values or failed."""
    altered = "\n".join(outcome.recorded["valuesChanged"])
    for statement in statements:
        retyped = RETYPED.search(statement)
        altered_by = retyped and f".{retyped[1]}: " in altered
        fails = retyped and statement == failing(outcome)
        if DESTRUCTIVE.search(statement) or altered_by or fails:
            yield statement
