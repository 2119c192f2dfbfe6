"""The deploy fails on every database, whatever its rows are.

Under `push`, what ran before the failing statement stays, and drizzle-kit before
1.0 still exits with 0: nobody is told. A migration is rolled back and the deploy
stops. Among the reasons:

* a type, schema or sequence is dropped while something declared still uses it;
* a foreign key's columns end up with types that cannot be compared;
* a table would get a second primary key, because the first is not dropped;
* a label is added and used in one migration;
* the config is gone that drizzle-kit needs;
* drizzle-kit itself refuses the schema.

```ts base
export const status = pgEnum("status", ["open", "paid"]);
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  status: status("status"),
});
```

```ts flagged break-deploy:status
const status = pgEnum("status", ["open", "paid"]);
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  status: status("status"),
});
```

```ts allowed
export const orderStatus = pgEnum("status", ["open", "paid"]);
export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  status: orderStatus("status"),
});
```
"""

from collections.abc import Iterator

from schemadiff.deploy.config_changes import ConfigDropped
from schemadiff.diff.changes import (
    BecameRejected,
    ColumnAdded,
    ColumnTypeChanged,
    EnumChanged,
    ForeignKeyChanged,
    IdentityChanged,
    InlineKeyChanged,
    PrimaryKeyChanged,
    SchemaDropped,
    SequenceChanged,
    UniqueChanged,
)
from schemadiff.rules.config_failures import config_needed
from schemadiff.rules.dependent_failures import read_elsewhere
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.failure import Failure
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.key_failures import (
    key_is_referenced,
    key_stays,
    new_identity,
    second_key,
)
from schemadiff.rules.reference_failures import (
    needed_unique,
    new_reference,
    references_break,
)
from schemadiff.rules.rule import BREAKS, Fact, Rule
from schemadiff.rules.type_failures import (
    enum_in_use,
    label_too_new,
    schema_in_use,
    sequence_in_use,
)


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to what cannot succeed."""
    for failure in _failures(fact, deployment):
        yield Finding(
            rule=RULE.id,
            subject=failure.subject,
            effect=Effect.BREAKS_DEPLOY,
            severity=Severity.ERROR if failure.is_certain else Severity.WARNING,
            message=f"the deploy would fail{_joint(failure)} {failure.cause}",
            was=failure.was,
            now=failure.now,
            sql=deployment.sql_of(fact),
            safer=(failure.safer,),
        )


def _joint(failure: Failure) -> str:
    return ":" if failure.is_certain else " if"


def _failures(fact: Fact, deployment: Deployment) -> Iterator[Failure]:
    match fact:
        case BecameRejected():
            yield Failure(
                fact.head.subject,
                f"drizzle-kit stops: {fact.head.reason}",
                "correct this first: nothing of the push would be deployed",
                now=fact.head.span,
            )
        case ConfigDropped():
            yield from config_needed(fact, deployment)
        case SchemaDropped():
            yield from schema_in_use(fact, deployment)
        case EnumChanged():
            yield from enum_in_use(fact, deployment)
            yield from label_too_new(fact, deployment)
        case SequenceChanged():
            yield from sequence_in_use(fact, deployment)
        case _:
            yield from _failures_in_tables(fact, deployment)


def _failures_in_tables(fact: Fact, deployment: Deployment) -> Iterator[Failure]:
    match fact:
        case ColumnAdded():
            yield from second_key(fact, deployment)
        case ColumnTypeChanged():
            yield from references_break(fact, deployment)
            yield from read_elsewhere(fact, deployment)
        case IdentityChanged():
            yield from new_identity(fact, deployment)
        case InlineKeyChanged() | PrimaryKeyChanged():
            yield from key_stays(fact.table, deployment)
            yield from key_is_referenced(fact.table, deployment)
        case UniqueChanged():
            yield from needed_unique(fact, deployment)
        case ForeignKeyChanged():
            yield from new_reference(fact, deployment)
        case _:
            return


RULE = Rule(
    id="break-deploy",
    summary="The deploy fails on every database, whatever its rows are",
    page=__doc__,
    judge=judge,
    push=BREAKS,
    push_1=BREAKS,
    migrations=BREAKS,
)
