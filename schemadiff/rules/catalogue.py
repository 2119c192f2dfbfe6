"""All rules, in the order in which reports and tables list them."""

from schemadiff.rules import (
    add_check,
    add_foreign_key,
    add_primary_key,
    add_required_column,
    add_unique,
    break_deploy,
    cascade_deletes,
    change_column_type,
    change_primary_key,
    disable_row_security,
    drop_column,
    drop_enum,
    drop_enum_label,
    drop_materialized_view,
    drop_policy,
    drop_schema,
    drop_sequence,
    drop_table,
    generate_column,
    narrow_column_type,
    narrow_filter,
    rename_column,
    rename_enum_label,
    rename_schema,
    rename_table,
    require_column,
    unreadable_schema,
    widen_filter,
)
from schemadiff.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    drop_schema.RULE,
    drop_table.RULE,
    drop_column.RULE,
    drop_enum.RULE,
    drop_enum_label.RULE,
    drop_sequence.RULE,
    drop_materialized_view.RULE,
    rename_schema.RULE,
    rename_table.RULE,
    rename_column.RULE,
    rename_enum_label.RULE,
    change_column_type.RULE,
    narrow_column_type.RULE,
    add_required_column.RULE,
    require_column.RULE,
    generate_column.RULE,
    add_primary_key.RULE,
    change_primary_key.RULE,
    add_unique.RULE,
    add_foreign_key.RULE,
    add_check.RULE,
    cascade_deletes.RULE,
    disable_row_security.RULE,
    drop_policy.RULE,
    widen_filter.RULE,
    narrow_filter.RULE,
    break_deploy.RULE,
    unreadable_schema.RULE,
)


def rule(rule_id: str) -> Rule | None:
    """Return the rule of that id; None if there is none."""
    return next((each for each in RULES if each.id == rule_id), None)
