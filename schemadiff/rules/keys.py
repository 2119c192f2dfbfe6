"""What uniqueness rows are known to have: keys, unique constraints, indexes."""

from collections.abc import Iterator, Mapping, Sequence

from schemadiff.model import Column, Index, Table, Unique
from schemadiff.rules.existing_rows import Given, given
from schemadiff.rules.finding import Severity
from schemadiff.rules.wording import key_columns


def unique_columns(table: Table) -> Iterator[frozenset[str]]:
    """Yield every set of columns in which no two rows agree, NULLs aside."""
    if key := key_columns(table):
        yield frozenset(key)
    for unique in table.uniques.values():
        yield frozenset(unique.columns)
    for index in table.indexes.values():
        if columns := _indexed(index):
            yield frozenset(columns)


def _indexed(index: Index) -> tuple[str, ...]:
    if not index.unique or index.where:
        return ()
    if any(part.is_expression for part in index.parts):
        return ()
    return tuple(part.expression for part in index.parts)


def index_columns(index: Index) -> tuple[str, ...] | None:
    """Return the columns that a unique index makes unique; None for expressions."""
    if any(part.is_expression for part in index.parts):
        return None
    return tuple(part.expression for part in index.parts)


def collision(
    columns: Sequence[str] | None,
    table: Table | None,
    new: Mapping[str, Column],
    *,
    nulls_collide: bool,
) -> Severity | None:
    """Tell whether existing rows may agree in `columns`: how bad that is.

    ERROR when they do in every table of two rows, WARNING when they may, None
    when they cannot. `table` is the one at base, `new` the columns it gets;
    `columns` None stands for expressions.
    """
    if columns is None or table is None:
        return Severity.WARNING
    values = {name: given(new[name]) for name in columns if name in new}
    if Given.DISTINCT in values.values() or Given.NOTHING in values.values():
        return None
    if Given.NULL in values.values() and not nulls_collide:
        return None
    old = frozenset(columns) - values.keys()
    if any(known <= old for known in unique_columns(table)):
        can_be_null = any(not _never_null(table, name) for name in old)
        return Severity.WARNING if nulls_collide and can_be_null else None
    if not old and Given.ANY not in values.values():
        return Severity.ERROR
    return Severity.WARNING


def may_be_null(
    columns: Sequence[str], table: Table | None, new: Mapping[str, Column]
) -> bool:
    """Tell whether a row that exists may have NULL in one of `columns`."""
    return any(
        table is None or not _never_null(table, name)
        for name in columns
        if name not in new
    )


def _never_null(table: Table, name: str) -> bool:
    column = table.columns.get(name)
    return column is not None and (column.not_null or name in key_columns(table))


def same_columns(left: Unique, right: Unique) -> bool:
    """Tell whether two unique constraints demand the same."""
    return (
        set(left.columns) == set(right.columns)
        and left.nulls_not_distinct == right.nulls_not_distinct
    )
