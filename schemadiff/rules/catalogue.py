"""All rules, in the order in which reports and tables list them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from schemadiff.rules.rule import Fact, Rule

_FACTS: Mapping[str, str] = {
    "drop_schema": "SchemaDropped",
    "drop_table": "TableDropped",
    "drop_column": "ColumnDropped",
    "drop_enum": "EnumChanged",
    "drop_enum_label": "EnumChanged",
    "drop_sequence": "SequenceChanged",
    "drop_materialized_view": "ViewChanged",
    "rename_schema": "SchemaDropped",
    "rename_table": "TableDropped",
    "rename_column": "ColumnDropped",
    "rename_enum_label": "EnumChanged",
    "change_column_type": "ColumnTypeChanged",
    "narrow_column_type": "ColumnTypeChanged",
    "add_required_column": "ColumnAdded",
    "require_column": "IdentityChanged NotNullAdded",
    "generate_column": "GeneratedChanged",
    "add_primary_key": "ColumnAdded InlineKeyChanged PrimaryKeyChanged",
    "change_primary_key": "ColumnAdded InlineKeyChanged PrimaryKeyChanged",
    "add_unique": "IndexChanged UniqueChanged",
    "add_foreign_key": "ForeignKeyChanged",
    "add_check": "CheckChanged",
    "cascade_deletes": "ForeignKeyChanged",
    "disable_row_security": "PolicyChanged RowSecurityChanged",
    "drop_policy": "FreePolicyChanged PolicyChanged",
    "widen_filter": "FiltersChanged",
    "narrow_filter": "FiltersChanged",
    "break_deploy": "BecameRejected ColumnAdded ColumnTypeChanged ConfigDropped"
    " EnumChanged ForeignKeyChanged IdentityChanged InlineKeyChanged PrimaryKeyChanged"
    " SchemaDropped SequenceChanged UniqueChanged",
    "unreadable_schema": "BecameUnreadable DialectChanged WasUnreadable",
}
"""The file of every rule, and the facts that it may object to.

A push changes little: of the files, only those are read that it needs.
"""


class _Rules(Sequence["Rule"]):
    """Every rule, its file read when it is asked for."""

    def __len__(self) -> int:
        return len(_FACTS)

    @overload
    def __getitem__(self, index: int) -> "Rule": ...
    @overload
    def __getitem__(self, index: slice) -> "Sequence[Rule]": ...
    def __getitem__(self, index: int | slice) -> "Rule | Sequence[Rule]":
        files = list(_FACTS)[index]
        if isinstance(files, str):
            return _in_file(files)
        return tuple(map(_in_file, files))


RULES: "Sequence[Rule]" = _Rules()


@cache
def _in_file(name: str) -> "Rule":
    found: Rule = import_module(f"schemadiff.rules.{name}").RULE
    return found


def rules_for(fact: "Fact") -> "Iterator[Rule]":
    """Yield the rules that may object to `fact`, in order."""
    for name, facts in _FACTS.items():
        if type(fact).__name__ in facts.split():
            yield _in_file(name)


def rule(rule_id: str) -> "Rule | None":
    """Return the rule of that id; None if there is none."""
    return next((each for each in RULES if each.id == rule_id), None)
