"""Tables as drizzle-kit records them."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TypeVar

from schemadiff.drizzle import recorded_constraints as recorded
from schemadiff.drizzle.columns import Reference
from schemadiff.drizzle.constraints import (
    CheckThing,
    ForeignThing,
    IndexThing,
    KeyThing,
    Part,
    UniqueThing,
)
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.names import primary_key_name
from schemadiff.drizzle.notes import Notes
from schemadiff.drizzle.policies import PolicyThing
from schemadiff.drizzle.recorded_columns import recorded_column
from schemadiff.drizzle.tables import ColumnThing, TableThing
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import World
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
from schemadiff.record import record, replace
from schemadiff.typescript.values import UNDEFINED, Value

T = TypeVar("T")
_Named = PrimaryKey | Unique | ForeignKey | Check | Index | Policy


@record(frozen=False)
class _Parts:
    """The parts of one table, by name."""

    columns: dict[str, Column] = field(default_factory=dict)
    primary_keys: dict[str, PrimaryKey] = field(default_factory=dict)
    uniques: dict[str, Unique] = field(default_factory=dict)
    foreign_keys: dict[str, ForeignKey] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)


@record(frozen=False)
class TableRecorder:
    """Records the tables of one schema; `indexes` are the names taken so far."""

    world: World
    notes: Notes
    indexes: set[tuple[str, str]] = field(default_factory=set)

    def record(self, table: TableThing) -> Table:
        """Return the model of `table`; what cannot be read is noted."""
        return _Recording(self, table).record()


class _Recording:
    """The recording of one table."""

    def __init__(self, recorder: TableRecorder, table: TableThing) -> None:
        self.recorder = recorder
        self.world = recorder.world
        self.notes = recorder.notes
        self.table = table
        self.name = table.full_name
        self.parts = _Parts()

    def record(self) -> Table:
        columns = self.table.columns.values()
        self._unread()
        for column in columns:
            self._column(column)
        for column in columns:
            for reference in column.state(self.world).references:
                self._reference(column, reference)
        for part in self.table.parts:
            self._part(part)
        if self.world.line is Line.ONE:
            for column in columns:
                self._inline_unique(column)
            _with_keys(self.world, self.table, self.parts)
        parts = self.parts
        secured = self.table.row_security or (
            self.world.line is Line.ONE and bool(parts.policies)
        )
        return Table(
            self.name,
            parts.columns,
            parts.primary_keys,
            parts.uniques,
            parts.foreign_keys,
            parts.checks,
            parts.indexes,
            parts.policies,
            secured,
            self.table.declared_name,
            self.table.made.span,
        )

    def _unread(self) -> None:
        span, subject = self.table.made.span, self.name.subject()
        for trouble in self.table.holes:
            self.notes.trouble(trouble, subject, Hides.COLUMNS, None, span)
        for key, unread in self.table.troubles.items():
            column, value = self.name.subject(key), unread.value
            self.notes.trouble(unread.trouble, column, Hides.COLUMN, value, span)

    def _column(self, column: ColumnThing) -> None:
        name = column.name(self.world)
        found = recorded_column(self.world, column, name, self.name, self.notes)
        if found is None:
            return
        if name in self.parts.columns and self.world.line is Line.ONE:
            reason = f'two columns are called "{name}"'
            self.notes.reject(self.name.subject(name), reason, found.span)
        self.parts.columns[name] = found
        if self.world.line is Line.ZERO:
            self._inline_unique(column)

    def _inline_unique(self, column: ColumnThing) -> None:
        unique = self._attempt(
            lambda: recorded.inline_unique(self.world, self.table, column),
            column.use.builder.value if column.use.builder else UNDEFINED,
        )
        if unique is None:
            return
        taken = {each.columns for each in self.parts.uniques.values()}
        if self.world.line is Line.ZERO:
            self._unique(unique)
        elif unique.columns not in taken:
            self.parts.uniques.setdefault(unique.name, unique)

    def _reference(self, column: ColumnThing, reference: Reference) -> None:
        world, table = self.world, self.table
        key = self._attempt(
            lambda: recorded.inline_foreign_key(world, table, column, reference),
            reference.call,
        )
        if key is not None:
            self._foreign_key(key)

    def _part(self, part: Part) -> None:
        if isinstance(part.made, NotKnown | Refused):
            span, subject = self.table.made.span, self.name.subject()
            hides = Hides.CONSTRAINTS
            self.notes.trouble(part.made, subject, hides, part.value, span)
            return
        made = self._attempt(lambda: self._recorded(part.made), part.value)
        match made:
            case Unique():
                self._unique(made)
            case PrimaryKey():
                self._primary_key(made)
            case ForeignKey():
                self._foreign_key(made)
            case Check():
                self._once("checks", made, self.parts.checks)
                self.parts.checks[made.name] = made
            case Index():
                self._index(made)
            case Policy():
                self._once("policies", made, self.parts.policies)
                self.parts.policies[made.name] = made
            case None:
                pass  # drizzle-orm looks at nothing else, or it has been noted

    def _recorded(self, made: object) -> _Named | None:
        world, table = self.world, self.table
        match made:
            case UniqueThing():
                return recorded.unique(world, table, made)
            case KeyThing():
                return recorded.primary_key(world, table, made)
            case ForeignThing():
                return recorded.foreign_key(world, table, made)
            case CheckThing():
                return recorded.check(world, made)
            case IndexThing():
                return recorded.index(world, table, made)
            case PolicyThing():
                return recorded.policy(world, made)
            case _:
                return None

    def _unique(self, unique: Unique) -> None:
        self._once("unique constraints", unique, self.parts.uniques)
        self.parts.uniques[unique.name] = unique

    def _primary_key(self, key: PrimaryKey) -> None:
        if self.world.line is Line.ONE:  # in 0.x the later one silently wins
            self._once("primary keys", key, self.parts.primary_keys)
        self.parts.primary_keys[key.name] = key

    def _foreign_key(self, key: ForeignKey) -> None:
        if self.world.line is Line.ONE:  # in 0.x the later one silently wins
            self._once("foreign keys", key, self.parts.foreign_keys)
        self.parts.foreign_keys[key.name] = key

    def _index(self, index: Index) -> None:
        if self.world.line is Line.ZERO and (problem := _unsplittable(index)):
            self.notes.reject(self.name.subject(), problem, index.span)
        taken = (self.name.schema, index.name)
        if taken in self.recorder.indexes:
            reason = f'two indexes in schema {taken[0]} are called "{index.name}"'
            self.notes.reject(self.name.subject(), reason, index.span)
        self.recorder.indexes.add(taken)
        self.parts.indexes[index.name] = index

    def _once(self, what: str, part: _Named, taken: Mapping[str, _Named]) -> None:
        if part.name in taken:
            reason = f'two {what} are called "{part.name}"'
            self.notes.reject(self.name.subject(), reason, part.span)

    def _attempt(self, make: Callable[[], T], whole: Value) -> T | None:
        subject, span = self.name.subject(), self.table.made.span
        return self.notes.attempt(make, subject, Hides.CONSTRAINTS, whole, span)


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
