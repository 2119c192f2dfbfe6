"""Every kind of change is judged by a rule, or there is a reason why none does."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from schemadiff.deploy.assumption import Deploy, Way
from schemadiff.diff.changes import Change
from schemadiff.diff.compare import compare
from schemadiff.drizzle.line import Line
from schemadiff.model import Schema
from schemadiff.rules import catalogue
from schemadiff.rules.context import Context
from schemadiff.rules.judge import judge
from schemadiff.rules.rule import Fact, Rule
from tests.rules.pushes import recorded_side

RULES = Path(__file__).parents[2] / "schemadiff" / "rules"

OF_EVERY_RULE = {
    f"schemadiff.rules.{name}" for name in ("deployment", "finding", "rule", "wording")
}
ELSEWHERE = {
    "drop_table": {"SchemaListChanged"},
    "rename_schema": {"TableDropped"},
    "change_primary_key": {"IdentityChanged"},
}
"""What a rule looks for in the rest of the deploy, without objecting to it."""


def kinds_of(union: object) -> Iterator[str]:
    """Yield the names of all classes of a union."""
    for each in get_args(union):
        yield from kinds_of(each) if get_args(each) else [each.__name__]


KINDS = set(kinds_of(Fact))
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


def kinds_known(file: str) -> set[str]:
    """Return the kinds of facts that a rule's file, or else what it calls, names."""
    imported: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse((RULES / f"{file}.py").read_text())):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            imported[node.module] = {each.name for each in node.names}
    own = {name for names in imported.values() for name in names} & KINDS
    return own or {
        kind
        for module in imported
        if module.startswith("schemadiff.rules.") and module not in OF_EVERY_RULE
        for kind in kinds_known(module.rpartition(".")[2])
    }


@pytest.mark.parametrize("rule", catalogue.RULES, ids=lambda rule: rule.id)
def test_a_rule_is_asked_about_every_fact_that_it_knows(rule: Rule) -> None:
    file = rule.id.replace("-", "_")
    known = kinds_known(file) - ELSEWHERE.get(file, set())
    assert known
    for kind in KINDS:
        fact: Any = type(kind, (), {})()
        assert (rule in catalogue.rules_for(fact)) == (kind in known), kind


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
