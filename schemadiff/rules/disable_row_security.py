"""Row-level security is switched off, and everybody sees every row.

It goes off where `.enableRLS()` or `pgTable.withRLS` is removed, and where a
table loses its last policy: drizzle-kit switches it on only for tables that
have one or the other.

Keep it enabled: without a policy nobody but the owner sees anything.

```ts base
export const users = pgTable("users", { id: serial("id").primaryKey() }).enableRLS();
```

```ts flagged disable-row-security:users
export const users = pgTable("users", { id: serial("id").primaryKey() });
```

```ts allowed
export const users = pgTable(
  "users",
  { id: serial("id").primaryKey() },
  () => [pgPolicy("p_read", { for: "select", using: sql`id > 1` })],
);
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import PolicyChanged, RowSecurityChanged
from schemadiff.model import Table
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import EXPOSES, Fact, Rule


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a table that was protected and is not any more."""
    if not isinstance(fact, RowSecurityChanged | PolicyChanged):
        return
    base = deployment.table(fact.table)
    head = deployment.head_table(fact.table)
    if base is None or head is None or not deployment.manages(fact.table):
        return
    if not _is_protected(base) or _is_protected(head):
        return
    yield Finding(
        rule=RULE.id,
        subject=fact.table.subject(),
        effect=Effect.EXPOSES,
        severity=Severity.WARNING,
        message=f"every role that may read {fact.table} would see every row of it",
        was=base.span,
        now=head.span,
        sql=deployment.sql(fact),
        safer=("keep row-level security enabled",),
    )


def _is_protected(table: Table) -> bool:
    return table.row_security or bool(table.policies)


RULE = Rule(
    id="disable-row-security",
    summary="Row-level security is switched off for a table",
    page=__doc__,
    judge=judge,
    push=EXPOSES,
    push_1=EXPOSES,
    migrations=EXPOSES,
)
