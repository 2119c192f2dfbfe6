"""The migration files that a push adds, and what they plan.

drizzle-kit 0.x writes `<out>/0001_name.sql`, and 1.0
`<out>/<timestamp>_name/migration.sql`.
A migration that was already there is what the database already has; one that was
edited is judged like a new one, because nobody can know which text was run.
"""

from collections.abc import Iterator

from schemadiff.migrations.actions import (
    Action,
    AddsColumn,
    ChangesType,
    RenamesColumn,
    RenamesSchema,
    RenamesTable,
    SetsNotNull,
    Statement,
    UnreadableSqlError,
    Updates,
)
from schemadiff.model import Hides, Name, Unreadable
from schemadiff.record import record
from schemadiff.source import Entry, Files, Kind, Span
from schemadiff.subject import Subject

_MIGRATION = "migration.sql"


@record
class Plan:
    """What the added migration files do, in the order in which they would run.

    `files` are their paths; a plan without any says that no migration is added.
    """

    files: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

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

    def renames_table(self, table: Name, to: Name) -> bool:
        """Tell whether the plan renames or moves `table` to `to`, in any steps."""
        return table != to and self._names(table)[-1] == to

    def renames_schema(self, schema: str, to: str) -> bool:
        """Tell whether the plan renames `schema`."""
        return RenamesSchema(schema, to) in self.actions()

    def fills(self, table: Name, column: str) -> bool:
        """Tell whether a required column gets a value in every row that exists.

        Either it is added with a default, or it is added as nullable (or given a
        default) and an `UPDATE` of it comes before `SET NOT NULL`.
        """
        names, updated = self._names(table), False
        for action in self.actions():
            match action:
                case AddsColumn(table=where, column=name) if (
                    where in names and name == column
                ):
                    if action.not_null:
                        return action.has_default
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

    def converts(self, table: Name, column: str) -> bool:
        """Tell whether the plan changes the column's type with an explicit USING."""
        names = self._names(table)
        return any(
            isinstance(action, ChangesType)
            and action.table in names
            and action.column == column
            and action.using
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


def read_plan(
    base: Files | None, head: Files, out: str, base_out: str | None = None
) -> Plan:
    """Return the plan of the migration files that head has and base has not.

    `out` is the config's migrations folder, from the repository's root; `base_out`
    is what it was at base, if that is another. A migration that only moved along is
    no new one: drizzle-kit knows by name and time which were run.
    """
    known = _migrations(base, out) if base else {}
    if base is not None and base_out is not None and base_out != out:
        before = _migrations(base, base_out)
        start = len(base_out) + 1 if base_out else 0
        moved = {
            f"{out}/{path[start:]}" if out else path[start:]: entry
            for path, entry in before.items()
        }
        known = moved | known
    files: list[str] = []
    found: list[Statement] = []
    unreadable: list[Unreadable] = []
    for path, entry in sorted(_migrations(head, out).items()):
        if path in known and known[path].identity == entry.identity:
            continue
        # The grammar takes a moment to load, and few pushes add a migration.
        from schemadiff.migrations.statements import statements  # noqa: PLC0415

        files.append(path)
        try:
            found.extend(statements(path, _text(head, path)))
        except UnreadableSqlError as error:
            unreadable.append(_unreadable(path, error.reason, error.span))
    return Plan(tuple(files), tuple(found), tuple(unreadable))


def _migrations(files: Files, out: str) -> dict[str, Entry]:
    found = {}
    for entry in files.entries(out):
        path = f"{out}/{entry.name}" if out else entry.name
        if entry.kind is Kind.DIRECTORY:
            inside = files.entry(f"{path}/{_MIGRATION}")
            if inside is not None:
                found[f"{path}/{_MIGRATION}"] = inside
        elif entry.name.endswith(".sql"):
            found[path] = entry
    return found


def _text(files: Files, path: str) -> str:
    start = Span(path, 1, 1, 0, 0)
    raw = files.read(path)
    if raw is None:
        raise UnreadableSqlError("is not a file", start)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSqlError("is not UTF-8 text", start) from error


def _unreadable(path: str, reason: str, span: Span) -> Unreadable:
    return Unreadable(Subject(place=path), Hides.DETAIL, reason, span)
