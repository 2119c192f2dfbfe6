"""A sequence is dropped, and the number it had reached is gone.

No row is lost. But a sequence that is made again starts at its first number,
and numbers that were given out before may come a second time.

Keep the sequence exported, or note its value first:
`SELECT last_value FROM invoice_numbers`.

```ts base
export const numbers = pgSequence("invoice_numbers", { startWith: 1000 });
export const items = pgTable("items", { id: serial("id").primaryKey() });
```

```ts flagged drop-sequence:invoice_numbers
export const items = pgTable("items", { id: serial("id").primaryKey() });
```

```ts allowed
export const numbers = pgSequence("invoice_numbers", { startWith: 2000 });
export const items = pgTable("items", { id: serial("id").primaryKey() });
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import SequenceChanged
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import DESTROYS_LITTLE, Fact, Rule
from schemadiff.rules.wording import sql_table


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a sequence that head does not declare any more."""
    if not isinstance(fact, SequenceChanged):
        return
    if fact.base is None or fact.head is not None:
        return
    name = fact.base.name
    if not deployment.manages_schema(name.schema):
        return
    yield Finding(
        rule=RULE.id,
        subject=name.subject(),
        effect=Effect.DESTROYS,
        severity=Severity.WARNING,
        message=f"the number that {name} has reached would be lost",
        was=fact.base.span,
        sql=deployment.sql(fact),
        safer=(f"note it first: SELECT last_value FROM {sql_table(name)};",),
    )


RULE = Rule(
    id="drop-sequence",
    summary="A sequence is dropped with the number it has reached",
    page=__doc__,
    judge=judge,
    push=DESTROYS_LITTLE,
    push_1=DESTROYS_LITTLE,
    migrations=DESTROYS_LITTLE,
)
