"""No recorded push lost or broke anything without an error, nor the other way round.

The verdict of a change is the worst of all contents: two or more rows in every
table with any values that the types allow, and any answer to drizzle-kit's
questions. A recording is one content with one answer; where another is worse,
the case stands in a list below with the reason.
"""

import pytest

from schemadiff.deploy.assumption import Way
from schemadiff.rules.finding import Severity
from tests.rules.pushes import Outcome, judge_case, outcomes

NOT_RUN = ("n/a", "setup-failed")

WORSE_FOR_OTHERS = {
    "a05-column-rename-chosen": "Enter drops the column",
    "a23-table-rename-chosen": "Enter drops the table",
    "g02-table-public-to-schema-chosen": "Enter drops the table",
    "j26-rename-column-and-retype-chosen": "Enter drops the column",
    "b01-text-to-varchar50": "1.0 cuts longer text",
    "b04-varchar100-to-varchar50-fits": "1.0 cuts longer text",
    "b56-type-change-with-notnull": "1.0 cuts longer text",
    "b57-type-change-with-default": "1.0 cuts longer text",
    "b63-type-change-two-columns": "1.0 cuts longer text",
    "b80-cascade-typechange-parent": "1.0 cuts longer text",
    "g16-db-view-depends-type-change": "1.0 cuts longer text",
    "j24-text-to-varchar-with-index": "1.0 cuts longer text",
    "b50-integer-to-boolean": "1.0 merges numbers other than 0 and 1",
    "c19-add-notnull-empty-table": "there may be rows",
    "j09-rename-empty-table": "there may be rows",
    "d03-enum-remove-unused": "a row may have the label",
}
"""Recorded as safe, and an error nevertheless."""

NOT_LOST = {
    "c51-generated-expr-changed": "Postgres computes the values again",
    "c54-generated-dropped": "Postgres computes the values again",
    "e03-add-unique-truncate-chosen": "a person answered: truncate",
}
"""Recorded as lost, and no error."""

NOT_SEEN = {
    "i01-db-table-not-in-schema",
    "i02-db-table-not-in-schema-plus-new",
    "i04-db-table-other-schema",
    "j11-extension-view",
    "j20-partitioned-db-table",
    "g16-db-view-depends-type-change",
}
"""What was lost or failed is named by no file."""

FAILS_FOR_SOME = {
    "b09-bigint-to-int-overflow": "numbers that do not fit",
    "b13-text-to-int-nonnumeric": "text that is no number",
    "b28-numeric-shrink-overflow": "numbers that do not fit",
    "b37-text-to-array": "text that is no array",
    "b73-pk-varchar-to-serial": "text that is no number",
    "c31-set-notnull-withnulls": "NULLs",
    "c32-set-notnull-default-withnulls": "NULLs",
    "c38-change-type-and-notnull": "text that is no number, NULLs",
    "d04-enum-remove-inuse": "rows with the label; a migration is rolled back",
    "d05-enum-value-rename": "rows with the label; a migration is rolled back",
    "d10-enum-remove-inuse-default": "rows with the label",
    "d14-enum-array-remove-inuse": "rows with the label",
    "e02-add-unique-dups": "duplicates",
    "e05-add-uniqueIndex-dups": "duplicates",
    "e35-check-add-violated": "rows that violate it",
    "j10-text-to-varchar-toolong": "text that is too long",
    "j23-char-length-shrink": "text that is too long",
}
"""Recorded as failed, and a warning: other contents pass."""

RUNS = [each for each in outcomes() if each.recorded["verdict"] not in NOT_RUN]


def severities(outcome: Outcome) -> set[Severity]:
    return {each.severity for each in judge_case(outcome)}


def is_as_recorded(outcome: Outcome) -> bool:
    """Tell whether the findings follow from this recording alone."""
    found = severities(outcome)
    match outcome.recorded["verdict"]:
        case "lost" | "failed":
            return Severity.ERROR in found
        case "safe":
            return Severity.ERROR not in found
    return False


@pytest.mark.parametrize("outcome", RUNS, ids=str)
def test_errors_are_where_something_was_lost_or_failed(outcome: Outcome) -> None:
    if is_as_recorded(outcome):
        return
    match outcome.recorded["verdict"]:
        case "safe":
            assert outcome.case in WORSE_FOR_OTHERS
        case "lost":
            assert outcome.case in {*NOT_LOST, *NOT_SEEN}
        case "failed" if outcome.case in NOT_SEEN:
            return
        case verdict:
            assert verdict == "failed"
            assert outcome.case in FAILS_FOR_SOME
            assert severities(outcome) == {Severity.WARNING}


@pytest.mark.parametrize(
    "case", sorted({*WORSE_FOR_OTHERS, *NOT_LOST, *NOT_SEEN, *FAILS_FOR_SOME})
)
def test_every_exception_is_needed(case: str) -> None:
    runs = [each for each in RUNS if each.case == case]
    assert not all(is_as_recorded(each) for each in runs)


def test_a_used_label_is_an_error_where_push_leaves_the_column_changed() -> None:
    for outcome in RUNS:
        if outcome.case.startswith(("d04", "d05", "d10", "d14")):
            rebuilds = outcome.recorded["verdict"] == "failed"
            pushes = outcome.way is Way.PUSH
            assert is_as_recorded(outcome) is (pushes or not rebuilds)
