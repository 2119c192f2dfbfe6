"""A Postgres schema leaves the project.

`DROP SCHEMA` itself is plain and deletes nothing: it fails as long as anything
is in the schema. What was declared in it is dropped before, and each such table
is a finding of its own. Things in it that no file names make the deploy fail.

Keep the `pgSchema` exported until it is empty.

```ts base kit=1.0.0-rc.5
export const app = pgSchema("app");
export const items = pgTable("items", { id: serial("id").primaryKey() });
```

```ts flagged drop-schema:app
export const items = pgTable("items", { id: serial("id").primaryKey() });
```

```ts allowed
export const appSchema = pgSchema("app");
export const items = pgTable("items", { id: serial("id").primaryKey() });
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import SchemaDropped
from schemadiff.rules.declared_in import declared_in
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import MAY_BREAK, Fact, Rule
from schemadiff.subject import Subject


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a schema that is gone with everything declared in it."""
    if not isinstance(fact, SchemaDropped) or not deployment.manages_schema(fact.name):
        return
    if declared_in(deployment.head, fact.name):
        return
    if deployment.successor_of_schema(fact) is not None:
        return
    yield Finding(
        rule=RULE.id,
        subject=Subject((fact.name,)),
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.WARNING,
        message=f"the deploy would fail if anything else is in the schema {fact.name}",
        was=fact.span,
        sql=deployment.sql(fact),
        safer=("keep the pgSchema exported until the schema is empty",),
    )


RULE = Rule(
    id="drop-schema",
    summary="A Postgres schema is dropped, which fails unless it is empty",
    page=__doc__,
    judge=judge,
    push=MAY_BREAK,
    push_1=MAY_BREAK,
    migrations=MAY_BREAK,
)
