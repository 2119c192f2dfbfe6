"""A part of the schema could not be read, so nobody knows what the push does.

schemadiff never runs the project's code. What depends on the environment, on
the file system or on a package's own values has no value it could know, and
what cannot be known is not let through in silence.

What could not be read before counts too: it may have been anything. An
expression that is the same on both sides, with everything it refers to, changes
nothing and is not reported. Where only the version of a package it
refers to differs, this is a warning.

A config that is for another database now is the same: it says nothing about the rows
that are in Postgres.

Write the names and types as literals, or allow the push when you know better.

```ts base
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
});
```

```ts flagged unreadable-schema:clients.email
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  email: process.env.LONG ? text("email") : varchar("email", { length: 20 }),
});
```

```ts allowed
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  email: text("email"),
});
```
"""

from collections.abc import Iterator

from schemadiff.deploy.config_changes import DialectChanged
from schemadiff.diff.changes import BecameUnreadable, WasUnreadable
from schemadiff.drizzle.config import POSTGRES
from schemadiff.model import Unreadable
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import UNREADABLE, Fact, Rule
from schemadiff.subject import Subject


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to what could not be read, unless it is what stood there before."""
    del deployment
    match fact:
        case BecameUnreadable(head=head, base=base, package_only=package_only):
            yield _finding(head, base, head, package_only=package_only)
        case WasUnreadable(base=base):
            yield _finding(base, base, None, package_only=False)
        case DialectChanged(head=dialect) if dialect not in (None, POSTGRES):
            yield _elsewhere(fact)
        case _:
            return


def _elsewhere(fact: DialectChanged) -> Finding:
    return Finding(
        rule=RULE.id,
        subject=Subject(place=fact.path),
        effect=Effect.UNREADABLE,
        severity=Severity.ERROR,
        message=f"{fact.path} is for {fact.head} now: what becomes of the rows in"
        " Postgres cannot be told",
        now=fact.span,
        safer=(
            (
                "keep a config for Postgres until its rows are exported, and start the"
                " new database with a config of its own"
            ),
        ),
    )


def _finding(
    what: Unreadable,
    base: Unreadable | None,
    head: Unreadable | None,
    *,
    package_only: bool,
) -> Finding:
    before = "" if head else " as it was before"
    note = "the expression is the same, a package it uses has another version"
    return Finding(
        rule=RULE.id,
        subject=what.subject,
        effect=Effect.UNREADABLE,
        severity=Severity.WARNING if package_only else Severity.ERROR,
        message=f"{what.subject} could not be read{before}: {what.reason}",
        was=base.span if base else None,
        now=head.span if head else None,
        safer=("write it so that it can be read without running the project",),
        notes=(note,) if package_only else (),
    )


RULE = Rule(
    id="unreadable-schema",
    summary="A part of the schema could not be read without running the project",
    page=__doc__,
    judge=judge,
    push=UNREADABLE,
    push_1=UNREADABLE,
    migrations=UNREADABLE,
)
