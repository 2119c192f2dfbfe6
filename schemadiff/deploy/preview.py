"""The SQL that drizzle-kit would execute for a change, in order."""

from collections.abc import Callable, Iterator

from schemadiff.deploy.behaviours import Behaviours
from schemadiff.deploy.ddl import (
    check_sql,
    column_sql,
    columns_sql,
    default_sql,
    foreign_key_sql,
    full_name,
    identity_sql,
    index_sql,
    is_one,
    literal,
    quoted,
    table_name,
    type_sql,
)
from schemadiff.deploy.kit_version import kit_version
from schemadiff.deploy.sql_type import column_type
from schemadiff.diff.changes import (
    Change,
    CheckChanged,
    ColumnAdded,
    ColumnDropped,
    ColumnTypeChanged,
    DefaultChanged,
    EnumChanged,
    ForeignKeyChanged,
    GeneratedChanged,
    IdentityChanged,
    IndexChanged,
    InlineKeyChanged,
    NotNullAdded,
    NotNullDropped,
    PolicyChanged,
    PrimaryKeyChanged,
    RowSecurityChanged,
    SchemaAdded,
    SchemaDropped,
    SequenceChanged,
    TableAdded,
    TableDropped,
    UniqueChanged,
    ViewChanged,
)
from schemadiff.model import (
    PUBLIC,
    Check,
    EnumType,
    ForeignKey,
    Name,
    Schema,
    Sequence,
)

Statements = Iterator[str]
_INTEGERS = {"smallserial": "smallint", "serial": "int", "bigserial": "bigint"}
ColumnAlteration = (
    ColumnTypeChanged
    | NotNullAdded
    | NotNullDropped
    | DefaultChanged
    | GeneratedChanged
    | IdentityChanged
    | InlineKeyChanged
)


def statements(
    change: Change, behaviours: Behaviours, base: Callable[[], Schema]
) -> tuple[str, ...]:
    """Return the statements that carry `change` out; `base` is the schema before.

    Changes that drizzle-kit leaves alone, and such as are no change of the
    database, have none.
    """
    return tuple(_Preview(behaviours, base).of(change))


class _Preview:
    def __init__(self, behaviours: Behaviours, base: Callable[[], Schema]) -> None:
        self.behaviours = behaviours
        self.base = base
        self.one = is_one(behaviours)

    def _is_before(self, *version: int) -> bool:
        known = kit_version(self.behaviours.line)
        return known is not None and known[: len(version)] < version

    def of(self, change: Change) -> Statements:
        match change:
            case SchemaAdded() | SchemaDropped() | TableAdded() | TableDropped():
                yield from self._whole(change)
            case ColumnAdded() | ColumnDropped():
                yield from self._column(change)
            case (
                ColumnTypeChanged()
                | NotNullAdded()
                | NotNullDropped()
                | DefaultChanged()
                | GeneratedChanged()
                | IdentityChanged()
                | InlineKeyChanged()
            ):
                yield from self._altered(change)
            case (
                PrimaryKeyChanged()
                | UniqueChanged()
                | ForeignKeyChanged()
                | CheckChanged()
                | IndexChanged()
                | PolicyChanged()
                | RowSecurityChanged()
            ):
                yield from self._constraint(change)
            case EnumChanged() | SequenceChanged() | ViewChanged():
                yield from self._other(change)
            case _:
                return

    def _whole(
        self, change: SchemaAdded | SchemaDropped | TableAdded | TableDropped
    ) -> Statements:
        match change:
            case SchemaAdded():
                yield f"CREATE SCHEMA {quoted(change.name)};"
            case SchemaDropped():
                yield f"DROP SCHEMA {quoted(change.name)};"
            case TableAdded(table):
                yield f"CREATE TABLE {table_name(table.name)} (…);"
            case TableDropped(table):
                cascade = " CASCADE" if self.behaviours.cascades_table_drops else ""
                yield f"DROP TABLE {table_name(table.name)}{cascade};"

    def _truncate(self, table: Name) -> str:
        return f"truncate table {table_name(table)} cascade;"

    def _column(self, change: ColumnAdded | ColumnDropped) -> Statements:
        alter = f"ALTER TABLE {table_name(change.table)}"
        name = quoted(change.column.name)
        match change:
            case ColumnDropped():
                exists = " IF EXISTS" if self._is_before(0, 30) else ""
                yield f"{alter} DROP COLUMN{exists} {name};"
            case ColumnAdded(column=column):
                required = column.not_null and column.default is None
                if required and self.behaviours.truncates_on_required_column:
                    yield self._truncate(change.table)
                text = column_sql(change.table, column, one=self.one)
                yield f"{alter} ADD COLUMN {text};"

    def _altered(self, change: ColumnAlteration) -> Statements:
        alter = f"ALTER TABLE {table_name(change.table)}"
        column = f"{alter} ALTER COLUMN {quoted(change.head.name)}"
        match change:
            case ColumnTypeChanged():
                yield from self._retyped(change, column)
            case NotNullAdded():
                if (
                    self.behaviours.truncates_on_set_not_null
                    and change.head.default is None
                ):
                    yield self._truncate(change.table)
                yield f"{column} SET NOT NULL;"
            case NotNullDropped():
                yield f"{column} DROP NOT NULL;"
            case DefaultChanged(head=head):
                if head.default is None:
                    yield f"{column} DROP DEFAULT;"
                else:
                    yield f"{column} SET DEFAULT {default_sql(head)};"
            case GeneratedChanged():
                yield from self._regenerated(change, alter, column)
            case IdentityChanged(head=head):
                if head.identity is None:
                    yield f"{column} DROP IDENTITY;"
                elif change.base.identity is None:
                    yield f"{column} ADD {identity_sql(head.identity)};"
                else:
                    kind = "ALWAYS" if head.identity.always else "BY DEFAULT"
                    yield f"{column} SET GENERATED {kind};"
            case InlineKeyChanged(head=head):
                yield from self._rekeyed(change, alter)

    def _rekeyed(self, change: InlineKeyChanged, alter: str) -> Statements:
        if change.head.primary_key:
            yield f"{alter} ADD PRIMARY KEY ({quoted(change.head.name)});"
        elif self.behaviours.drops_inline_keys:
            yield f"{alter} DROP CONSTRAINT {quoted(change.table.name + '_pkey')};"

    def _retyped(self, change: ColumnTypeChanged, column: str) -> Statements:
        base, head = change.base, change.head
        if self.behaviours.truncates_on_type_change:
            yield self._truncate(change.table)
        name = quoted(head.name)
        kind = type_sql(head, one=self.one)
        if self.one:
            yield from self._serial(change, column)
            kind = _without_serial(kind)
        using = ""
        if head.generated is not None:
            using = ""
        elif base.enum is not None and head.enum is not None:
            using = f" USING {name}::text::{kind}"
        elif head.enum is not None or self.behaviours.converts_with_using:
            using = f" USING {name}::{kind}"
        yield f"{column} SET DATA TYPE {kind}{using};"

    def _serial(self, change: ColumnTypeChanged, column: str) -> Statements:
        """Yield what 1.0 does to the sequence behind a serial column."""
        table, name = change.table, f"{change.table.name}_{change.head.name}_seq"
        owner = f"{full_name(table, one=False)}.{quoted(change.head.name)}"
        sequence = table_name(Name(table.schema, name))
        was, becomes = (column_type(e).is_serial for e in (change.base, change.head))
        if was and not becomes:
            yield f"{column} DROP DEFAULT;"
            yield f"DROP SEQUENCE {sequence};"
        elif becomes and not was:
            plain = name if table.schema == PUBLIC else f"{table.schema}.{name}"
            yield f"CREATE SEQUENCE {sequence};"
            yield f"{column} SET DEFAULT nextval({literal(plain)})"
            yield f"ALTER SEQUENCE {sequence} OWNED BY {owner};"

    def _regenerated(
        self, change: GeneratedChanged, alter: str, column: str
    ) -> Statements:
        if change.head.generated is None:
            yield f"{column} DROP EXPRESSION;"
        elif change.base.generated is None or not self.behaviours.ignores_definitions:
            drop = "DROP COLUMN" if self.one else "drop column"
            yield f"{alter} {drop} {quoted(change.base.name)};"
            text = column_sql(change.table, change.head, one=self.one)
            yield f"{alter} ADD COLUMN {text};"

    def _constraint(self, change: Change) -> Statements:
        table = getattr(change, "table", None)
        if not isinstance(table, Name):
            return
        alter = f"ALTER TABLE {table_name(table)}"
        match change:
            case PrimaryKeyChanged(base=base, head=head):
                if base is not None:
                    yield f"{alter} DROP CONSTRAINT {quoted(base.name)};"
                if head is not None:
                    name = "" if self.one else f"CONSTRAINT {quoted(head.name)} "
                    key = "PRIMARY KEY (" if self.one else "PRIMARY KEY("
                    yield f"{alter} ADD {name}{key}{columns_sql(head.columns)});"
            case UniqueChanged(base=base, head=head):
                if base is not None:
                    yield f"{alter} DROP CONSTRAINT {quoted(base.name)};"
                if head is not None:
                    nulls = " NULLS NOT DISTINCT" if head.nulls_not_distinct else ""
                    columns = columns_sql(head.columns)
                    yield (
                        f"{alter} ADD CONSTRAINT {quoted(head.name)}"
                        f" UNIQUE{nulls}({columns});"
                    )
            case ForeignKeyChanged(base=base, head=head):
                added = foreign_key_sql(head, one=self.one) if head else None
                yield from self._exchanged(alter, base, added)
            case CheckChanged(base=base, head=head):
                added = check_sql(head) if head else None
                yield from self._exchanged(alter, base, added)
            case IndexChanged(base=base, head=head):
                if base is not None:
                    yield f"DROP INDEX {table_name(Name(table.schema, base.name))};"
                if head is not None:
                    text = index_sql(table, head, one=self.one)
                    if self._is_before(0, 30):
                        text = text.replace(" INDEX ", " INDEX IF NOT EXISTS ", 1)
                    yield text
            case PolicyChanged(base=base, head=None) if base is not None:
                cascade = "" if self.one else " CASCADE"
                yield (
                    f"DROP POLICY {quoted(base.name)} ON {table_name(table)}{cascade};"
                )
            case RowSecurityChanged(enabled=enabled):
                verb = "ENABLE" if enabled else "DISABLE"
                yield f"{alter} {verb} ROW LEVEL SECURITY;"
            case _:
                return

    def _exchanged(
        self, alter: str, base: ForeignKey | Check | None, added: str | None
    ) -> Statements:
        """Yield how a constraint takes another one's place; 1.0 says it at once."""
        drop = f"DROP CONSTRAINT {quoted(base.name)}" if base is not None else None
        parts = [each for each in (drop, added) if each]
        for each in (", ".join(parts),) if self.one else parts:
            yield f"{alter} {each};"

    def _other(self, change: EnumChanged | SequenceChanged | ViewChanged) -> Statements:
        match change:
            case EnumChanged():
                yield from self._enum(change)
            case SequenceChanged(base=base, head=head):
                yield from self._sequence(base, head)
            case ViewChanged(base=base, head=head):
                if base is not None and (
                    head is None or not self.behaviours.ignores_definitions
                ):
                    kind = "MATERIALIZED VIEW" if base.materialized else "VIEW"
                    yield f"DROP {kind} {full_name(base.name, one=self.one)};"

    def _sequence(self, base: Sequence | None, head: Sequence | None) -> Statements:
        if head is None:
            if base is not None:
                yield f"DROP SEQUENCE {full_name(base.name, one=False)};"
            return
        verb = "CREATE" if base is None else "ALTER"
        cycle = " CYCLE" if head.cycle else ""
        yield (
            f"{verb} SEQUENCE {full_name(head.name, one=self.one)}"
            f" INCREMENT BY {head.increment} MINVALUE {head.minimum}"
            f" MAXVALUE {head.maximum} START WITH {head.start}"
            f" CACHE {head.cache}{cycle};"
        )

    def _enum(self, change: EnumChanged) -> Statements:
        base, head = change.base, change.head
        if head is None:
            if base is not None:
                yield f"DROP TYPE {full_name(base.name, one=self.one)};"
        elif base is None:
            yield self._created(head)
        elif not _only_adds(base.labels, head.labels):
            if self.behaviours.rebuilds_enums:
                yield from self._rebuilt(base, head)
        else:
            yield from self._labels_added(base, head)

    def _created(self, enum: EnumType) -> str:
        labels = ", ".join(map(literal, enum.labels))
        return f"CREATE TYPE {full_name(enum.name, one=self.one)} AS ENUM({labels});"

    def _labels_added(self, base: EnumType, head: EnumType) -> Statements:
        name = full_name(head.name, one=self.one)
        for position, label in enumerate(head.labels):
            if label in base.labels:
                continue
            later = next(
                (each for each in head.labels[position:] if each in base.labels), None
            )
            before = f" BEFORE {literal(later)}" if later is not None else ""
            yield f"ALTER TYPE {name} ADD VALUE {literal(label)}{before};"

    def _rebuilt(self, base: EnumType, head: EnumType) -> Statements:
        name = full_name(head.name, one=self.one)
        users = [
            (table.name, column)
            for table in self.base().tables.values()
            for column in table.columns.values()
            if column.enum == base.name
        ]
        is_old = self._is_before(0, 31)
        for table, column in users:
            where = full_name(table, one=False) if is_old else table_name(table)
            alter = f"ALTER TABLE {where} ALTER COLUMN {quoted(column.name)}"
            brackets = "[]" * column.dimensions if self.one else ""
            yield f"{alter} SET DATA TYPE text{brackets};"
            if column.default is not None and self.one:
                yield f"{alter} DROP DEFAULT;"
            elif column.default is not None:
                yield f"{alter} SET DEFAULT {default_sql(column)}::text;"
        yield f"DROP TYPE {name};"
        yield self._created(head)
        for table, column in users:
            where = full_name(table, one=False) if is_old else table_name(table)
            alter = f"ALTER TABLE {where} ALTER COLUMN {quoted(column.name)}"
            kind = type_sql(column, one=self.one)
            steps = [
                f"{alter} SET DATA TYPE {kind} USING {quoted(column.name)}::{kind};"
            ]
            if column.default is not None:
                default = f"{alter} SET DEFAULT {default_sql(column)}::{kind};"
                steps.insert(len(steps) if self.one else 0, default)
            yield from steps


def _without_serial(kind: str) -> str:
    """Return what 1.0 writes for the type of a column that has a sequence."""
    return _INTEGERS.get(kind, kind)


def _only_adds(base: tuple[str, ...], head: tuple[str, ...]) -> bool:
    return tuple(each for each in head if each in base) == base
