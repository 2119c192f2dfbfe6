"""Changes applied to a schema: what `compare` leaves out cannot arrive."""

from collections.abc import Sequence
from typing import Any, TypeVar, assert_never

from schemadiff.diff.changes import (
    BecameRejected,
    BecameUnreadable,
    Change,
    CheckChanged,
    ColumnAdded,
    ColumnDropped,
    ColumnsReordered,
    ColumnTypeChanged,
    DefaultChanged,
    EnumChanged,
    ForeignKeyChanged,
    FreePolicyChanged,
    GeneratedChanged,
    IdentityChanged,
    IndexChanged,
    InlineKeyChanged,
    NotNullAdded,
    NotNullDropped,
    PolicyChanged,
    PrimaryKeyChanged,
    RoleChanged,
    RowSecurityChanged,
    SchemaAdded,
    SchemaDropped,
    SequenceChanged,
    TableAdded,
    TableDropped,
    UniqueChanged,
    ViewChanged,
    WasRejected,
    WasUnreadable,
)
from schemadiff.model import Name, Schema, Table
from schemadiff.record import replace

Whole = SchemaAdded | SchemaDropped | TableAdded | TableDropped
Altered = (
    ColumnTypeChanged
    | NotNullAdded
    | NotNullDropped
    | DefaultChanged
    | GeneratedChanged
    | IdentityChanged
    | InlineKeyChanged
)
Named = (
    PrimaryKeyChanged
    | UniqueChanged
    | ForeignKeyChanged
    | CheckChanged
    | IndexChanged
    | PolicyChanged
)
Other = EnumChanged | SequenceChanged | ViewChanged | FreePolicyChanged | RoleChanged
Open = BecameUnreadable | WasUnreadable | BecameRejected | WasRejected
InTable = (
    Altered
    | Named
    | ColumnAdded
    | ColumnDropped
    | ColumnsReordered
    | RowSecurityChanged
)

Owner = TypeVar("Owner", Schema, Table)

KINDS: dict[type[Any], str] = {
    PrimaryKeyChanged: "primary_keys",
    UniqueChanged: "uniques",
    ForeignKeyChanged: "foreign_keys",
    CheckChanged: "checks",
    IndexChanged: "indexes",
    PolicyChanged: "policies",
    EnumChanged: "enums",
    SequenceChanged: "sequences",
    ViewChanged: "views",
    FreePolicyChanged: "policies",
    RoleChanged: "roles",
}


def apply(base: Schema, changes: Sequence[Change]) -> Schema:
    """Return what `base` becomes when every change has happened, in order."""
    made = base
    for change in changes:
        match change:
            case SchemaAdded() | SchemaDropped() | TableAdded() | TableDropped():
                made = _whole(made, change)
            case (
                EnumChanged()
                | SequenceChanged()
                | ViewChanged()
                | FreePolicyChanged()
                | RoleChanged()
            ):
                made = _named(made, change)
            case (
                BecameUnreadable() | WasUnreadable() | BecameRejected() | WasRejected()
            ):
                made = _open(made, change)
            case _:
                made = _in_table(made, change)
    return made


def _whole(schema: Schema, change: Whole) -> Schema:
    schemas, tables = dict(schema.schemas), dict(schema.tables)
    match change:
        case SchemaAdded(name=name, span=span):
            assert name not in schemas
            schemas[name] = span
        case SchemaDropped(name=name):
            del schemas[name]
        case TableAdded(table=table):
            assert table.name not in tables
            tables[table.name] = table
        case TableDropped(table=table):
            del tables[table.name]
        case _:
            assert_never(change)
    return replace(schema, schemas=schemas, tables=tables)


def _named(owner: Owner, change: Named | Other) -> Owner:
    """Return `owner`, a schema or a table, with one thing added, dropped or changed."""
    field = KINDS[type(change)]
    things = dict(getattr(owner, field))
    if change.base is not None:
        assert things.pop(change.base.name) == change.base
    if change.head is not None:
        assert change.head.name not in things
        things[change.head.name] = change.head
    return replace(owner, **{field: things})


def _open(schema: Schema, change: Open) -> Schema:
    unreadable, rejected = list(schema.unreadable), list(schema.rejected)
    match change:
        case BecameUnreadable(head=head, base=base):
            if base is not None:
                unreadable.remove(base)
            unreadable.append(head)
        case WasUnreadable(base=base):
            unreadable.remove(base)
        case BecameRejected(head=head):
            rejected.append(head)
        case WasRejected(base=base):
            rejected.remove(base)
        case _:
            assert_never(change)
    return replace(schema, unreadable=tuple(unreadable), rejected=tuple(rejected))


def _in_table(schema: Schema, change: InTable) -> Schema:
    name: Name = change.table
    table = schema.tables[name]
    columns = dict(table.columns)
    match change:
        case ColumnDropped(column=column):
            assert columns.pop(column.name) == column
        case ColumnAdded(column=column, position=position):
            assert column.name not in columns
            items = list(columns.items())
            items.insert(position, (column.name, column))
            columns = dict(items)
        case ColumnsReordered(order=order):
            added = {each: columns[each] for each in columns if each not in order}
            columns = {each: columns[each] for each in order} | added
        case RowSecurityChanged(enabled=enabled):
            table = replace(table, row_security=enabled)
        case (
            PrimaryKeyChanged()
            | UniqueChanged()
            | ForeignKeyChanged()
            | CheckChanged()
            | IndexChanged()
            | PolicyChanged()
        ):
            table = _named(table, change)
        case _:
            columns[change.base.name] = replace(
                columns[change.base.name], **_altered(change)
            )
    changed = replace(table, columns=columns)
    return replace(schema, tables=dict(schema.tables) | {name: changed})


def _altered(change: Altered) -> dict[str, Any]:
    head = change.head
    match change:
        case ColumnTypeChanged():
            return {
                "type": head.type,
                "enum": head.enum,
                "dimensions": head.dimensions,
            }
        case NotNullAdded():
            return {"not_null": True}
        case NotNullDropped():
            return {"not_null": False}
        case DefaultChanged():
            return {"default": head.default}
        case GeneratedChanged():
            return {"generated": head.generated}
        case IdentityChanged():
            return {"identity": head.identity}
        case InlineKeyChanged():
            return {"primary_key": head.primary_key}
    assert_never(change)
