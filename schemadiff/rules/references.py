"""What a new foreign key demands of existing rows."""

from schemadiff.deploy.sql_type import SqlType, column_type
from schemadiff.diff.changes import ForeignKeyChanged
from schemadiff.model import Column, ForeignKey, Name, Schema, Table
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.existing_rows import Given, given
from schemadiff.rules.finding import Severity

_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
_WHOLE = frozenset({"smallint", "integer", "bigint"})
_FLOATS = frozenset({"real", "double precision"})
_STRINGS = frozenset({"text", "varchar", "char", "name"})
_MOMENTS = frozenset({"date", "timestamp", "timestamp with time zone"})


def twin(key: ForeignKey, table: Table | None) -> ForeignKey | None:
    """Return the foreign key at base that says the same, under whatever name."""
    known = table.foreign_keys.values() if table else ()
    for other in known:
        if (
            other.columns == key.columns
            and other.target == key.target
            and other.target_columns == key.target_columns
        ):
            return other
    return None


def orphans(fact: ForeignKeyChanged, deployment: Deployment) -> Severity | None:
    """Tell whether existing rows may point nowhere: how bad that is.

    ERROR when every row does, WARNING when some may, None when none can.
    """
    key = fact.head
    table = deployment.table(fact.table)
    if key is None or table is None or twin(key, table):
        return None
    new = deployment.new_columns.get(fact.table, {})
    values = [given(new[name]) for name in key.columns if name in new]
    if Given.NULL in values or Given.NOTHING in values:
        return None
    if key.target in deployment.added_tables and all(
        name in new or _is_required(table, name) for name in key.columns
    ):
        return Severity.ERROR
    return Severity.WARNING


def _is_required(table: Table, name: str) -> bool:
    column = table.columns.get(name)
    return column is not None and (column.not_null or column.primary_key)


def is_comparable(source: SqlType, target: SqlType) -> bool:
    """Tell whether a column of type `source` can reference one of type `target`.

    Postgres needs an equality of the target's index that takes the source, or an
    implicit cast from source to target (`ATAddForeignKeyConstraint`).
    """
    source, target = source.stored(), target.stored()
    if source.array or target.array or source.enum or target.enum:
        return (source.family, source.array) == (target.family, target.array)
    families = source.family, target.family
    if source.family == target.family:
        return True
    for kind in (_WHOLE, _FLOATS, _STRINGS, _MOMENTS):
        if set(families) <= kind:
            return True
    if source.family in _NUMBERS and target.family in _NUMBERS:
        return _NUMBERS.index(source.family) < _NUMBERS.index(target.family)
    return families in (("cidr", "inet"), ("inet", "cidr"), ("time", "interval"))


def mismatch(
    key: ForeignKey, table: Name, schema: Schema
) -> tuple[Column, Column] | None:
    """Return the first pair of columns that the key cannot compare."""
    source, target = schema.tables.get(table), schema.tables.get(key.target)
    if source is None or target is None:
        return None
    for name, other in zip(key.columns, key.target_columns, strict=False):
        left, right = source.columns.get(name), target.columns.get(other)
        if left is None or right is None:
            continue
        if not is_comparable(column_type(left), column_type(right)):
            return left, right
    return None
