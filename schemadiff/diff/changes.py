"""Every way in which two schemas can differ, as facts in the past tense.

`base` and `head` hold the whole object on either side, so that a rule needs no
look-up. Changes inside a table name it as it is called at base.
"""

from schemadiff.model import (
    Check,
    Column,
    EnumType,
    ForeignKey,
    Index,
    Name,
    Policy,
    PrimaryKey,
    Rejected,
    Role,
    Sequence,
    Table,
    Unique,
    Unreadable,
    View,
)
from schemadiff.record import record
from schemadiff.source import Span


@record
class SchemaAdded:
    """A Postgres schema is declared at head only."""

    name: str
    span: Span | None


@record
class SchemaDropped:
    """A Postgres schema is declared at base only."""

    name: str
    span: Span | None


@record
class TableAdded:
    """A table is declared at head only."""

    table: Table


@record
class TableDropped:
    """A table is declared at base only."""

    table: Table


@record
class ColumnAdded:
    """A column is new in a table that both sides have, at `position` (from 0)."""

    table: Name
    column: Column
    position: int


@record
class ColumnDropped:
    """A column is gone from a table that both sides have."""

    table: Name
    column: Column


@record
class ColumnsReordered:
    """The columns that both sides have stand in another order."""

    table: Name
    order: tuple[str, ...]


@record
class ColumnTypeChanged:
    """Type, enum or array dimensions of a column differ."""

    table: Name
    base: Column
    head: Column


@record
class NotNullAdded:
    """A column became NOT NULL."""

    table: Name
    base: Column
    head: Column


@record
class NotNullDropped:
    """A column became nullable."""

    table: Name
    base: Column
    head: Column


@record
class DefaultChanged:
    """A column's SQL default was added, dropped or changed."""

    table: Name
    base: Column
    head: Column


@record
class GeneratedChanged:
    """A column's generated expression was added, dropped or changed."""

    table: Name
    base: Column
    head: Column


@record
class IdentityChanged:
    """A column's identity was added, dropped or changed."""

    table: Name
    base: Column
    head: Column


@record
class InlineKeyChanged:
    """A column's own `primaryKey()` was added or removed."""

    table: Name
    base: Column
    head: Column


@record
class PrimaryKeyChanged:
    """A table-level primary key was added, dropped or changed under its name."""

    table: Name
    base: PrimaryKey | None
    head: PrimaryKey | None


@record
class UniqueChanged:
    """A unique constraint was added, dropped or changed under the same name."""

    table: Name
    base: Unique | None
    head: Unique | None


@record
class ForeignKeyChanged:
    """A foreign key was added, dropped or changed under the same name."""

    table: Name
    base: ForeignKey | None
    head: ForeignKey | None


@record
class CheckChanged:
    """A check was added, dropped or changed under the same name."""

    table: Name
    base: Check | None
    head: Check | None


@record
class IndexChanged:
    """An index was added, dropped or changed under the same name."""

    table: Name
    base: Index | None
    head: Index | None


@record
class PolicyChanged:
    """A table's policy was added, dropped or changed under the same name."""

    table: Name
    base: Policy | None
    head: Policy | None


@record
class RowSecurityChanged:
    """Row-level security was switched on (`enabled`) or off."""

    table: Name
    enabled: bool
    base_span: Span | None
    head_span: Span | None


@record
class EnumChanged:
    """An enum was added, dropped, or has other labels or another order of them."""

    base: EnumType | None
    head: EnumType | None


@record
class SequenceChanged:
    """A sequence was added, dropped or has other options."""

    base: Sequence | None
    head: Sequence | None


@record
class ViewChanged:
    """A view or materialized view was added, dropped or changed."""

    base: View | None
    head: View | None


@record
class FreePolicyChanged:
    """A policy on a table outside the schema was added, dropped or changed."""

    base: Policy | None
    head: Policy | None


@record
class RoleChanged:
    """A role was added, dropped or changed."""

    base: Role | None
    head: Role | None


@record
class BecameUnreadable:
    """Something at head could not be read, and is not the same as at base.

    `base` is what could not be read in its place before, if anything;
    `package_only` tells that nothing but package versions differ.
    """

    head: Unreadable
    base: Unreadable | None = None
    package_only: bool = False


@record
class WasUnreadable:
    """Something at base could not be read, and does not stand at head any more."""

    base: Unreadable


@record
class BecameRejected:
    """Head holds something at which drizzle-kit itself stops, and base did not."""

    head: Rejected


@record
class WasRejected:
    """Base held something at which drizzle-kit itself stops, and head does not."""

    base: Rejected


Change = (
    SchemaAdded
    | SchemaDropped
    | TableAdded
    | TableDropped
    | ColumnAdded
    | ColumnDropped
    | ColumnsReordered
    | ColumnTypeChanged
    | NotNullAdded
    | NotNullDropped
    | DefaultChanged
    | GeneratedChanged
    | IdentityChanged
    | InlineKeyChanged
    | PrimaryKeyChanged
    | UniqueChanged
    | ForeignKeyChanged
    | CheckChanged
    | IndexChanged
    | PolicyChanged
    | RowSecurityChanged
    | EnumChanged
    | SequenceChanged
    | ViewChanged
    | FreePolicyChanged
    | RoleChanged
    | BecameUnreadable
    | WasUnreadable
    | BecameRejected
    | WasRejected
)
