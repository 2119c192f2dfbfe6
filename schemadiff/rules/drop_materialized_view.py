"""A materialized view is dropped with the rows it holds.

They can be computed again as long as the tables still have what they were
computed from; until then whoever reads the view fails. A plain view holds no
rows, and dropping it is no objection.

Stop reading the view first, deploy that, and drop it then.

```ts base
export const users = pgTable("users", { id: serial("id").primaryKey() });
export const ids = pgMaterializedView("ids").as((qb) => qb.select().from(users));
```

```ts flagged drop-materialized-view:ids
export const users = pgTable("users", { id: serial("id").primaryKey() });
```

```ts allowed
export const users = pgTable("users", { id: serial("id").primaryKey() });
export const allIds = pgMaterializedView("ids").as((qb) => qb.select().from(users));
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import ViewChanged
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import DESTROYS_LITTLE, Fact, Rule


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a materialized view that head does not declare any more."""
    if not isinstance(fact, ViewChanged) or fact.base is None:
        return
    base = fact.base
    if fact.head is not None or not base.materialized or base.existing:
        return
    if not deployment.manages(base.name):
        return
    yield Finding(
        rule=RULE.id,
        subject=base.name.subject(),
        effect=Effect.DESTROYS,
        severity=Severity.WARNING,
        message=f"the rows of the materialized view {base.name} would be gone until"
        " it is made again",
        was=base.span,
        sql=deployment.sql(fact),
        safer=(f"stop reading {base.name}, deploy, and drop it in a later push",),
    )


RULE = Rule(
    id="drop-materialized-view",
    summary="A materialized view is dropped with the rows it holds",
    page=__doc__,
    judge=judge,
    push=DESTROYS_LITTLE,
    push_1=DESTROYS_LITTLE,
    migrations=DESTROYS_LITTLE,
)
