"""A label of an enum seems to have another name now.

drizzle-kit never renames labels: it makes the type anew without the old one, and
fails on every row that has it. `push` leaves the column behind as text.

Rename it by hand before the push, with `ALTER TYPE status RENAME VALUE`.

```ts base
export const status = pgEnum("status", ["open", "paid", "void"]);
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  status: status("status"),
});
```

```ts flagged rename-enum-label:status.void
export const status = pgEnum("status", ["open", "paid", "voided"]);
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  status: status("status"),
});
```

```ts allowed
export const status = pgEnum("status", ["open", "paid", "void", "voided"]);
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
    """Object to a label that is gone while a similar one is new."""
    if isinstance(fact, EnumChanged):
        for gone in removed(fact, deployment):
            if gone.successor is not None:
                yield objection(gone, fact, deployment, RULE.id)


RULE = Rule(
    id="rename-enum-label",
    summary="A label of an enum seems to have another name",
    page=__doc__,
    judge=judge,
    push=BREAKS,
    push_1=BREAKS,
    migrations=MAY_BREAK,
)
