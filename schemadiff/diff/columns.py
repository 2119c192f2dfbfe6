"""The columns of one table that both sides have."""

from collections.abc import Iterator

from schemadiff.diff.changes import (
    Change,
    ColumnAdded,
    ColumnDropped,
    ColumnsReordered,
    ColumnTypeChanged,
    DefaultChanged,
    GeneratedChanged,
    IdentityChanged,
    InlineKeyChanged,
    NotNullAdded,
    NotNullDropped,
)
from schemadiff.diff.unreadable import Hidden
from schemadiff.model import Column, Name, Table


def compare_columns(
    base: Table, head: Table, hidden_at_base: Hidden, hidden_at_head: Hidden
) -> Iterator[Change]:
    """Yield how the columns of a table differ; both sides call it `base.name`."""
    name = base.name
    for column in base.columns.values():
        other = head.columns.get(column.name)
        if other is not None:
            yield from compare_column(name, column, other)
        elif not (
            hidden_at_head.columns(head.name)
            or hidden_at_head.column(head.name, column.name)
        ):
            yield ColumnDropped(name, column)
    kept = tuple(each for each in base.columns if each in head.columns)
    order = tuple(each for each in head.columns if each in base.columns)
    if kept != order:
        yield ColumnsReordered(name, order)
    for position, column in enumerate(head.columns.values()):
        if column.name not in base.columns and not (
            hidden_at_base.columns(name) or hidden_at_base.column(name, column.name)
        ):
            yield ColumnAdded(name, column, position)


def compare_column(table: Name, base: Column, head: Column) -> Iterator[Change]:
    """Yield how one column differs between the two sides."""
    if (base.type, base.enum, base.dimensions) != (
        head.type,
        head.enum,
        head.dimensions,
    ):
        yield ColumnTypeChanged(table, base, head)
    if not base.not_null and head.not_null:
        yield NotNullAdded(table, base, head)
    if base.not_null and not head.not_null:
        yield NotNullDropped(table, base, head)
    if base.default != head.default:
        yield DefaultChanged(table, base, head)
    if base.generated != head.generated:
        yield GeneratedChanged(table, base, head)
    if base.identity != head.identity:
        yield IdentityChanged(table, base, head)
    if base.primary_key != head.primary_key:
        yield InlineKeyChanged(table, base, head)
