"""A row-level security policy is taken away.

No row is lost. A policy that permits is missed by those who may not see their
rows any more; one that restricts was what kept rows from being seen. Where it
was the table's last policy, drizzle-kit switches row-level security off with
it.

Replace a policy in one push, by changing it under its name.

```ts base
export const users = pgTable(
  "users",
  { id: serial("id").primaryKey() },
  () => [pgPolicy("p_read", { for: "select", using: sql`id > 1` })],
).enableRLS();
```

```ts flagged drop-policy:users.p_read
export const users = pgTable("users", { id: serial("id").primaryKey() }).enableRLS();
```

```ts allowed
export const users = pgTable(
  "users",
  { id: serial("id").primaryKey() },
  () => [pgPolicy("p_read", { for: "select", using: sql`id > 2` })],
).enableRLS();
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import FreePolicyChanged, PolicyChanged
from schemadiff.model import Name, Policy
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import EXPOSES, Fact, Rule
from schemadiff.subject import Subject


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a policy that head does not declare any more."""
    if not isinstance(fact, PolicyChanged | FreePolicyChanged):
        return
    if fact.base is None or fact.head is not None:
        return
    policy = fact.base
    table = fact.table if isinstance(fact, PolicyChanged) else policy.table
    if table is not None and not deployment.manages(table):
        return
    yield Finding(
        rule=RULE.id,
        subject=table.subject(policy.name) if table else Subject((policy.name,)),
        effect=Effect.EXPOSES,
        severity=Severity.WARNING,
        message=_message(policy, table),
        was=policy.span,
        now=deployment.head_span(table) if table else None,
        sql=deployment.sql(fact),
        safer=("change the policy under its name instead of dropping it",),
    )


def _message(policy: Policy, table: Name | None) -> str:
    where = f" on {table}" if table else ""
    if policy.permissive:
        return f"the policy {policy.name}{where} would no longer decide who sees rows"
    return f"rows that the policy {policy.name}{where} hides would be seen"


RULE = Rule(
    id="drop-policy",
    summary="A row-level security policy is taken away",
    page=__doc__,
    judge=judge,
    push=EXPOSES,
    push_1=EXPOSES,
    migrations=EXPOSES,
)
