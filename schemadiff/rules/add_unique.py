"""A new unique constraint or unique index fails where two rows agree.

`drizzle-kit push` before 1.0 also asks whether to empty the table first, even
under `--force`. The answer "Yes, truncate the table" deletes every row, and
every row of the tables that reference it: answer No.

A column that is new, has a default and must be unique fails in every table of
two rows, because all rows get the same value.

Look for duplicates first:
`SELECT email FROM users GROUP BY email HAVING count(*) > 1`.

```ts base
export const users = pgTable("users", {
  id: serial("id").primaryKey(),
  email: text("email"),
});
```

```ts flagged add-unique:users.email
export const users = pgTable("users", {
  id: serial("id").primaryKey(),
  email: text("email").unique(),
});
```

```ts allowed
export const users = pgTable(
  "users",
  { id: serial("id").primaryKey(), email: text("email") },
  (t) => [index("users_email").on(t.email)],
);
```
"""

from collections.abc import Iterator

from schemadiff.diff.changes import IndexChanged, UniqueChanged
from schemadiff.model import Table
from schemadiff.record import record
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.keys import collision, index_columns
from schemadiff.rules.rule import BREAKS, Fact, Rule
from schemadiff.rules.wording import listed
from schemadiff.source import Span


@record
class _Demand:
    name: str
    columns: tuple[str, ...] | None
    nulls_collide: bool
    asks: bool
    span: Span | None


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a uniqueness that existing rows may not have."""
    if not isinstance(fact, UniqueChanged | IndexChanged):
        return
    demand = _demand(fact, deployment)
    if demand is None or not deployment.manages(fact.table):
        return
    table = deployment.table(fact.table)
    severity = collision(
        demand.columns,
        table,
        deployment.new_columns.get(fact.table, {}),
        nulls_collide=demand.nulls_collide,
    )
    if severity is None and not demand.asks:
        return
    yield Finding(
        rule=RULE.id,
        subject=fact.table.subject(_short_name(demand)),
        effect=Effect.BREAKS_DEPLOY,
        severity=severity or Severity.WARNING,
        message=_message(fact, demand, severity, deployment),
        was=fact.base.span if fact.base else _place(table),
        now=demand.span,
        sql=deployment.sql(fact),
        safer=("look for duplicates first, and resolve them before this push",),
        notes=_notes(demand),
    )


def _demand(
    fact: UniqueChanged | IndexChanged, deployment: Deployment
) -> _Demand | None:
    if isinstance(fact, UniqueChanged):
        head = fact.head
        if head is None:
            return None
        return _Demand(
            head.name,
            head.columns,
            head.nulls_not_distinct,
            deployment.behaviours.asks_to_truncate_on_unique,
            head.span,
        )
    index = fact.head
    if index is None or not index.unique:
        return None
    return _Demand(
        index.name,
        index_columns(index),
        nulls_collide=False,
        asks=False,
        span=index.span,
    )


def _message(
    fact: UniqueChanged | IndexChanged,
    demand: _Demand,
    severity: Severity | None,
    deployment: Deployment,
) -> str:
    what = listed(demand.columns) if demand.columns else f"what {demand.name} names"
    if severity is Severity.ERROR:
        return f"the deploy would fail: all rows of {fact.table} get the same {what}"
    if severity is Severity.WARNING:
        return f"the deploy would fail if two rows of {fact.table} have the same {what}"
    emptied = deployment.emptied(fact.table)
    return f"{emptied.message} if drizzle-kit's question is answered with Yes"


def _notes(demand: _Demand) -> tuple[str, ...]:
    if not demand.asks:
        return ()
    return (
        (
            "drizzle-kit asks whether to truncate the table: answer No, Yes deletes"
            " every row"
        ),
    )


def _short_name(demand: _Demand) -> str:
    columns = demand.columns or ()
    return columns[0] if len(columns) == 1 else demand.name


def _place(table: Table | None) -> Span | None:
    return table.span if table else None


RULE = Rule(
    id="add-unique",
    summary="A new unique constraint fails where two rows have the same values",
    page=__doc__,
    judge=judge,
    push=BREAKS,
    push_1=BREAKS,
    migrations=BREAKS,
)
