"""A label leaves an enum that columns use.

Postgres cannot remove a label, so drizzle-kit turns the columns into text, makes
the type anew and turns them back. The last step fails on every row that has the
old label; `push` leaves the column behind as text, without its type. A
migration is rolled back. An enum that no column uses is no objection, and
neither is a new label or another order.

Give the rows another label first, and remove it in a later push.

```ts base
export const status = pgEnum("status", ["open", "paid", "void"]);
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  status: status("status"),
});
```

```ts flagged drop-enum-label:status.void
export const status = pgEnum("status", ["open", "paid"]);
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  status: status("status"),
});
```

```ts allowed
export const status = pgEnum("status", ["void", "open", "paid", "sent"]);
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  status: status("status"),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import EnumChanged
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.enum_labels import objection, removed
from schemadiff.rules.finding import Finding
from schemadiff.rules.rule import BREAKS, MAY_BREAK, Fact, Rule


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a label that is gone and has no probable successor."""
    if isinstance(fact, EnumChanged):
        for gone in removed(fact, deployment):
            if gone.successor is None:
                yield objection(gone, fact, deployment, RULE.id)


RULE = Rule(
    id="drop-enum-label",
    summary="A label leaves an enum while rows may have it",
    page=__doc__,
    judge=judge,
    push=BREAKS,
    push_1=BREAKS,
    migrations=MAY_BREAK,
)
