"""A new foreign key fails where a row points at nothing.

Postgres looks at every row before it accepts the constraint. A new column that
may be NULL points at nothing yet and is no objection.

Look for such rows first:
`SELECT count(*) FROM items WHERE user_id NOT IN (SELECT id FROM users)`.

```ts base
export const users = pgTable("users", { id: serial("id").primaryKey() });
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  userId: integer("user_id"),
});
```

```ts flagged add-foreign-key:items.user_id
export const users = pgTable("users", { id: serial("id").primaryKey() });
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  userId: integer("user_id").references(() => users.id),
});
```

```ts allowed
export const users = pgTable("users", { id: serial("id").primaryKey() });
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  userId: integer("user_id"),
  ownerId: integer("owner_id").references(() => users.id),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import ForeignKeyChanged
from schemadiff.model import ForeignKey, Name
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.references import mismatch, orphans
from schemadiff.rules.rule import BREAKS, Fact, Rule
from schemadiff.rules.wording import listed
from schemadiff.subject import Subject


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a foreign key that existing rows may not keep."""
    if not isinstance(fact, ForeignKeyChanged) or not deployment.manages(fact.table):
        return
    key = fact.head
    severity = orphans(fact, deployment)
    if key is None or severity is None:
        return
    if mismatch(key, fact.table, deployment.head):
        return
    columns = listed(key.columns)
    if severity is Severity.ERROR:
        message = f"the deploy would fail: {key.target} is new and has no row yet"
    else:
        message = (
            f"the deploy would fail if any row of {fact.table} has a {columns} that"
            f" {key.target} does not have"
        )
    yield Finding(
        rule=RULE.id,
        subject=key_subject(fact.table, key),
        effect=Effect.BREAKS_DEPLOY,
        severity=severity,
        message=message,
        was=deployment.base_span(fact.table),
        now=key.span,
        sql=deployment.sql(fact),
        safer=("look for such rows first, and correct them before this push",),
    )


def key_subject(table: Name, key: ForeignKey) -> Subject:
    """Return the subject of a foreign key: its column, or its name for several."""
    return table.subject(key.columns[0] if len(key.columns) == 1 else key.name)


RULE = Rule(
    id="add-foreign-key",
    summary="A new foreign key fails where a row points at nothing",
    page=__doc__,
    judge=judge,
    push=BREAKS,
    push_1=BREAKS,
    migrations=BREAKS,
)
