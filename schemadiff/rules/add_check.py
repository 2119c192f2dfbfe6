"""A new check constraint fails on rows that do not satisfy it.

Postgres looks at every row before it accepts the constraint. Changing the
expression of a constraint that exists is no objection: `push` ignores it, and a
migration that fails changes nothing.

Look for such rows first: `SELECT count(*) FROM items WHERE NOT (v > 0)`.

```ts base
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  v: integer("v"),
});
```

```ts flagged add-check:items.v_positive
export const items = pgTable(
  "items",
  { id: serial("id").primaryKey(), v: integer("v") },
  (t) => [check("v_positive", sql`${t.v} > 0`)],
);
```

```ts allowed
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  v: integer("v").default(1),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import CheckChanged
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import MAY_BREAK, Fact, Rule


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a check that existing rows may not satisfy."""
    if not isinstance(fact, CheckChanged) or not deployment.manages(fact.table):
        return
    if fact.base is not None or fact.head is None or _existed(fact, deployment):
        return
    check = fact.head
    yield Finding(
        rule=RULE.id,
        subject=fact.table.subject(check.name),
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.WARNING,
        message=f"the deploy would fail if any row of {fact.table} does not satisfy"
        f" {check.name}",
        was=deployment.base_span(fact.table),
        now=check.span,
        sql=deployment.sql(fact),
        safer=("look for such rows first, and correct them before this push",),
    )


def _existed(fact: CheckChanged, deployment: Deployment) -> bool:
    table = deployment.table(fact.table)
    known = table.checks.values() if table else ()
    return any(
        fact.head is not None and each.expression == fact.head.expression
        for each in known
    )


RULE = Rule(
    id="add-check",
    summary="A new check constraint fails where a row does not satisfy it",
    page=__doc__,
    judge=judge,
    push=MAY_BREAK,
    push_1=MAY_BREAK,
    migrations=MAY_BREAK,
)
