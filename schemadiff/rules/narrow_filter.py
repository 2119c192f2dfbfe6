"""A filter hides tables that drizzle-kit then tries to create again.

Before 1.0, `tablesFilter` applies to what the database has, not to what the
schema declares: a declared table that it hides looks missing, and `CREATE TABLE`
fails because it exists. A hidden table with a `serial` or identity column fails
even when it is not declared any more: its sequence is still seen, looks
superfluous and cannot be dropped. From 1.0 on hidden things are left alone.

Take the tables out of drizzle-kit's schema, with their sequences, or leave the
filter as it is.

```ts base
export const items = pgTable("items", { id: serial("id").primaryKey() });
export const orders = pgTable("orders", { id: serial("id").primaryKey() });
```

```ts flagged narrow-filter:tablesFilter drizzle.config.ts
export default {
  dialect: "postgresql",
  schema: "./schema.ts",
  tablesFilter: ["items"],
};
```

```ts allowed drizzle.config.ts
export default {
  dialect: "postgresql",
  schema: "./schema.ts",
  tablesFilter: ["items", "orders"],
};
```
"""

from collections.abc import Iterator

from schemadiff.deploy.filters import FiltersChanged
from schemadiff.model import Name, Table
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.existing_rows import is_numbered
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import BREAKS, Fact, Rule
from schemadiff.rules.wording import listed
from schemadiff.subject import Subject


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a filter that hides what drizzle-kit will miss."""
    if not isinstance(fact, FiltersChanged):
        return
    behaviours = deployment.behaviours
    if not behaviours.applies_filters or behaviours.filters_declarations:
        return
    hidden = [
        table
        for table in deployment.base.tables.values()
        if _hides(fact, table.name, every=behaviours.sees_every_schema)
    ]
    again = [each.name for each in hidden if each.name in deployment.head.tables]
    stuck = [
        each.name
        for each in hidden
        if each.name not in deployment.head.tables and _has_sequence(each)
    ]
    if not again and not stuck:
        return
    cause = (
        f"{listed(map(str, again))} would be created again"
        if again
        else (f"the sequences of {listed(map(str, stuck))} cannot be dropped")
    )
    yield Finding(
        rule=RULE.id,
        subject=Subject(place="tablesFilter"),
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.ERROR,
        message=f"the deploy would fail: {cause}",
        safer=("leave tablesFilter as it is, or upgrade drizzle-kit to 1.0",),
    )


def _hides(fact: FiltersChanged, table: Name, *, every: bool) -> bool:
    return (
        fact.base.manages_table(table, every=every)
        and fact.head.manages_schema(table.schema, every=every)
        and not fact.head.manages_table(table, every=every)
    )


def _has_sequence(table: Table) -> bool:
    return any(is_numbered(column) for column in table.columns.values())


RULE = Rule(
    id="narrow-filter",
    summary="A filter of the config hides tables that drizzle-kit will miss",
    page=__doc__,
    judge=judge,
    push=BREAKS,
    push_1=None,
    migrations=None,
)
