"""An enum is dropped while a table that drizzle-kit does not manage uses it.

`DROP TYPE` is plain, so Postgres refuses as long as any column is of the type.
Columns that head still declares with it are `break-deploy`; those of tables that
`schemaFilter` or `tablesFilter` leave out stay as they are in the database, and
the deploy fails if they are there. An enum that nothing uses is no objection.

Keep the enum exported until the last column of it is gone.

```ts base drizzle.config.ts
export default {
  dialect: "postgresql",
  schema: "./schema.ts",
  schemaFilter: ["public"],
};
```

```ts base
export const status = pgEnum("status", ["open", "paid"]);
export const old = pgSchema("old");
export const archive = old.table("orders", { status: status("status") });
export const orders = pgTable("orders", { id: serial("id").primaryKey() });
```

```ts flagged drop-enum:status
export const old = pgSchema("old");
export const archive = old.table("orders", { status: text("status") });
export const orders = pgTable("orders", { id: serial("id").primaryKey() });
```

```ts allowed
export const status = pgEnum("status", ["open", "paid"]);
export const old = pgSchema("old");
export const archive = old.table("orders", { status: text("status") });
export const orders = pgTable("orders", { id: serial("id").primaryKey() });
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import EnumChanged
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.enum_use import users
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import MAY_BREAK, Fact, Rule
from schemadiff.rules.wording import listed


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to an enum that columns out of drizzle-kit's sight may use."""
    if not isinstance(fact, EnumChanged) or fact.base is None or fact.head is not None:
        return
    enum = fact.base
    if not deployment.manages_schema(enum.name.schema):
        return
    unseen = [
        str(table.name.subject(column.name))
        for table, column in users(deployment.base, enum.name)
        if not deployment.manages(table.name)
    ]
    if not unseen or any(users(deployment.head, enum.name)):
        return
    yield Finding(
        rule=RULE.id,
        subject=enum.name.subject(),
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.WARNING,
        message=f"the deploy would fail if the database has {listed(unseen)} of type"
        f" {enum.name}",
        was=enum.span,
        sql=deployment.sql(fact),
        safer=("keep the enum exported until the last column of it is gone",),
        notes=("the config's filters leave these columns as they are",),
    )


RULE = Rule(
    id="drop-enum",
    summary="An enum is dropped that columns out of drizzle-kit's sight may use",
    page=__doc__,
    judge=judge,
    push=MAY_BREAK,
    push_1=MAY_BREAK,
    migrations=None,
)
