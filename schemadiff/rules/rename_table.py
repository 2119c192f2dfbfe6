"""A table that seems to have another name now is dropped, not renamed.

A new name, another prefix of `pgTableCreator` or another `pgSchema` all look
the same to drizzle-kit: one table more, one less. It asks in a terminal only,
and Enter means *create*: the old table is dropped with every row in it.

Where the prefix of a `pgTableCreator` changes, every table of it is renamed: that
is one finding, `prefix`.

Keep the name in the database: the name of the constant may change freely. Or
rename the table with a migration.

```ts base
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  title: text("title"),
});
```

```ts flagged rename-table:orders
export const purchases = pgTable("purchases", {
  id: serial("id").primaryKey(),
  title: text("title"),
});
```

```ts allowed
export const purchases = pgTable("orders", {
  id: serial("id").primaryKey(),
  title: text("title"),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import TableDropped
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.mass_renames import every_table_renamed, inner_changes
from schemadiff.rules.renaming import (
    by_migration,
    hint,
    keep_name,
    renaming_of_table,
)
from schemadiff.rules.rule import DESTROYS, Fact, Rule
from schemadiff.rules.wording import back_up_tables, rows_deleted


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a table that is gone while one like it is new."""
    if not isinstance(fact, TableDropped) or not deployment.manages(fact.table.name):
        return
    successor = deployment.successor_of_table(fact)
    if successor is None or deployment.moves_with_schema(fact):
        return
    if deployment.is_prefixed_anew(fact):
        several = deployment.prefix_renames
        if fact is several[0][0]:
            yield every_table_renamed(several, deployment, RULE.id)
        return
    base, head = fact.table.name, successor.table.name
    yield Finding(
        rule=RULE.id,
        subject=base.subject(),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=rows_deleted([base]),
        was=fact.table.span,
        now=successor.table.span,
        sql=deployment.sql(fact),
        safer=(
            keep_name(base),
            by_migration(renaming_of_table(base, head)),
            *hint(
                deployment.behaviours,
                "table",
                ((base.schema, base.name), (head.schema, head.name)),
            ),
        ),
        backup=back_up_tables([base]),
        notes=(
            f"probably renamed to {head}",
            *inner_changes(fact.table, successor.table),
        ),
    )


RULE = Rule(
    id="rename-table",
    summary="A table is dropped and one like it added: probably a rename",
    page=__doc__,
    judge=judge,
    push=DESTROYS,
    push_1=DESTROYS,
    migrations=DESTROYS,
)
