"""A Postgres schema seems to have another name now: its tables are dropped.

drizzle-kit asks whether it was renamed only in a terminal, and Enter means
*create*: the new schema is made, and every table of the old one is dropped with
its rows. One finding stands for all of them.

Keep the name in the database, or rename the schema with a migration.

```ts base kit=1.0.0-rc.5
export const app = pgSchema("app");
export const items = app.table("items", { id: serial("id").primaryKey() });
```

```ts flagged rename-schema:app
export const app = pgSchema("apps");
export const items = app.table("items", { id: serial("id").primaryKey() });
```

```ts allowed
export const apps = pgSchema("app");
export const items = apps.table("items", { id: serial("id").primaryKey() });
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import SchemaDropped, TableDropped
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.renaming import by_migration, hint, quote
from schemadiff.rules.rule import DESTROYS, Fact, Rule
from schemadiff.rules.wording import back_up_tables, rows_deleted
from schemadiff.subject import Subject


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a schema that is gone while a similar one is new."""
    if not isinstance(fact, SchemaDropped) or not deployment.manages_schema(fact.name):
        return
    head = deployment.successor_of_schema(fact)
    if head is None:
        return
    dropped = [
        each
        for each in deployment.every(TableDropped)
        if each.table.name.schema == fact.name
    ]
    lost = [each.table.name for each in dropped]
    rename = f"ALTER SCHEMA {quote(fact.name)} RENAME TO {quote(head.name)};"
    yield Finding(
        rule=RULE.id,
        subject=Subject((fact.name,)),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR if lost else Severity.WARNING,
        message=rows_deleted(lost)
        if lost
        else f"the schema {fact.name} would be dropped",
        was=fact.span,
        now=head.span,
        sql=(
            *deployment.sql(head),
            *(line for each in dropped for line in deployment.sql(each)),
            *deployment.sql(fact),
        ),
        safer=(
            f'keep the database name: pgSchema("{fact.name}")',
            by_migration([rename]),
            *hint(deployment.behaviours, "schema", ((fact.name,), (head.name,))),
        ),
        backup=back_up_tables(lost),
        notes=(f"probably renamed to {head.name}",),
    )


RULE = Rule(
    id="rename-schema",
    summary="A Postgres schema is dropped and one like it added: probably a rename",
    page=__doc__,
    judge=judge,
    push=DESTROYS,
    push_1=DESTROYS,
    migrations=DESTROYS,
)
