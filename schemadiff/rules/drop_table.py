"""A table that leaves the schema takes every row along.

It need not be deleted from the code: a table that is no longer exported, whose
file is no longer listed in `schema`, or whose prefix changed is dropped just
the same. drizzle-kit before 1.0 says `DROP TABLE … CASCADE`, which removes the
foreign keys of other tables too.

Stop using the table first, deploy that, save its rows, and drop it then.

```ts base
export const clients = pgTable("clients", { id: serial("id").primaryKey() });
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  title: text("title"),
});
```

```ts flagged drop-table:orders
export const clients = pgTable("clients", { id: serial("id").primaryKey() });
const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  title: text("title"),
});
```

```ts allowed
export const clients = pgTable("clients", { id: serial("id").primaryKey() });
export const ordersTable = pgTable("orders", {
  id: serial("id").primaryKey(),
  title: text("title"),
});
```
"""

from collections.abc import Iterator

from schemadiff.deploy.config_changes import SchemaListChanged
from schemadiff.diff.changes import TableDropped
from schemadiff.model import Table
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import DESTROYS, Fact, Rule
from schemadiff.rules.wording import back_up_tables, rows_deleted


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a table that is gone and has no probable successor."""
    if not isinstance(fact, TableDropped):
        return
    table = fact.table
    if not deployment.manages(table.name) or deployment.successor_of_table(fact):
        return
    subject = table.name.subject()
    yield Finding(
        rule=RULE.id,
        subject=subject,
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=rows_deleted([table.name]),
        was=table.span,
        sql=deployment.sql(fact),
        safer=(
            (
                f"stop using {subject}, deploy, keep the table exported until its rows"
                " are saved"
            ),
        ),
        backup=back_up_tables([table.name]),
        notes=_notes(table, deployment),
    )


def _notes(table: Table, deployment: Deployment) -> tuple[str, ...]:
    path = table.span.path if table.span else ""
    for change in deployment.context.config_changes:
        if isinstance(change, SchemaListChanged) and path in change.gone:
            return (f"the config's schema does not lead to {path} any more",)
    return ()


RULE = Rule(
    id="drop-table",
    summary="A table is dropped with every row in it",
    page=__doc__,
    judge=judge,
    push=DESTROYS,
    push_1=DESTROYS,
    migrations=DESTROYS,
)
