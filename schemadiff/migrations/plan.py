"""What the migration files that a push adds do together, and what they plan."""

from collections.abc import Iterator, Mapping
from dataclasses import field

from schemadiff.migrations.actions import (
    Action,
    AddsColumn,
    ChangesType,
    Copies,
    DropsColumn,
    Empties,
    RenamesColumn,
    RenamesLabel,
    RenamesSchema,
    RenamesTable,
    RenamesType,
    SetsNotNull,
    Statement,
    Updates,
)
from schemadiff.model import Column, Name, Unreadable
from schemadiff.record import record


@record
class Plan:
    """What the added migration files do, in the order in which they would run.

    `files` are their paths; a plan without any says that no migration is added.
    `failures` are places where the migrator stops, and `skipped` those of
    migrations that it leaves out, each with a clause that says why. `columns` are
    those that the newest snapshot at base records, where a type changes.
    """

    files: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    columns: Mapping[tuple[Name, str], Column] = field(default_factory=dict)

    @property
    def says_nothing(self) -> bool:
        """Whether the push leaves the migrations as they are."""
        return not (self.files or self.failures or self.skipped)

    def actions(self) -> Iterator[Action]:
        """Yield every action in order."""
        return (each.action for each in self.statements)

    def renames_column(self, table: Name, column: str, to: str) -> bool:
        """Tell whether the plan renames `column` of `table` (its name at base)."""
        names = self._names(table)
        return any(
            isinstance(action, RenamesColumn)
            and action.table in names
            and (action.column, action.to) == (column, to)
            for action in self.actions()
        )

    def table_name(self, table: Name) -> Name:
        """Return what a table is called when the plan has run."""
        return self._names(table)[-1]

    def renames_table(self, table: Name, to: Name) -> bool:
        """Tell whether the plan renames or moves `table` to `to`, in any steps."""
        return table != to and self._names(table)[-1] == to

    def enum_name(self, enum: Name) -> Name:
        """Return what an enum is called when the plan has run."""
        for action in self.actions():
            match action:
                case RenamesType(type=before, to=after) if before == enum:
                    enum = after
                case RenamesSchema(schema=before, to=after) if before == enum.schema:
                    enum = Name(after, enum.name)
                case _:
                    pass
        return enum

    def label(self, enum: Name, label: str) -> str:
        """Return what a label of an enum (its name at base) is called at the end."""
        names = {enum, self.enum_name(enum)}
        for action in self.actions():
            if isinstance(action, RenamesLabel) and action.enum in names:
                label = action.to if action.label == label else label
        return label

    def copies(self, table: Name, source: str, column: str) -> bool:
        """Tell whether every value of a column is kept in another, which replaces it.

        The other may take the column's name at the end.
        """
        return self._replacement(table, source, column, whole=True)

    def _replacement(
        self, table: Name, source: str, column: str, *, whole: bool
    ) -> bool:
        names, holders, gone = self._names(table), set[str](), False
        for action in self.actions():
            match action:
                case Copies(table=where, source=read, column=to) if where in names:
                    if read == source and not gone and (action.whole or not whole):
                        holders.add(to)
                case DropsColumn(table=where, column=name) if where in names:
                    gone = gone or name == source
                    holders.discard(name)
                case RenamesColumn(table=where, column=name, to=to) if where in names:
                    if name in holders:
                        holders = (holders - {name}) | {to}
                case _:
                    pass
        return gone and column in holders

    def renames_schema(self, schema: str, to: str) -> bool:
        """Tell whether the plan renames `schema`."""
        return RenamesSchema(schema, to) in self.actions()

    def fills(self, table: Name, column: str) -> bool:
        """Tell whether a required column gets a value in every row that exists.

        Either it is added with a default, or it is added as nullable (or given a
        default) and an `UPDATE` of it comes before `SET NOT NULL`, or no row is left.
        """
        names, updated = self._names(table), False
        for action in self.actions():
            match action:
                case Empties(table=where) if where in names:
                    updated = True
                case AddsColumn(table=where, column=name) if (
                    where in names and name == column
                ):
                    if action.not_null:
                        return action.has_default or updated
                    updated = updated or action.has_default
                case Updates(table=where, columns=columns) if where in names:
                    updated = updated or column in columns
                case SetsNotNull(table=where, column=name) if (
                    where in names and name == column
                ):
                    return updated
                case _:
                    pass
        return False

    def converts(self, table: Name, column: str, *, by_cast: bool = True) -> bool:
        """Tell whether the plan itself says how a column's values change their type.

        With `USING`, or by filling another column from it that takes its place.
        `by_cast` tells whether a mere cast counts: nobody may have written it.
        """
        names = self._names(table)
        return self._replacement(table, column, column, whole=False) or any(
            isinstance(action, ChangesType)
            and action.table in names
            and action.column == column
            and action.using
            and (by_cast or not action.casts)
            for action in self.actions()
        )

    def drops_column(self, table: Name, column: str) -> bool:
        """Tell whether the plan drops a column that it did not add itself."""
        names = self._names(table)
        return any(
            isinstance(action, DropsColumn)
            and action.table in names
            and action.column == column
            for action in self.actions()
        )

    def _names(self, table: Name) -> list[Name]:
        """Return every name that `table` goes by while the plan runs, in order."""
        names = [table]
        for action in self.actions():
            match action:
                case RenamesTable(table=before, to=after) if before == names[-1]:
                    names.append(after)
                case RenamesSchema(schema=before, to=after) if (
                    before == names[-1].schema
                ):
                    names.append(Name(after, names[-1].name))
                case _:
                    pass
        return names
