"""What a new or other primary key demands of existing rows."""

from schemadiff.diff.changes import (
    ColumnAdded,
    InlineKeyChanged,
    PrimaryKeyChanged,
)
from schemadiff.model import Name
from schemadiff.record import record
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Severity
from schemadiff.rules.keys import collision, may_be_null
from schemadiff.rules.rule import Fact
from schemadiff.rules.wording import key_columns
from schemadiff.source import Span


@record
class KeyChange:
    """The primary key of one table at base and at head, and what may go wrong."""

    table: Name
    base: tuple[str, ...]
    head: tuple[str, ...]
    severity: Severity
    was: Span | None
    now: Span | None


def key_change(fact: Fact, deployment: Deployment) -> KeyChange | None:
    """Return what happened to the key of the fact's table, if rows may not fit it."""
    if isinstance(fact, ColumnAdded):
        name, now = fact.table, fact.column.span
    elif isinstance(fact, InlineKeyChanged):
        name, now = fact.table, fact.head.span
    elif isinstance(fact, PrimaryKeyChanged):
        name, now = fact.table, fact.head.span if fact.head else None
    else:
        return None
    base = deployment.table(name)
    head = deployment.head_table(name)
    if base is None or head is None or not deployment.manages(name):
        return None
    before, after = key_columns(base), key_columns(head)
    if not after or set(before) == set(after):
        return None
    new = deployment.new_columns.get(name, {})
    severity = collision(after, base, new, nulls_collide=True)
    if severity is None and may_be_null(after, base, new):
        severity = Severity.WARNING
    if severity is None:
        return None
    return KeyChange(name, before, after, severity, base.span, now or head.span)


def key_statements(table: Name, deployment: Deployment) -> tuple[str, ...]:
    """Return the statements that drop the old key and add the new one."""
    facts: list[PrimaryKeyChanged | InlineKeyChanged] = [
        *(each for each in deployment.every(PrimaryKeyChanged) if each.head is None),
        *deployment.every(InlineKeyChanged),
        *(each for each in deployment.every(PrimaryKeyChanged) if each.head),
    ]
    lines: dict[str, None] = {}
    for each in facts:
        if each.table == table:
            lines |= dict.fromkeys(deployment.sql(each))
    return tuple(lines)
