"""A foreign key begins to delete: rows vanish with the row they point at.

The deploy itself loses nothing. But from then on a DELETE that failed before,
or left rows without a parent, takes them along.

Delete the children in the application, where it is seen.

```ts base
export const users = pgTable("users", { id: serial("id").primaryKey() });
export const items = pgTable("items", {
  userId: integer("user_id").references(() => users.id),
});
```

```ts flagged cascade-deletes:items.user_id
export const users = pgTable("users", { id: serial("id").primaryKey() });
export const items = pgTable("items", {
  userId: integer("user_id").references(() => users.id, { onDelete: "cascade" }),
});
```

```ts allowed
export const users = pgTable("users", { id: serial("id").primaryKey() });
export const items = pgTable("items", {
  userId: integer("user_id").references(() => users.id, { onDelete: "restrict" }),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import ForeignKeyChanged
from schemadiff.rules.add_foreign_key import key_subject
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.references import twin
from schemadiff.rules.rule import EXPOSES, Fact, Rule

_CASCADE = "cascade"


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to an action that becomes `cascade`."""
    if not isinstance(fact, ForeignKeyChanged) or not deployment.manages(fact.table):
        return
    key = fact.head
    if key is None or key.on_delete.lower() != _CASCADE:
        return
    known = twin(key, deployment.table(fact.table)) or fact.base
    if known is None or known.on_delete.lower() == _CASCADE:
        return
    yield Finding(
        rule=RULE.id,
        subject=key_subject(fact.table, key),
        effect=Effect.EXPOSES,
        severity=Severity.WARNING,
        message=f"deleting a row of {key.target} would delete its rows of"
        f" {fact.table} too",
        was=known.span,
        now=key.span,
        sql=deployment.sql(fact),
        safer=(f"keep {known.on_delete}, and delete rows of {fact.table} by hand",),
    )


RULE = Rule(
    id="cascade-deletes",
    summary="A foreign key begins to delete rows with the row they point at",
    page=__doc__,
    judge=judge,
    push=EXPOSES,
    push_1=EXPOSES,
    migrations=EXPOSES,
)
