"""What the migrations of a push plan, and what else they do.

A rename, a backfill or a conversion that a migration performs needs no finding. What
a migration destroys without any change of the schema does, at its place in the SQL.
Both hold only where migrations are deployed: `drizzle-kit push` runs none of them.
"""

from collections.abc import Iterator, Sequence

from schemadiff.deploy.assumption import Way
from schemadiff.diff.changes import (
    Change,
    ColumnAdded,
    ColumnDropped,
    ColumnTypeChanged,
    NotNullAdded,
    SchemaAdded,
    SchemaDropped,
    TableAdded,
    TableDropped,
)
from schemadiff.diff.columns import compare_column
from schemadiff.diff.compare import compare_tables
from schemadiff.migrations.actions import (
    CreatesTable,
    DropsColumn,
    DropsSchema,
    DropsTable,
    Empties,
    Opaque,
    Statement,
)
from schemadiff.migrations.plan import Plan
from schemadiff.model import Name
from schemadiff.record import replace
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.wording import back_up_column, back_up_tables
from schemadiff.source import Span
from schemadiff.subject import Subject

_UNREADABLE = "unreadable-schema"


def unplanned(changes: Sequence[Change], plan: Plan) -> tuple[Change, ...]:
    """Return what is left of the changes when the plan has run.

    A planned rename leaves what else differs in the thing that was renamed.
    """
    rest = list(changes)
    for old in [each for each in rest if isinstance(each, TableDropped)]:
        for new in [each for each in rest if isinstance(each, TableAdded)]:
            if plan.renames_table(old.table.name, new.table.name):
                rest = [each for each in rest if each is not old and each is not new]
                rest.extend(compare_tables(old.table, new.table))
                break
    for gone in [each for each in rest if isinstance(each, ColumnDropped)]:
        for added in [each for each in rest if isinstance(each, ColumnAdded)]:
            to = added.column.name
            if added.table == gone.table and plan.renames_column(
                gone.table, gone.column.name, to
            ):
                rest = [e for e in rest if e is not gone and e is not added]
                before = replace(gone.column, name=to)
                rest.extend(compare_column(gone.table, before, added.column))
                break
    return tuple(each for each in rest if not _is_planned(each, changes, plan))


def _is_planned(change: Change, changes: Sequence[Change], plan: Plan) -> bool:
    match change:
        case ColumnAdded(table=table, column=column) if column.not_null:
            return column.default is None and plan.fills(table, column.name)
        case NotNullAdded(table=table, head=column):
            return plan.fills(table, column.name)
        case ColumnTypeChanged(table=table, head=column):
            return plan.converts(table, column.name)
        case SchemaDropped(name=name):
            new = (each.name for each in changes if isinstance(each, SchemaAdded))
            return any(plan.renames_schema(name, each) for each in new)
        case _:
            return False


def objections(deployment: Deployment) -> Iterator[Finding]:
    """Yield what the plan destroys although no change of the schema says so."""
    plan = deployment.context.plan
    if deployment.behaviours.way is not Way.MIGRATIONS:
        return
    for part in plan.unreadable:
        yield _unreadable(part.subject, f"{part.subject} {part.reason}", part.span)
    made: set[Name] = set()
    for statement in plan.statements:
        if isinstance(statement.action, CreatesTable):
            made.add(statement.action.table)
        else:
            yield from _objection(statement, made, deployment)


def _objection(
    statement: Statement, made: set[Name], deployment: Deployment
) -> Iterator[Finding]:
    match statement.action:
        case DropsTable(table) | Empties(table) if table not in made:
            is_explained = table in deployment.dropped_tables
            if isinstance(statement.action, Empties) or not is_explained:
                yield _rows(statement, table)
        case DropsColumn(table, column) if table not in made:
            explained = any(
                (each.table, each.column.name) == (table, column)
                for each in deployment.every(ColumnDropped)
            )
            if not explained and not _is_generated(table, column, deployment):
                yield _values(statement, table, column, deployment)
        case DropsSchema(schema):
            if all(each.name != schema for each in deployment.every(SchemaDropped)):
                yield _schema(statement, schema)
        case Opaque(destructive=True):
            path = statement.span.path
            yield _unreadable(
                Subject(place=path),
                f"{path} runs a block of code that holds DROP, TRUNCATE or DELETE",
                statement.span,
            )
        case _:
            return


def _is_generated(table: Name, column: str, deployment: Deployment) -> bool:
    known = deployment.base.tables.get(table)
    found = known.columns.get(column) if known else None
    return found is not None and found.generated is not None


def _rows(statement: Statement, table: Name) -> Finding:
    return Finding(
        rule="drop-table",
        subject=table.subject(),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=f"every row of {table} would be deleted by a migration",
        now=statement.span,
        sql=(f"{statement.sql};",),
        safer=(
            f"keep the rows of {table}: delete by a condition, or rename the table",
        ),
        backup=back_up_tables([table]),
    )


def _values(
    statement: Statement, table: Name, column: str, deployment: Deployment
) -> Finding:
    subject = table.subject(column)
    return Finding(
        rule="drop-column",
        subject=subject,
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=f"every value of {subject} would be lost by a migration",
        now=statement.span,
        sql=(f"{statement.sql};",),
        safer=(f"keep {subject} until its values are exported",),
        backup=back_up_column(deployment.base.tables.get(table), table, column),
    )


def _schema(statement: Statement, schema: str) -> Finding:
    return Finding(
        rule="drop-schema",
        subject=Subject((schema,)),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=f"everything in the schema {schema} would be dropped by a migration",
        now=statement.span,
        sql=(f"{statement.sql};",),
        safer=("drop the tables one by one, where the push shows each",),
    )


def _unreadable(subject: Subject, message: str, span: Span | None) -> Finding:
    return Finding(
        rule=_UNREADABLE,
        subject=subject,
        effect=Effect.UNREADABLE,
        severity=Severity.ERROR,
        message=message,
        now=span,
        safer=("write it as plain statements that can be read",),
    )
