"""Every kind of change is judged by a rule, or there is a reason why none does."""

from pathlib import Path
from typing import get_args

from schemadiff.deploy.assumption import Deploy, Way
from schemadiff.diff.changes import Change
from schemadiff.diff.compare import compare
from schemadiff.drizzle.line import Line
from schemadiff.model import Schema
from schemadiff.rules.context import Context
from schemadiff.rules.judge import judge
from tests.rules.pushes import recorded_side

RULES = Path(__file__).parents[2] / "schemadiff" / "rules"

SILENT = {
    "SchemaAdded": "CREATE SCHEMA touches nothing that exists",
    "TableAdded": "CREATE TABLE touches nothing that exists",
    "ColumnsReordered": "drizzle-kit does not look at the order of columns",
    "NotNullDropped": "DROP NOT NULL accepts every row",
    "DefaultChanged": "a default counts for rows to come only",
    "RoleChanged": "a role holds no rows; drizzle-kit manages roles only on request",
    "WasRejected": "drizzle-kit goes on again; every other change says what it does",
}


def test_every_change_is_judged_or_silent_for_a_reason() -> None:
    texts = [
        path.read_text()
        for path in RULES.glob("*.py")
        if path.stem not in ("deployment", "mass_renames", "renaming")
    ]
    for kind in get_args(Change):
        judged = any(
            f"isinstance(fact, {kind.__name__}" in text
            or f"case {kind.__name__}(" in text
            or f"| {kind.__name__}" in text
            for text in texts
        )
        assert judged or kind.__name__ in SILENT, kind
    assert set(SILENT) <= {kind.__name__ for kind in get_args(Change)}


def unread() -> Schema:
    raise AssertionError


def test_a_dropped_column_needs_no_other_table() -> None:
    base = recorded_side("a03-column-drop", "before", Line.ZERO).schema
    head = recorded_side("a03-column-drop", "after", Line.ZERO).schema
    context = Context(
        base=unread,
        head=unread,
        deploy=Deploy("0.31.11", (Way.PUSH,), "the test says so"),
        base_read=base,
        head_read=head,
    )
    (finding,) = judge(compare(base, head), context)
    assert str(finding.subject) == "clients.email"
