"""A column that seems to have another name now is dropped, not renamed.

drizzle-kit asks whether the new column was renamed from the old one only in a
terminal, `--force` does not answer that, and Enter means *create*: the old
column is dropped with every value in it. The schema cannot say which answer
will be given, so the worst one is shown.

Where the casing is switched on or off, or a table is made by `snakeCase.table`,
every column without a name of its own is renamed: that is one finding, `casing`.

Keep the name in the database: the TypeScript key may change freely. Or rename
it with a migration.

```ts base
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  companyName: text("company_name"),
});
```

```ts flagged rename-column:clients.company_name
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  name: text("name"),
});
```

```ts allowed
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  name: text("company_name"),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import ColumnDropped
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding
from schemadiff.rules.mass_renames import every_column_renamed
from schemadiff.rules.renaming import (
    by_migration,
    hint,
    keep_column,
    renaming_of_column,
)
from schemadiff.rules.rule import DESTROYS, Fact, Rule
from schemadiff.rules.wording import back_up_column, severity_of_loss


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a column that is gone while a similar one is new."""
    if not isinstance(fact, ColumnDropped):
        return
    table, base = fact.table, fact.column
    if not deployment.manages(table):
        return
    successor = deployment.successor_of_column(fact)
    if successor is None:
        return
    if deployment.is_recased(fact):
        several = deployment.casing_renames
        if fact is several[0][0]:
            yield every_column_renamed(several, deployment, RULE.id)
        return
    head = successor.column
    subject = table.subject(base.name)
    rename = renaming_of_column(fact, successor)
    place = (table.schema, table.name)
    yield Finding(
        rule=RULE.id,
        subject=subject,
        effect=Effect.DESTROYS,
        severity=severity_of_loss(base),
        message=f"every value of {subject} would be lost",
        was=base.span,
        now=head.span,
        sql=(*deployment.sql(successor), *deployment.sql(fact)),
        safer=(
            keep_column(base, head),
            by_migration([rename]),
            *hint(
                deployment.behaviours,
                "column",
                ((*place, base.name), (*place, head.name)),
            ),
        ),
        backup=back_up_column(deployment.table(table), table, base.name),
        notes=(f"probably renamed to {table.subject(head.name)}",),
    )


RULE = Rule(
    id="rename-column",
    summary="A column is dropped and a similar one added: probably a rename",
    page=__doc__,
    judge=judge,
    push=DESTROYS,
    push_1=DESTROYS,
    migrations=DESTROYS,
)
