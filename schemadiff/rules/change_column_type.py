"""A column's type changes to another kind, and its values must follow.

What happens depends on the two types and on drizzle-kit. Up to 0.30, `push`
empties the table, and with it every table that references it, before any change
of a type, harmless ones included. 0.31 converts only what Postgres converts by
itself; everything else fails. From 1.0 on values are converted with `USING`,
which merges some (`integer` to `boolean`) and fails on others.

A type that keeps every value is no objection: `integer` to `bigint`, anything
to `text`. Values that are only read or written differently are a warning.

Add a second column, fill it, read from it, and drop the first in a later push.

```ts base
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  amount: doublePrecision("amount"),
});
```

```ts flagged change-column-type:items.amount
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  amount: integer("amount"),
});
```

```ts allowed
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  amount: text("amount"),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import ColumnTypeChanged
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Finding
from schemadiff.rules.rule import ALTERS, Fact, Rule
from schemadiff.rules.type_change import narrows, objections


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a type of another kind that not every value fits."""
    if isinstance(fact, ColumnTypeChanged) and not narrows(fact, deployment):
        yield from objections(fact, deployment, RULE.id)


RULE = Rule(
    id="change-column-type",
    summary="A column's values do not all survive a change of its type",
    page=__doc__,
    judge=judge,
    push=ALTERS,
    push_1=ALTERS,
    migrations=ALTERS,
)
