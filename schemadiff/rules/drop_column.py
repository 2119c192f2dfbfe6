"""A column that leaves the schema takes every value in it along.

`drizzle-kit push --force` runs `DROP COLUMN` without a question, and so does a
generated migration. Stop reading and writing the column first, deploy that,
and drop it once nobody needs its values.

A generated column is only a warning: Postgres can compute its values again.

```ts base
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  email: text("email"),
});
```

```ts flagged drop-column:clients.email
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
});
```

```ts allowed
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  /** @deprecated not written any more; drop it after the export */
  email: text("email"),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import ColumnDropped
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding
from schemadiff.rules.rule import DESTROYS, Fact, Rule
from schemadiff.rules.wording import back_up_column, severity_of_loss


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a column that is gone and has no probable successor."""
    if not isinstance(fact, ColumnDropped):
        return
    table, column = fact.table, fact.column
    if not deployment.manages(table) or deployment.successor_of_column(fact):
        return
    subject = table.subject(column.name)
    yield Finding(
        rule=RULE.id,
        subject=subject,
        effect=Effect.DESTROYS,
        severity=severity_of_loss(column),
        message=f"every value of {subject} would be lost",
        was=column.span,
        now=deployment.head_span(table),
        sql=deployment.sql(fact),
        safer=(
            (
                f"stop writing {subject}, deploy, keep the column until its values are"
                " exported"
            ),
        ),
        backup=back_up_column(deployment.table(table), table, column.name),
    )


RULE = Rule(
    id="drop-column",
    summary="A column is dropped with every value in it",
    page=__doc__,
    judge=judge,
    push=DESTROYS,
    push_1=DESTROYS,
    migrations=DESTROYS,
)
