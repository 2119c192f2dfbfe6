"""Tables as drizzle-kit records them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from schemadiff.drizzle import recorded_constraints as recorded
from schemadiff.drizzle.columns import Reference
from schemadiff.drizzle.constraints import (
    CheckThing,
    ForeignThing,
    IndexThing,
    KeyThing,
    UniqueThing,
)
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.names import primary_key_name
from schemadiff.drizzle.notes import Notes
from schemadiff.drizzle.policies import PolicyThing
from schemadiff.drizzle.recorded_columns import recorded_column
from schemadiff.drizzle.tables import ColumnThing, TableThing
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Thing, World
from schemadiff.model import (
    Check,
    Column,
    ForeignKey,
    Hides,
    Index,
    Policy,
    PrimaryKey,
    Table,
    Unique,
)
from schemadiff.source import Span

T = TypeVar("T")


@dataclass(slots=True)
class _Parts:
    """The parts of one table, by name."""

    columns: dict[str, Column] = field(default_factory=dict)
    primary_keys: dict[str, PrimaryKey] = field(default_factory=dict)
    uniques: dict[str, Unique] = field(default_factory=dict)
    foreign_keys: dict[str, ForeignKey] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)


@dataclass(slots=True)
class TableRecorder:
    """Records the tables of one schema; `indexes` are the names taken so far."""

    world: World
    notes: Notes
    indexes: set[tuple[str, str]] = field(default_factory=set)

    def record(self, table: TableThing) -> Table:
        """Return the model of `table`; what cannot be read is noted."""
        parts = _Parts()
        for trouble in table.holes:
            self._note(trouble, table, Hides.COLUMNS, table.made.span)
        for key, trouble in table.troubles.items():
            subject = table.full_name.subject(key)
            self.notes.trouble(trouble, subject, Hides.COLUMN, table.made.span)
        for column in table.columns.values():
            self._column(table, column, parts)
        for column in table.columns.values():
            self._references(table, column, parts)
        for part in table.extra_parts or ():
            self._part(table, part, parts)
        if self.world.line is Line.ONE:
            for column in table.columns.values():
                self._inline_unique(table, column, parts)
            _with_keys(self.world, table, parts)
        secured = table.row_security or (
            self.world.line is Line.ONE and bool(parts.policies)
        )
        return Table(
            table.full_name,
            parts.columns,
            parts.primary_keys,
            parts.uniques,
            parts.foreign_keys,
            parts.checks,
            parts.indexes,
            parts.policies,
            secured,
            table.declared_name,
            table.made.span,
        )

    def _column(self, table: TableThing, column: ColumnThing, parts: _Parts) -> None:
        name = column.name(self.world)
        subject = table.full_name.subject(name)
        found = recorded_column(self.world, column, name, table.full_name, self.notes)
        if found is None:
            return
        if name in parts.columns and self.world.line is Line.ONE:
            self.notes.reject(subject, f'two columns are called "{name}"', found.span)
        parts.columns[name] = found
        if self.world.line is Line.ZERO:
            self._inline_unique(table, column, parts)

    def _inline_unique(
        self, table: TableThing, column: ColumnThing, parts: _Parts
    ) -> None:
        unique = self._attempt(
            lambda: recorded.inline_unique(self.world, table, column),
            table,
            column.use.span,
        )
        if unique is None:
            return
        if self.world.line is Line.ZERO:
            self._unique(table, unique, parts)
        elif unique.columns not in {each.columns for each in parts.uniques.values()}:
            parts.uniques.setdefault(unique.name, unique)

    def _unique(self, table: TableThing, unique: Unique, parts: _Parts) -> None:
        if unique.name in parts.uniques:
            reason = f'two unique constraints are called "{unique.name}"'
            self.notes.reject(table.full_name.subject(), reason, unique.span)
        parts.uniques[unique.name] = unique

    def _references(
        self, table: TableThing, column: ColumnThing, parts: _Parts
    ) -> None:
        for reference in column.state(self.world).references:
            self._reference(table, column, reference, parts)

    def _reference(
        self,
        table: TableThing,
        column: ColumnThing,
        reference: Reference,
        parts: _Parts,
    ) -> None:
        key = self._attempt(
            lambda: recorded.inline_foreign_key(self.world, table, column, reference),
            table,
            reference.span,
        )
        if key is not None:
            self._once(table, key, parts.foreign_keys)
            parts.foreign_keys[key.name] = key

    def _part(
        self, table: TableThing, part: Thing | NotKnown | Refused, parts: _Parts
    ) -> None:
        match part:
            case NotKnown() | Refused():
                self._note(part, table, Hides.CONSTRAINTS, table.made.span)
            case Outside():
                trouble = part.trouble()
                self._note(trouble, table, Hides.CONSTRAINTS, table.made.span)
            case UniqueThing():
                self._table_unique(table, part, parts)
            case KeyThing() | ForeignThing():
                self._key(table, part, parts)
            case CheckThing():
                self._check(table, part, parts)
            case IndexThing():
                self._index(table, part, parts)
            case PolicyThing():
                self._policy(table, part, parts)
            case _:
                pass  # drizzle-orm looks at nothing else

    def _key(
        self, table: TableThing, part: KeyThing | ForeignThing, parts: _Parts
    ) -> None:
        if isinstance(part, KeyThing):
            key = self._attempt(
                lambda: recorded.primary_key(self.world, table, part), table, part.span
            )
            if key is not None:
                self._once(table, key, parts.primary_keys)
                parts.primary_keys[key.name] = key
            return
        foreign = self._attempt(
            lambda: recorded.foreign_key(self.world, table, part), table, part.span
        )
        if foreign is not None:
            self._once(table, foreign, parts.foreign_keys)
            parts.foreign_keys[foreign.name] = foreign

    def _once(
        self,
        table: TableThing,
        key: PrimaryKey | ForeignKey,
        taken: Mapping[str, PrimaryKey | ForeignKey],
    ) -> None:
        """Note a name given twice, which 0.x settles in favour of the later key."""
        if self.world.line is Line.ONE and key.name in taken:
            reason = f'two keys are called "{key.name}"'
            self.notes.reject(table.full_name.subject(), reason, key.span)

    def _table_unique(
        self, table: TableThing, part: UniqueThing, parts: _Parts
    ) -> None:
        unique = self._attempt(
            lambda: recorded.unique(self.world, table, part), table, part.span
        )
        if unique is not None:
            self._unique(table, unique, parts)

    def _check(self, table: TableThing, part: CheckThing, parts: _Parts) -> None:
        check = self._attempt(
            lambda: recorded.check(self.world, part), table, part.span
        )
        if check is None:
            return
        if check.name in parts.checks:
            reason = f'two checks are called "{check.name}"'
            self.notes.reject(table.full_name.subject(), reason, check.span)
        parts.checks[check.name] = check

    def _index(self, table: TableThing, part: IndexThing, parts: _Parts) -> None:
        index = self._attempt(
            lambda: recorded.index(self.world, table, part), table, part.span
        )
        if index is None:
            return
        if self.world.line is Line.ZERO and (problem := _unsplittable(index)):
            self.notes.reject(table.full_name.subject(), problem, index.span)
        taken = (table.full_name.schema, index.name)
        if taken in self.indexes:
            reason = f'two indexes in schema {taken[0]} are called "{index.name}"'
            self.notes.reject(table.full_name.subject(), reason, index.span)
        self.indexes.add(taken)
        parts.indexes[index.name] = index

    def _policy(self, table: TableThing, part: PolicyThing, parts: _Parts) -> None:
        policy = self._attempt(
            lambda: recorded.policy(self.world, part), table, part.span
        )
        if policy is None:
            return
        if policy.name in parts.policies:
            reason = f'two policies are called "{policy.name}"'
            self.notes.reject(table.full_name.subject(), reason, policy.span)
        parts.policies[policy.name] = policy

    def _attempt(
        self, make: Callable[[], T], table: TableThing, span: Span
    ) -> T | None:
        subject = table.full_name.subject()
        return self.notes.attempt(make, subject, Hides.CONSTRAINTS, span)

    def _note(
        self, trouble: NotKnown | Refused, table: TableThing, hides: Hides, span: Span
    ) -> None:
        self.notes.trouble(trouble, table.full_name.subject(), hides, span)


def _unsplittable(index: Index) -> str | None:
    """Return why `drizzle-kit generate` 0.31 crashes on an index, if it does.

    It joins an index's parts to one text, which it splits at `;` and `,,` again.
    """
    if any(",," in part.expression for part in index.parts):
        return 'drizzle-kit generate cannot handle ",," in the expression of an index'
    texts = [index.where or "", *(part.expression for part in index.parts)]
    if any(";" in each for each in texts):
        return 'drizzle-kit generate cannot handle ";" in an index'
    return None


def _with_keys(world: World, table: TableThing, parts: _Parts) -> None:
    """Apply what 1.0 adds: an inline key is a key, and key columns are NOT NULL.

    Of several inline keys in one table only the first becomes a key.
    """
    inline = [name for name, column in parts.columns.items() if column.primary_key]
    if inline and not parts.primary_keys:
        name = primary_key_name(world.line, table.name, inline[:1])
        span = parts.columns[inline[0]].span
        parts.primary_keys[name] = PrimaryKey(name, (inline[0],), span=span)
    for key in parts.primary_keys.values():
        for column in key.columns:
            if column in parts.columns:
                parts.columns[column] = replace(parts.columns[column], not_null=True)
