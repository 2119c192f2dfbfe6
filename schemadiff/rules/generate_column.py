"""A stored column becomes a generated one, and its values are gone.

Postgres cannot turn a plain column into a generated one, so drizzle-kit drops
the column and adds it anew. What was stored is replaced by what the expression
gives. The other way round is harmless.

A migration does the same for another expression; that is only a warning, since
Postgres computes such values again. `push` leaves the old expression in place.

Add the generated column under another name and drop the old one later.

```ts base
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  name: text("name"),
  label: text("label"),
});
```

```ts flagged generate-column:items.label
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  name: text("name"),
  label: text("label").generatedAlwaysAs(sql`upper(name)`),
});
```

```ts allowed
export const items = pgTable("items", {
  id: serial("id").primaryKey(),
  name: text("name"),
  label: text("label"),
  shown: text("shown").generatedAlwaysAs(sql`upper(name)`),
});
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import GeneratedChanged
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding
from schemadiff.rules.rule import DESTROYS, Fact, Rule
from schemadiff.rules.wording import back_up_column, severity_of_loss


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a plain column that becomes generated."""
    if not isinstance(fact, GeneratedChanged) or not deployment.manages(fact.table):
        return
    if fact.head.generated is None:
        return
    if fact.base.generated is not None and deployment.behaviours.ignores_definitions:
        return
    table, name = fact.table, fact.base.name
    subject = table.subject(name)
    yield Finding(
        rule=RULE.id,
        subject=subject,
        effect=Effect.DESTROYS,
        severity=severity_of_loss(fact.base),
        message=f"every value of {subject} would be lost",
        was=fact.base.span,
        now=fact.head.span,
        sql=deployment.sql(fact),
        safer=("add the generated column under another name",),
        backup=back_up_column(deployment.table(table), table, name),
        notes=("the column is dropped and added anew with its expression",),
    )


RULE = Rule(
    id="generate-column",
    summary="A stored column becomes a generated one and loses its values",
    page=__doc__,
    judge=judge,
    push=DESTROYS,
    push_1=DESTROYS,
    migrations=DESTROYS,
)
