"""A table gets a primary key, and its rows must be unique and complete for it.

`ADD PRIMARY KEY` fails where two rows agree in the key's columns, and where one
of them is NULL.

Use a new column that fills itself: `uuid("id").primaryKey().defaultRandom()`.

```ts base
export const items = pgTable("items", { code: text("code"), name: text("name") });
```

```ts flagged add-primary-key:items
export const items = pgTable("items", {
  code: text("code").primaryKey(),
  name: text("name"),
});
```

```ts allowed
export const items = pgTable("items", {
  id: uuid("id").primaryKey().defaultRandom(),
  code: text("code"),
  name: text("name"),
});
```
"""

from collections.abc import Iterator

from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.primary_key import key_change, key_statements
from schemadiff.rules.rule import BREAKS, Fact, Rule
from schemadiff.rules.wording import listed


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a first primary key that rows may not have."""
    change = key_change(fact, deployment)
    if change is None or change.base:
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
        safer=("look for such rows first, and correct them before this push",),
    )


RULE = Rule(
    id="add-primary-key",
    summary="A table gets a primary key that its rows may not satisfy",
    page=__doc__,
    judge=judge,
    push=BREAKS,
    push_1=BREAKS,
    migrations=BREAKS,
)
