"""One deploy under which changes are judged: a way and a drizzle-kit."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from schemadiff.deploy.behaviours import Behaviours
from schemadiff.deploy.config_changes import ConfigChange
from schemadiff.deploy.filters import FiltersChanged
from schemadiff.deploy.preview import statements
from schemadiff.diff.changes import (
    Change,
    ColumnAdded,
    ColumnDropped,
    ColumnTypeChanged,
    EnumChanged,
    GeneratedChanged,
    NotNullAdded,
    SchemaAdded,
    SchemaDropped,
    TableAdded,
    TableDropped,
)
from schemadiff.diff.renames import Renames, label_renames, renames
from schemadiff.model import Column, ForeignKey, Name, Schema, Table
from schemadiff.rules.context import Context
from schemadiff.rules.emptying import Emptied, Emptying
from schemadiff.rules.existing_rows import is_required
from schemadiff.source import Span

ChangeT = TypeVar("ChangeT", bound=Change)


class Deployment:
    """All changes of one push, carried out one way by one drizzle-kit.

    It answers what rules ask about everything around a change, and remembers
    the answers.
    """

    def __init__(
        self, changes: Sequence[Change], context: Context, behaviours: Behaviours
    ) -> None:
        self.changes = changes
        self.context = context
        self.behaviours = behaviours

    @cached_property
    def base(self) -> Schema:
        """The whole schema before the deploy."""
        return self.context.base()

    @cached_property
    def head(self) -> Schema:
        """The whole schema after it."""
        return self.context.head()

    def every(self, kind: type[ChangeT]) -> tuple[ChangeT, ...]:
        """Return all changes of one kind."""
        return tuple(
            each for each in self._by_kind.get(kind, ()) if isinstance(each, kind)
        )

    @cached_property
    def _by_kind(self) -> Mapping[type, Sequence[Change]]:
        found: dict[type, list[Change]] = {}
        for each in self.changes:
            found.setdefault(type(each), []).append(each)
        return found

    @cached_property
    def new_columns(self) -> Mapping[Name, Mapping[str, Column]]:
        """The columns that are new in tables that both sides have."""
        found: dict[Name, dict[str, Column]] = {}
        for each in self.every(ColumnAdded):
            found.setdefault(each.table, {})[each.column.name] = each.column
        return found

    def references(self, table: Name) -> Sequence[tuple[Name, ForeignKey]]:
        """Return every foreign key at base that `table` has, or that points at it."""
        return self._references.get(table, ())

    @cached_property
    def _references(self) -> Mapping[Name, Sequence[tuple[Name, ForeignKey]]]:
        found: dict[Name, list[tuple[Name, ForeignKey]]] = {}
        for table in self.base.tables.values():
            for key in table.foreign_keys.values():
                for name in {table.name, key.target}:
                    found.setdefault(name, []).append((table.name, key))
        return found

    @cached_property
    def dropped_tables(self) -> frozenset[Name]:
        """The tables that head does not declare any more."""
        return frozenset(each.table.name for each in self.every(TableDropped))

    @cached_property
    def added_tables(self) -> frozenset[Name]:
        """The tables that only head declares."""
        return frozenset(each.table.name for each in self.every(TableAdded))

    def table(self, name: Name) -> Table | None:
        """Return a table as it was at base."""
        return self.context.base_read.tables.get(name) or self.base.tables.get(name)

    def head_table(self, name: Name) -> Table | None:
        """Return a table as it is at head."""
        return self.context.head_read.tables.get(name) or self.head.tables.get(name)

    def base_span(self, name: Name) -> Span | None:
        """Return where a table was declared at base."""
        table = self.table(name)
        return table.span if table else None

    def head_span(self, name: Name) -> Span | None:
        """Return where a table is declared at head."""
        table = self.head_table(name)
        return table.span if table else None

    def labels_before(self, enum: Name) -> tuple[str, ...] | None:
        """Return the labels that an enum's stored values have."""
        known = self.base.enums.get(enum) or self.head.enums.get(enum)
        return known.labels if known else None

    def labels_after(self, enum: Name) -> tuple[str, ...] | None:
        """Return the labels that an enum has after the deploy."""
        known = self.head.enums.get(enum) or self.base.enums.get(enum)
        return known.labels if known else None

    def emptied(self, *tables: Name) -> Emptied:
        """Return what truncating `tables` deletes, and how to save it."""
        return self._emptying.of(*tables)

    @cached_property
    def _emptying(self) -> Emptying:
        return Emptying(self.base)

    def manages(self, table: Name) -> bool:
        """Tell whether drizzle-kit touches this table, by the config at head."""
        behaviours = self.behaviours
        if not behaviours.applies_filters:
            return True
        filters = self.context.head_filters
        every = behaviours.sees_every_schema
        if not filters.tables or not filters.manages_schema(table.schema, every=every):
            return filters.manages_schema(table.schema, every=every)
        if not behaviours.filters_declarations and self.head_table(table):
            return True
        return filters.manages_table(table, every=every)

    def manages_schema(self, schema: str) -> bool:
        """Tell whether drizzle-kit touches this Postgres schema."""
        if not self.behaviours.applies_filters:
            return True
        return self.context.head_filters.manages_schema(
            schema, every=self.behaviours.sees_every_schema
        )

    def is_replaced(
        self, fact: ColumnTypeChanged | GeneratedChanged | NotNullAdded
    ) -> bool:
        """Tell whether the column is dropped and made anew: it becomes generated."""
        return fact.base.generated is None and fact.head.generated is not None

    @cached_property
    def renames(self) -> Renames:
        """What was probably renamed, as far as the changes tell."""
        return renames(self.changes)

    @cached_property
    def _columns(self) -> Mapping[tuple[Name, str], ColumnAdded]:
        return {(old.table, old.column.name): new for old, new in self.renames.columns}

    def successor_of_column(self, dropped: ColumnDropped) -> ColumnAdded | None:
        """Return the column that a dropped one was probably renamed to."""
        return self._columns.get((dropped.table, dropped.column.name))

    def successor_of_table(self, dropped: TableDropped) -> TableAdded | None:
        """Return the table that a dropped one was probably renamed to."""
        return self._tables.get(dropped.table.name)

    @cached_property
    def _tables(self) -> Mapping[Name, TableAdded]:
        pairs = (*self.renames.tables, *self._declared_again)
        return {old.table.name: new for old, new in pairs}

    @cached_property
    def casing_renames(self) -> tuple[tuple[ColumnDropped, ColumnAdded], ...]:
        """Columns that only lost or got a casing; nothing unless they are several.

        Their key in TypeScript is the same, and neither side gives a name.
        """
        pairs = tuple(
            (old, new)
            for old, new in self.renames.columns
            if old.column.key == new.column.key != ""
            and not (old.column.name_given or new.column.name_given)
        )
        return pairs if len(pairs) > 1 else ()

    @cached_property
    def recased_required(self) -> tuple[ColumnAdded, ...]:
        """Those of them that are required."""
        return tuple(new for _, new in self.casing_renames if is_required(new.column))

    def is_recased(self, change: ColumnDropped | ColumnAdded) -> bool:
        """Tell whether a column only lost or got a casing, like others."""
        return (change.table, change.column.name) in self._recased

    @cached_property
    def _recased(self) -> frozenset[tuple[Name, str]]:
        return frozenset(
            (each.table, each.column.name)
            for pair in self.casing_renames
            for each in pair
        )

    @cached_property
    def _declared_again(self) -> tuple[tuple[TableDropped, TableAdded], ...]:
        """Tables declared with the same name, of which another name was made."""
        added = {
            (each.table.name.schema, each.table.declared_name): each
            for each in self.every(TableAdded)
        }
        return tuple(
            (old, new)
            for old in self.every(TableDropped)
            if old.table.declared_name
            and (new := added.get((old.table.name.schema, old.table.declared_name)))
        )

    @property
    def prefix_renames(self) -> tuple[tuple[TableDropped, TableAdded], ...]:
        """Tables that only got another prefix; nothing unless they are several."""
        pairs = self._declared_again
        return pairs if len(pairs) > 1 else ()

    def is_prefixed_anew(self, dropped: TableDropped) -> bool:
        """Tell whether a table only got another prefix, like others."""
        return dropped.table.name in self._prefixed

    @cached_property
    def _prefixed(self) -> frozenset[Name]:
        return frozenset(old.table.name for old, _ in self.prefix_renames)

    def moves_with_schema(self, dropped: TableDropped) -> bool:
        """Tell whether the table only follows its renamed Postgres schema."""
        new = self.successor_of_table(dropped)
        old = dropped.table.name
        return new is not None and any(
            (gone.name, fresh.name) == (old.schema, new.table.name.schema)
            and old.name == new.table.name.name
            for gone, fresh in self.renames.schemas
        )

    def successor_of_schema(self, dropped: SchemaDropped) -> SchemaAdded | None:
        """Return the Postgres schema that a dropped one was probably renamed to."""
        for old, new in self.renames.schemas:
            if old.name == dropped.name:
                return new
        return None

    def label_successors(self, fact: EnumChanged) -> Mapping[str, str]:
        """Return the labels that were probably renamed, and to which."""
        if fact.base is None or fact.head is None:
            return {}
        return dict(label_renames(fact.base.labels, fact.head.labels))

    def sql(self, change: Change) -> tuple[str, ...]:
        """Return the statements that carry `change` out, in order."""
        return statements(change, self.behaviours, lambda: self.base)

    def sql_of(self, fact: Change | FiltersChanged | ConfigChange) -> tuple[str, ...]:
        """Return the statements of a fact; a change of the config has none."""
        if isinstance(fact, FiltersChanged | ConfigChange):
            return ()
        return self.sql(fact)
