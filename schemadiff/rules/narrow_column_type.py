"""A column's type becomes smaller, and values may not fit any more.

Decimals and digits of a second are rounded without a word. Text that is too
long makes drizzle-kit 0.31 fail; from 1.0 on it is cut silently, because the
statement carries `USING column::varchar(…)`. Numbers that are too big always
make it fail.

Look at the values first: `SELECT max(length(name)) FROM items`. Keep the wider
type and check the length in the application, or with a check constraint.

```ts base
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  price: numeric("price", { precision: 10, scale: 4 }),
});
```

```ts flagged narrow-column-type:items.price
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  price: numeric("price", { precision: 10, scale: 2 }),
});
```

```ts allowed
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  price: numeric("price", { precision: 14, scale: 4 }),
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
    """Object to a smaller type of the same kind."""
    if isinstance(fact, ColumnTypeChanged) and narrows(fact, deployment):
        yield from objections(fact, deployment, RULE.id)


RULE = Rule(
    id="narrow-column-type",
    summary="A column's type becomes smaller than some of its values",
    page=__doc__,
    judge=judge,
    push=ALTERS,
    push_1=ALTERS,
    migrations=ALTERS,
)
