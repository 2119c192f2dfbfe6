"""Every statement that drizzle-kit can write for Postgres comes of a stated change.

Each type of statement leads to the sentences of `kinds.EXAMPLES` after which
drizzle-kit writes it, or to the reason why no difference of two schemas does.
"""

from pathlib import Path

import pytest

from tests.diff.kinds import EXAMPLES

CASES = Path(__file__).parents[1] / "cases" / "statements"
ZERO, ONE = "0.31.11", "1.0.0-rc.5"

NEVER_WRITTEN = "declared, but no code of drizzle-kit makes one"
NOT_IN_SCHEMAS = "privileges come from the database alone: no builder declares one"

WRITTEN: dict[str, dict[str, tuple[str, ...]]] = {
    ZERO: {
        "create_schema": ("a Postgres schema is new",),
        "drop_schema": ("a Postgres schema is gone",),
        "rename_schema": ("a Postgres schema has another name",),
        "create_type_enum": ("an enum is new",),
        "drop_type_enum": ("an enum is gone",),
        "rename_type_enum": ("an enum has another name",),
        "move_type_enum": ("an enum moved to another Postgres schema",),
        "alter_type_add_value": ("an enum has one label more",),
        "alter_type_drop_value": (
            "an enum has one label less",
            "an enum has its labels in another order",
        ),
        "create_sequence": ("a sequence is new",),
        "drop_sequence": ("a sequence is gone",),
        "alter_sequence": ("a sequence counts in another way",),
        "rename_sequence": ("a sequence has another name",),
        "move_sequence": ("a sequence moved to another Postgres schema",),
        "create_role": ("a role is new",),
        "drop_role": ("a role is gone",),
        "alter_role": ("a role may do more",),
        "rename_role": ("a role has another name",),
        "create_table": ("a table is new",),
        "drop_table": ("a table is gone",),
        "rename_table": ("a table has another name",),
        "alter_table_set_schema": ("a table moved to another Postgres schema",),
        "alter_table_add_column": ("a column is new",),
        "alter_table_drop_column": ("a column is gone",),
        "alter_table_rename_column": ("a column has another name",),
        "pg_alter_table_alter_column_set_type": (
            "a column has another type",
            "a column became an array",
            "a column became of an enum",
        ),
        "alter_table_alter_column_set_default": (
            "a column got a default",
            "a column has another default",
        ),
        "alter_table_alter_column_drop_default": ("a column lost its default",),
        "alter_table_alter_column_set_notnull": ("a column became NOT NULL",),
        "alter_table_alter_column_drop_notnull": ("a column became nullable",),
        "alter_table_alter_column_set_pk": ("a column became the primary key",),
        "alter_table_alter_column_drop_pk": ("a column is no longer the primary key",),
        "alter_table_alter_column_set_identity": ("a column got an identity",),
        "alter_table_alter_column_change_identity": ("a column has another identity",),
        "alter_table_alter_column_drop_identity": ("a column lost its identity",),
        "alter_table_alter_column_set_generated": ("a column became generated",),
        "alter_table_alter_column_alter_generated": (
            "a column is generated in another way",
        ),
        "alter_table_alter_column_drop_generated": ("a column is no longer generated",),
        "create_composite_pk": ("a table got a primary key of several columns",),
        "delete_composite_pk": ("a table lost its primary key of several columns",),
        "alter_composite_pk": ("a primary key has other columns",),
        "create_unique_constraint": (
            "a unique constraint is new",
            "a unique constraint takes NULLs for equal",
            "a unique constraint has another name",
        ),
        "delete_unique_constraint": ("a unique constraint is gone",),
        "create_check_constraint": ("a check is new", "a check says something else"),
        "delete_check_constraint": ("a check is gone",),
        "create_reference": (
            "a foreign key is new",
            "a foreign key does something else on delete",
            "a foreign key does something else on update",
        ),
        "delete_reference": ("a foreign key is gone",),
        "create_index_pg": (
            "an index is new",
            "an index became unique",
            "an index has another name",
        ),
        "drop_index": ("an index is gone",),
        "enable_rls": ("row-level security is on",),
        "disable_rls": ("row-level security is off",),
        "create_policy": ("a policy is new", "a policy is for another command"),
        "drop_policy": ("a policy is gone",),
        "alter_policy": ("a policy says something else",),
        "rename_policy": ("a policy has another name",),
        "create_ind_policy": ("a policy on a table that is not managed is new",),
        "drop_ind_policy": ("a policy on a table that is not managed is gone",),
        "alter_ind_policy": (
            "a policy on a table that is not managed says something else",
        ),
        "rename_ind_policy": (
            "a policy on a table that is not managed has another name",
        ),
        "create_view": ("a view is new", "a view shows something else"),
        "drop_view": ("a view is gone",),
        "rename_view": ("a view has another name",),
        "alter_view_alter_schema": ("a view moved to another Postgres schema",),
        "alter_view_add_with_option": ("a view has other options",),
        "alter_view_drop_with_option": ("a view has other options",),
        "alter_view_alter_tablespace": (
            "a materialized view lies in another tablespace",
        ),
        "alter_view_alter_using": ("a materialized view is stored in another way",),
    },
    ONE: {
        "create_schema": ("a Postgres schema is new",),
        "drop_schema": ("a Postgres schema is gone",),
        "rename_schema": ("a Postgres schema has another name",),
        "create_enum": ("an enum is new",),
        "drop_enum": ("an enum is gone",),
        "rename_enum": ("an enum has another name",),
        "move_enum": ("an enum moved to another Postgres schema",),
        "alter_enum": ("an enum has one label more",),
        "recreate_enum": (
            "an enum has one label less",
            "an enum has its labels in another order",
        ),
        "create_sequence": ("a sequence is new",),
        "drop_sequence": ("a sequence is gone",),
        "alter_sequence": ("a sequence counts in another way",),
        "rename_sequence": ("a sequence has another name",),
        "move_sequence": ("a sequence moved to another Postgres schema",),
        "create_role": ("a role is new",),
        "drop_role": ("a role is gone",),
        "alter_role": ("a role may do more",),
        "rename_role": ("a role has another name",),
        "create_table": ("a table is new",),
        "drop_table": ("a table is gone",),
        "rename_table": ("a table has another name",),
        "move_table": ("a table moved to another Postgres schema",),
        "add_column": ("a column is new",),
        "drop_column": ("a column is gone",),
        "rename_column": ("a column has another name",),
        "recreate_column": (
            "a column became generated",
            "a column is generated in another way",
        ),
        "alter_column": (
            "a column has another type",
            "a column became an array",
            "a column became of an enum",
            "a column became NOT NULL",
            "a column became nullable",
            "a column got a default",
            "a column lost its default",
            "a column has another default",
            "a column is no longer generated",
            "a column got an identity",
            "a column has another identity",
            "a column lost its identity",
        ),
        "add_pk": (
            "a column became the primary key",
            "a table got a primary key of several columns",
        ),
        "drop_pk": (
            "a column is no longer the primary key",
            "a table lost its primary key of several columns",
        ),
        "alter_pk": ("a primary key has other columns",),
        "add_unique": ("a unique constraint is new",),
        "drop_unique": ("a unique constraint is gone",),
        "alter_unique": ("a unique constraint takes NULLs for equal",),
        "rename_constraint": ("a unique constraint has another name",),
        "add_check": ("a check is new",),
        "drop_check": ("a check is gone",),
        "alter_check": ("a check says something else",),
        "create_fk": ("a foreign key is new",),
        "drop_fk": ("a foreign key is gone",),
        "recreate_fk": (
            "a foreign key does something else on delete",
            "a foreign key does something else on update",
        ),
        "create_index": ("an index is new",),
        "drop_index": ("an index is gone",),
        "recreate_index": ("an index became unique",),
        "rename_index": ("an index has another name",),
        "alter_rls": ("row-level security is on", "row-level security is off"),
        "create_policy": (
            "a policy is new",
            "a policy on a table that is not managed is new",
        ),
        "drop_policy": (
            "a policy is gone",
            "a policy on a table that is not managed is gone",
        ),
        "alter_policy": (
            "a policy says something else",
            "a policy on a table that is not managed says something else",
        ),
        "recreate_policy": ("a policy is for another command",),
        "rename_policy": (
            "a policy has another name",
            "a policy on a table that is not managed has another name",
        ),
        "create_view": ("a view is new", "a view shows something else"),
        "drop_view": ("a view is gone",),
        "rename_view": ("a view has another name",),
        "move_view": ("a view moved to another Postgres schema",),
        "alter_view": (
            "a view has other options",
            "a materialized view lies in another tablespace",
            "a materialized view is stored in another way",
        ),
    },
}

NOT_WRITTEN = {
    ZERO: {
        "alter_reference": NEVER_WRITTEN,
        "alter_table_set_new_schema": NEVER_WRITTEN,
        "alter_table_remove_from_schema": NEVER_WRITTEN,
    },
    ONE: {
        "grant_privilege": NOT_IN_SCHEMAS,
        "revoke_privilege": NOT_IN_SCHEMAS,
        "regrant_privilege": NOT_IN_SCHEMAS,
    },
}

WITHOUT_STATEMENT = {
    "the columns stand in another order": "drizzle-kit does not look at it",
    "something cannot be read any more": "drizzle-kit runs what we only read",
    "something can be read that could not": "drizzle-kit runs what we only read",
    "drizzle-kit refuses the schema": "it stops and writes nothing",
    "drizzle-kit does not refuse the schema any more": "only the rest is written",
}


@pytest.mark.parametrize("kit", [ZERO, ONE])
def test_every_statement_comes_of_a_change_or_of_none_for_a_reason(kit: str) -> None:
    statements = (CASES / f"{kit}.txt").read_text().split()
    assert sorted([*WRITTEN[kit], *NOT_WRITTEN[kit]]) == statements


@pytest.mark.parametrize("kit", [ZERO, ONE])
def test_every_difference_is_written_or_not_for_a_reason(kit: str) -> None:
    written = {each for found in WRITTEN[kit].values() for each in found}
    assert written <= EXAMPLES.keys()
    assert written.isdisjoint(WITHOUT_STATEMENT)
    assert written | WITHOUT_STATEMENT.keys() == EXAMPLES.keys()


@pytest.mark.parametrize("kit", [ZERO, ONE])
def test_every_statement_is_stated_by_at_least_one_change(kit: str) -> None:
    for sentences in WRITTEN[kit].values():
        assert sentences
        assert all(EXAMPLES[each].changes for each in sentences)
