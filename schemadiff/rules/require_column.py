"""A column becomes NOT NULL, and rows without a value make that fail.

`SET NOT NULL` looks at every row and fails at the first NULL. A new default
does not help: it only counts for rows to come. drizzle-kit 0.20 is worse and
empties the table first, with every table that references it.

Fill the column first (`UPDATE items SET plan = 'free' WHERE plan IS NULL`),
then require it in a later push.

```ts base
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  plan: text("plan"),
});
```

```ts flagged require-column:items.plan
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  plan: text("plan").notNull().default("free"),
});
```

```ts allowed
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  plan: text("plan").default("free"),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import IdentityChanged, NotNullAdded
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import MAY_BREAK, Fact, Rule
from schemadiff.rules.wording import (
    key_columns,
    sql_name,
    sql_table,
)


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a column that must not be NULL any more."""
    if not isinstance(fact, NotNullAdded) or not deployment.manages(fact.table):
        return
    if deployment.is_replaced(fact) or _is_new_key(fact, deployment):
        return
    if _is_left_out(fact, deployment):
        return
    column = fact.head
    if deployment.behaviours.truncates_on_set_not_null and column.default is None:
        yield _truncates(fact, deployment)
        return
    subject = fact.table.subject(column.name)
    name, table = sql_name(column.name), sql_table(fact.table)
    yield Finding(
        rule=RULE.id,
        subject=subject,
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.WARNING,
        message=f"the deploy would fail if any row of {fact.table} has no"
        f" {column.name}",
        was=fact.base.span,
        now=column.span,
        sql=deployment.sql(fact),
        safer=(
            f"fill it first: UPDATE {table} SET {name} = … WHERE {name} IS NULL;",
            f"then require {subject} in a later push",
        ),
    )


def _is_new_key(fact: NotNullAdded, deployment: Deployment) -> bool:
    table = deployment.head_table(fact.table)
    return fact.head.name in key_columns(table)


def _is_left_out(fact: NotNullAdded, deployment: Deployment) -> bool:
    """Tell whether drizzle-kit writes no SET NOT NULL.

    It writes none for a column that becomes an identity; before 1.0 none for any
    column of that table (0.31.11 `applyPgSnapshotsDiff`, `filteredJsonStatements`).
    """
    gained = {
        each.head.name
        for each in deployment.every(IdentityChanged)
        if each.table == fact.table and each.base.identity is None
    }
    if deployment.behaviours.identity_hides_not_null:
        return bool(gained)
    return fact.head.name in gained


def _truncates(fact: NotNullAdded, deployment: Deployment) -> Finding:
    emptied = deployment.emptied(fact.table)
    return Finding(
        rule=RULE.id,
        subject=fact.table.subject(fact.head.name),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=emptied.message,
        was=fact.base.span,
        now=fact.head.span,
        sql=deployment.sql(fact),
        safer=("upgrade drizzle-kit, fill the column, and require it in a later push",),
        backup=emptied.backup,
        notes=(f"{fact.table.subject(fact.head.name)} becomes NOT NULL",),
    )


RULE = Rule(
    id="require-column",
    summary="A column becomes NOT NULL, which fails where a row has no value",
    page=__doc__,
    judge=judge,
    push=MAY_BREAK,
    push_1=MAY_BREAK,
    migrations=MAY_BREAK,
)
