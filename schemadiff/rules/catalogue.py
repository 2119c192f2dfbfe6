"""All rules, in the order in which reports and tables list them."""

from schemadiff.rules import (
    add_required_column,
    change_column_type,
    drop_column,
    drop_table,
    narrow_column_type,
    rename_column,
    rename_table,
    unreadable_schema,
)
from schemadiff.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    drop_table.RULE,
    drop_column.RULE,
    rename_table.RULE,
    rename_column.RULE,
    change_column_type.RULE,
    narrow_column_type.RULE,
    add_required_column.RULE,
    unreadable_schema.RULE,
)


def rule(rule_id: str) -> Rule | None:
    """Return the rule of that id; None if there is none."""
    return next((each for each in RULES if each.id == rule_id), None)
