"""What added migrations do besides: what they destroy, and where they cannot run.

This holds only where migrations are deployed: `drizzle-kit push` runs none of them.
"""

from collections.abc import Iterator

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.sql_type import column_type
from schemadiff.diff.changes import (
    ColumnDropped,
    GeneratedChanged,
    SchemaDropped,
)
from schemadiff.migrations.actions import (
    AddsColumn,
    ChangesType,
    Clears,
    CreatesTable,
    DropsColumn,
    DropsDependents,
    DropsSchema,
    DropsTable,
    Empties,
    Opaque,
    RenamesColumn,
    RenamesLabel,
    RenamesSchema,
    RenamesTable,
    Statement,
)
from schemadiff.model import Column, Name
from schemadiff.record import record, replace
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.wording import back_up_column, back_up_tables
from schemadiff.source import Span
from schemadiff.subject import Subject

_UNREADABLE = "unreadable-schema"
_EXTENSION_TYPES = {
    "citext": {"citext"},
    "hstore": {"hstore"},
    "ltree": {"ltree", "lquery", "ltxtquery"},
    "postgis": {"geometry", "geography", "box2d", "box3d", "raster"},
    "postgis_raster": {"raster"},
    "vector": {"vector", "halfvec", "sparsevec"},
    "cube": {"cube"},
    "isn": {"isbn", "isbn13", "issn", "issn13", "ismn", "ismn13", "ean13", "upc"},
    "seg": {"seg"},
}
"""Extensions by the types that columns may have of them."""


@record(frozen=False)
class _Own:
    """What the plan itself made, and which columns it took another type from."""

    tables: set[Name]
    columns: set[tuple[Name, str]]
    retyped: set[tuple[Name, str]]


def objections(deployment: Deployment) -> Iterator[Finding]:
    """Yield what the plan destroys although no change of the schema says so."""
    plan = deployment.context.plan
    if deployment.behaviours.way is not Way.MIGRATIONS:
        return
    for part in plan.unreadable:
        yield _unreadable(part.subject, f"{part.subject} {part.reason}", part.span)
    for path, reason in plan.failures:
        yield _stops(path, f"{path} {reason}")
    for path, reason in plan.skipped:
        yield _never_run(path, reason)
    own = _Own(set(), set(), set())
    for statement in plan.statements:
        yield from _objection(statement, own, deployment)
        _note(statement, own, deployment)


def _note(statement: Statement, own: _Own, deployment: Deployment) -> None:
    """Keep in mind what belongs to the plan itself from here on."""
    match statement.action:
        case CreatesTable(table, if_not_exists=again):
            if not (again and table in deployment.base.tables):
                own.tables.add(table)
        case RenamesTable(table, to):
            (own.tables.add if table in own.tables else own.tables.discard)(to)
            own.tables.discard(table)
        case AddsColumn(table, column):
            known = deployment.base.tables.get(table)
            if known is None or column not in known.columns:
                own.columns.add((table, column))
        case RenamesColumn(table, column, to):
            if (table, column) in own.columns:
                own.columns.add((table, to))
                own.columns.discard((table, column))
        case ChangesType(table, column) | DropsColumn(table, column):
            own.retyped.add((table, column))
        case _:
            return


def _objection(
    statement: Statement, own: _Own, deployment: Deployment
) -> Iterator[Finding]:
    match statement.action:
        case DropsTable(table) | Empties(table) if table not in own.tables:
            is_explained = table in deployment.dropped_tables
            if isinstance(statement.action, Empties) or not is_explained:
                yield _rows(statement, table)
        case DropsColumn(table, column) if table not in own.tables:
            if not (
                (table, column) in own.columns
                or _is_explained(table, column, deployment)
                or _is_generated(table, column, deployment)
            ):
                yield _values(statement, table, column, deployment)
        case DropsSchema(schema):
            if all(each.name != schema for each in deployment.every(SchemaDropped)):
                yield _schema(statement, schema)
        case Clears(table, column):
            known = deployment.base.tables.get(table)
            if known is not None and column in known.columns:
                yield _values(statement, table, column, deployment)
        case DropsDependents() as drops:
            for table, column in _dependent(drops, own, deployment):
                yield _values(statement, table, column, deployment)
        case Opaque(destructive=True):
            path = statement.span.path
            yield _unreadable(
                Subject(place=path),
                f"{path} runs code that cannot be read and may drop or delete anything",
                statement.span,
            )
        case _:
            return


def _is_explained(table: Name, column: str, deployment: Deployment) -> bool:
    """Tell whether a change of the schema, or the plan, accounts for a drop."""
    plan = deployment.context.plan
    if any(
        (each.table, each.column.name) == (table, column)
        for each in deployment.every(ColumnDropped)
    ):
        return True
    if any(
        (each.table, each.base.name) == (table, column)
        for each in deployment.every(GeneratedChanged)
    ):
        return True
    after = deployment.head.tables.get(table)
    names = after.columns if after is not None else ()
    return plan.converts(table, column) or any(
        plan.copies(table, column, each) for each in names
    )


def _dependent(
    drops: DropsDependents, own: _Own, deployment: Deployment
) -> Iterator[tuple[Name, str]]:
    """Yield the columns that go with a type; those of the plan's own are none."""
    for table in deployment.base.tables.values():
        for column in table.columns.values():
            place = table.name, column.name
            if place not in own.retyped and _is_of(column, drops):
                yield place


def _is_of(column: Column, drops: DropsDependents) -> bool:
    if drops.type is None:
        types = _EXTENSION_TYPES.get(drops.extension, set())
        return column_type(column).family in types
    if column.enum is not None:
        return column.enum == drops.type
    return column_type(column).family.replace('"', "") in (
        drops.type.name,
        f"{drops.type.schema}.{drops.type.name}",
    )


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


def _stops(path: str, cause: str) -> Finding:
    return Finding(
        rule="break-deploy",
        subject=Subject(place=path),
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.ERROR,
        message=f"the deploy would fail: {cause}",
        safer=("put back what drizzle-kit generate wrote",),
    )


def _never_run(path: str, reason: str) -> Finding:
    return Finding(
        rule="break-deploy",
        subject=Subject(place=path),
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.WARNING,
        message=f"{path} would not be run: {reason}",
        now=Span(path, 1, 1, 0, 0),
        safer=("make the migration anew with drizzle-kit generate",),
    )


_RENAMES = (RenamesColumn, RenamesLabel, RenamesSchema, RenamesTable)
_NOT_RUN = "the migration in this push changes nothing: the deploy is by push"
_NOT_CARRIED_OUT = (
    "no migration in this push carries this out; drizzle-kit generate would write it so"
)
_PERFORMS = {
    DropsTable: ("drop-table", "rename-table"),
    DropsColumn: ("drop-column", "rename-column", "generate-column"),
    DropsSchema: ("drop-schema", "rename-schema"),
    ChangesType: ("change-column-type", "narrow-column-type"),
    AddsColumn: ("add-required-column",),
}


def at_its_statement(finding: Finding, deployment: Deployment) -> Finding:
    """Return a finding at the place in a migration that does what it objects to."""
    plan = deployment.context.plan
    for statement in plan.statements:
        rules = _PERFORMS.get(type(statement.action), ())
        if finding.rule in rules and _subject(statement) == finding.subject:
            sql = (f"{statement.sql};",)
            return replace(finding, now=statement.span, sql=sql)
    is_performed = any(finding.rule in rules for rules in _PERFORMS.values())
    if plan.files and is_performed and not finding.subject.place:
        return replace(finding, notes=(*finding.notes, _NOT_CARRIED_OUT))
    return finding


def not_performed(finding: Finding, deployment: Deployment) -> Finding:
    """Return a finding about a rename with what its migration is worth under push."""
    plan = deployment.context.plan
    renames = any(isinstance(each, _RENAMES) for each in plan.actions())
    if not renames or not finding.rule.startswith("rename-"):
        return finding
    return replace(finding, notes=(*finding.notes, _NOT_RUN))


def _subject(statement: Statement) -> Subject | None:
    match statement.action:
        case DropsTable(table):
            return table.subject()
        case (
            DropsColumn(table, column)
            | ChangesType(table, column)
            | AddsColumn(table, column)
        ):
            return table.subject(column)
        case DropsSchema(schema):
            return Subject((schema,))
        case _:
            return None
