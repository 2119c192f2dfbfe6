"""A part of the schema could not be read, so nobody knows what the push does.

schemadiff never runs the project's code. What depends on the environment, on
the file system or on a package's own values has no value it could know, and
what cannot be known is not let through in silence.

An expression that is the same on both sides, with everything it refers to,
changes nothing and is not reported. Where only the version of a package it
refers to differs, this is a warning.

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

from schemadiff.diff.changes import BecameUnreadable
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import UNREADABLE, Fact, Rule


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to what could not be read, unless it is what stood there before."""
    del deployment
    if not isinstance(fact, BecameUnreadable):
        return
    head, base = fact.head, fact.base
    notes: tuple[str, ...] = ()
    if fact.package_only:
        notes = ("the expression is the same, a package it uses has another version",)
    yield Finding(
        rule=RULE.id,
        subject=head.subject,
        effect=Effect.UNREADABLE,
        severity=Severity.WARNING if fact.package_only else Severity.ERROR,
        message=f"{head.subject} could not be read: {head.reason}",
        was=base.span if base else None,
        now=head.span,
        safer=("write it so that it can be read without running the project",),
        notes=notes,
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
