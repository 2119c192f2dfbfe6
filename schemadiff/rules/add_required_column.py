"""A new NOT NULL column has no value for the rows that exist.

`drizzle-kit push` before 1.0 solves that by emptying the table, and with it
every table that references it: `TRUNCATE … CASCADE`. It does so for every NOT
NULL column without an SQL default: `$defaultFn` and `$onUpdate` run in the
application and do not count, and even `serial`, identity and NOT NULL generated
columns empty the table. From 1.0 on, and in migrations, the statement fails.

Add the column with an SQL default, or without `notNull()`, fill it, and require
it in a later push.

```ts base
export const items = pgTable("items", { id: serial("id").primaryKey() });
```

```ts flagged add-required-column:items.plan
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  plan: text("plan").notNull().$defaultFn(() => "free"),
});
```

```ts allowed
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  plan: text("plan").notNull().default("free"),
});
```
"""

from collections.abc import Iterator

from schemadiff.deploy.assumption import Way
from schemadiff.diff.changes import ColumnAdded
from schemadiff.model import Column
from schemadiff.record import replace
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.existing_rows import (
    defaults_to_null,
    is_numbered,
    is_required,
)
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.mass_renames import CASING
from schemadiff.rules.rule import BREAKS, DESTROYS, Fact, Rule


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a column that existing rows have no value for."""
    if not isinstance(fact, ColumnAdded) or not deployment.manages(fact.table):
        return
    if deployment.is_recased(fact):
        several = deployment.recased_required
        if several and fact is several[0]:
            yield from _recased(several, deployment)
        return
    yield from _judge_one(fact, deployment)


def _recased(
    columns: tuple[ColumnAdded, ...], deployment: Deployment
) -> Iterator[Finding]:
    """Yield the worst finding about columns that were only recased, with a count."""
    found = [each for new in columns for each in _judge_one(new, deployment)]
    if not found:
        return
    worst = max(found, key=lambda each: each.severity is Severity.ERROR)
    if worst.effect is Effect.DESTROYS:
        emptied = deployment.emptied(*(each.table for each in columns))
        message, backup = emptied.message, emptied.backup
    else:
        message, backup = worst.message, ()
    names = ", ".join(str(each.subject) for each in found)
    yield replace(
        worst,
        subject=CASING,
        message=message,
        sql=tuple(line for each in found for line in each.sql),
        backup=backup,
        notes=(f"{len(found)} NOT NULL columns get another name: {names}",),
    )


def _judge_one(fact: ColumnAdded, deployment: Deployment) -> Iterator[Finding]:
    column = fact.column
    if not is_required(column):
        return
    if column.default is not None:
        if defaults_to_null(column):
            yield _fails(fact, deployment, Severity.ERROR)
    elif deployment.behaviours.truncates_on_required_column:
        yield _truncates(fact, deployment)
    elif column.generated is not None:
        yield _fails(fact, deployment, Severity.WARNING)
    elif not is_numbered(column):
        yield _fails(fact, deployment, Severity.ERROR)


def _truncates(fact: ColumnAdded, deployment: Deployment) -> Finding:
    emptied = deployment.emptied(fact.table)
    subject = fact.table.subject(fact.column.name)
    return Finding(
        rule=RULE.id,
        subject=subject,
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=emptied.message,
        was=deployment.base_span(fact.table),
        now=fact.column.span,
        sql=deployment.sql(fact),
        safer=_safer(fact),
        backup=emptied.backup,
        notes=(f"{subject} is NOT NULL and has no SQL default{_runtime(fact.column)}",),
    )


def _fails(fact: ColumnAdded, deployment: Deployment, severity: Severity) -> Finding:
    subject = fact.table.subject(fact.column.name)
    if severity is Severity.ERROR:
        cause = f"existing rows of {fact.table} have no value for {fact.column.name}"
    else:
        cause = f"where the expression of {subject} is NULL for a row"
    kept = (
        f"no row of {fact.table} is deleted by this",
        *(
            ("the migration is rolled back and the deploy stops",)
            if deployment.behaviours.way is Way.MIGRATIONS
            else ()
        ),
    )
    return Finding(
        rule=RULE.id,
        subject=subject,
        effect=Effect.BREAKS_DEPLOY,
        severity=severity,
        message=f"the deploy would fail{':' if severity is Severity.ERROR else ''}"
        f" {cause}",
        was=deployment.base_span(fact.table),
        now=fact.column.span,
        sql=deployment.sql(fact),
        safer=_safer(fact),
        notes=kept,
    )


def _runtime(column: Column) -> str:
    if not column.runtime_default:
        return ""
    return ": $defaultFn and $onUpdate run in the application only"


def _safer(fact: ColumnAdded) -> tuple[str, ...]:
    return (
        (
            f"give {fact.column.name} an SQL default with .default(…), or leave out"
            " .notNull(), fill the column, and require it in a later push"
        ),
    )


RULE = Rule(
    id="add-required-column",
    summary="A NOT NULL column is added that existing rows have no value for",
    page=__doc__,
    judge=judge,
    push=DESTROYS,
    push_1=BREAKS,
    migrations=BREAKS,
)
