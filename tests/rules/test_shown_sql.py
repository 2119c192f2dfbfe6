"""Every statement that destroyed something declared is shown by a finding."""

import re

import pytest

from tests.rules.pushes import Outcome, judge_case, outcomes

DESTRUCTIVE = re.compile(
    r"\b(truncate table|drop table|drop column|drop schema)\b", re.IGNORECASE
)

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

RUNS = [
    each
    for each in outcomes()
    if each.recorded["sql"] and each.case not in NOT_NAMED | ANSWERED
]


def normal(statement: str) -> str:
    return " ".join(statement.split()).removesuffix(";")


@pytest.mark.parametrize("outcome", RUNS, ids=str)
def test_destructive_statements_are_shown(outcome: Outcome) -> None:
    executed = map(normal, outcome.recorded["sql"])
    shown = {normal(line) for each in judge_case(outcome) for line in each.sql}
    assert {each for each in executed if DESTRUCTIVE.search(each)} <= shown
