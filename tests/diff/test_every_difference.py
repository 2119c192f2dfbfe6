"""Applying what differs between two schemas to the one gives the other."""

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemadiff.diff.changes import Change, ColumnAdded, ColumnDropped
from schemadiff.diff.compare import compare
from schemadiff.model import Schema, Table
from schemadiff.record import replace
from tests.diff.apply import apply
from tests.diff.models import readable_schemas, schemas

thoroughly = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
CONSTRAINTS = (
    "primary_keys",
    "uniques",
    "foreign_keys",
    "checks",
    "indexes",
    "policies",
)
MAPPINGS = ("tables", "schemas", "enums", "sequences", "views", "policies", "roles")


def order_of_columns(schema: Schema) -> dict[Any, list[str]]:
    return {name: list(table.columns) for name, table in schema.tables.items()}


def known(schema: Schema) -> Counter[Any]:
    """What could not be read, by all that tells two of them apart."""
    return Counter(
        (each.subject, each.hides, each.fingerprint and each.fingerprint.project)
        for each in schema.unreadable
    )


@thoroughly
@given(schemas(), schemas())
def test_applying_the_changes_gives_head(base: Schema, head: Schema) -> None:
    made = apply(base, compare(base, head))
    for field in MAPPINGS:
        assert getattr(made, field) == getattr(head, field)
    assert order_of_columns(made) == order_of_columns(head)
    assert set(made.rejected) == set(head.rejected)
    assert known(made) == known(head)


@thoroughly
@given(readable_schemas())
def test_a_schema_does_not_differ_from_itself(schema: Schema) -> None:
    assert compare(schema, schema) == ()


@thoroughly
@given(readable_schemas(), st.randoms(use_true_random=False))
def test_the_order_of_declarations_is_no_difference(
    schema: Schema, rng: random.Random
) -> None:
    """Columns excepted, which have an order in the database."""

    def shuffled(things: Mapping[Any, Any]) -> dict[Any, Any]:
        items = list(things.items())
        rng.shuffle(items)
        return dict(items)

    def table(each: Table) -> Table:
        mixed = {kind: shuffled(getattr(each, kind)) for kind in CONSTRAINTS}
        return replace(each, **mixed)

    mixed = replace(
        schema, **{field: shuffled(getattr(schema, field)) for field in MAPPINGS}
    )
    mixed = replace(mixed, tables={n: table(each) for n, each in mixed.tables.items()})
    assert compare(schema, mixed) == ()
    assert compare(mixed, schema) == ()


@thoroughly
@given(readable_schemas(), readable_schemas())
def test_the_same_schemas_have_the_same_changes_in_the_same_order(
    base: Schema, head: Schema
) -> None:
    assert compare(base, head) == compare(base, head)


@thoroughly
@given(readable_schemas(), readable_schemas())
def test_the_way_back_has_as_many_changes(base: Schema, head: Schema) -> None:
    assert len(compare(base, head)) == len(compare(head, base))


@thoroughly
@given(readable_schemas(), readable_schemas())
def test_the_changes_come_stage_by_stage(base: Schema, head: Schema) -> None:
    stages = [STAGES[type(each).__name__] for each in compare(base, head)]
    assert stages == sorted(stages)


@thoroughly
@given(readable_schemas(), readable_schemas())
def test_a_kept_column_is_neither_added_nor_dropped(base: Schema, head: Schema) -> None:
    for each in compare(base, head):
        if isinstance(each, ColumnAdded | ColumnDropped):
            here = each.column.name in base.tables[each.table].columns
            there = each.column.name in head.tables[each.table].columns
            assert here is not there


STAGES = {
    name: stage
    for stage, names in enumerate(
        """
SchemaDropped
SchemaAdded
TableDropped ColumnDropped ColumnTypeChanged NotNullAdded NotNullDropped DefaultChanged\
 GeneratedChanged IdentityChanged InlineKeyChanged ColumnsReordered ColumnAdded\
 PrimaryKeyChanged UniqueChanged ForeignKeyChanged CheckChanged IndexChanged\
 PolicyChanged RowSecurityChanged
TableAdded
EnumChanged
SequenceChanged
ViewChanged
FreePolicyChanged
RoleChanged
BecameUnreadable WasUnreadable
WasRejected
BecameRejected
""".splitlines()
    )
    for name in names.split()
}


def test_every_change_has_a_stage() -> None:
    assert set(STAGES) == {each.__name__ for each in get_args(Change)}
