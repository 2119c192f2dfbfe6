"""A primary key moves to other columns, and rows must fit the new one.

The old key is dropped, the new one fails where two rows agree in its columns or
where one of them is NULL. Under `push` the table is then left without a key.

Make the new columns unique and NOT NULL first, and move the key later.

```ts base
export const items = pgTable(
  "items",
  { a: integer("a"), b: integer("b"), c: integer("c").notNull() },
  (t) => [primaryKey({ columns: [t.a, t.b] })],
);
```

```ts flagged change-primary-key:items
export const items = pgTable(
  "items",
  { a: integer("a"), b: integer("b"), c: integer("c").notNull() },
  (t) => [primaryKey({ columns: [t.a, t.c] })],
);
```

```ts allowed
export const items = pgTable(
  "items",
  { a: integer("a"), b: integer("b"), c: integer("c").notNull() },
  (t) => [primaryKey({ columns: [t.a, t.b, t.c] })],
);
```
"""

from collections.abc import Iterator

from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.key_failures import key_stays
from schemadiff.rules.primary_key import key_change, key_statements
from schemadiff.rules.rule import BREAKS, Fact, Rule
from schemadiff.rules.wording import listed


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to another primary key that rows may not have."""
    change = key_change(fact, deployment)
    if change is None or not change.base:
        return
    if any(key_stays(change.table, deployment)):
        return
    columns = listed(change.head)
    if change.severity is Severity.ERROR:
        message = f"the deploy would fail: all rows of {change.table} get the same"
    else:
        message = f"the deploy would fail if rows of {change.table} share or lack"
    yield Finding(
        rule=RULE.id,
        subject=change.table.subject(),
        effect=Effect.BREAKS_DEPLOY,
        severity=change.severity,
        message=f"{message} {columns}",
        was=change.was,
        now=change.now,
        sql=key_statements(change.table, deployment),
        safer=(
            (
                f"make {columns} unique and NOT NULL first, and move the key in a later"
                " push"
            ),
        ),
        notes=(f"the primary key was {listed(change.base)}",),
    )


RULE = Rule(
    id="change-primary-key",
    summary="A primary key moves to columns that rows may not be unique in",
    page=__doc__,
    judge=judge,
    push=BREAKS,
    push_1=BREAKS,
    migrations=BREAKS,
)
