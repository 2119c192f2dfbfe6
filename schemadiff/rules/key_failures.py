"""Statements about keys and identities that fail on every database."""

from collections.abc import Iterator

from schemadiff.deploy.sql_type import column_type
from schemadiff.diff.changes import ColumnAdded, IdentityChanged
from schemadiff.model import ForeignKey, Name, Table
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.existing_rows import is_required
from schemadiff.rules.failure import Failure
from schemadiff.rules.wording import key_columns, listed


def key_stays(name: Name, deployment: Deployment) -> Iterator[Failure]:
    """Yield why an inline key that is not dropped is in the way."""
    base, head = deployment.table(name), deployment.head_table(name)
    if deployment.behaviours.drops_inline_keys or base is None or head is None:
        return
    inline = [each.name for each in base.columns.values() if each.primary_key]
    if not inline or inline == _inline(head) or inline[0] not in head.columns:
        return
    nullable = [
        each for each in inline if each in head.columns and _is_nullable(head, each)
    ]
    if not key_columns(head) and not nullable:
        return
    yield Failure(
        name.subject(),
        f"drizzle-kit writes only a comment for the old key of {name},"
        + (
            f" and {listed(nullable)} cannot be NULL while it is there"
            if nullable and not key_columns(head)
            else " and a table cannot have two"
        ),
        "drop the old key by hand in the migration:"
        f' ALTER TABLE "{name.name}" DROP CONSTRAINT "{name.name}_pkey";',
        was=base.span,
        now=head.span,
    )


def _inline(table: Table) -> list[str]:
    return [each.name for each in table.columns.values() if each.primary_key]


def _is_nullable(table: Table, name: str) -> bool:
    column = table.columns[name]
    return not column.not_null and not column.primary_key


def key_is_referenced(name: Name, deployment: Deployment) -> Iterator[Failure]:
    """Yield foreign keys that need the key that is dropped."""
    base, head = deployment.table(name), deployment.head_table(name)
    if base is None or head is None or not deployment.behaviours.drops_inline_keys:
        return
    before = key_columns(base)
    if not before or set(before) == set(key_columns(head)):
        return
    if any(set(each.columns) == set(before) for each in base.uniques.values()):
        return
    for table, key in _kept_references(name, deployment):
        if set(key.target_columns) == set(before):
            yield Failure(
                name.subject(),
                f"the key of {name} cannot be dropped while {table} references it",
                "drop the foreign key in an earlier push",
                was=base.span,
                now=head.span,
            )


def _kept_references(
    target: Name, deployment: Deployment
) -> Iterator[tuple[Name, ForeignKey]]:
    for table, key in deployment.references(target):
        if key.target == target:
            head = deployment.head_table(table)
            if head and head.foreign_keys.get(key.name) == key:
                yield table, key


def second_key(fact: ColumnAdded, deployment: Deployment) -> Iterator[Failure]:
    """Yield why a new key column cannot be added."""
    base = deployment.table(fact.table)
    if not fact.column.primary_key or base is None:
        return
    if not deployment.behaviours.adds_keys_inline:
        return
    head = deployment.head_table(fact.table)
    inline = _inline(base)
    remains = [
        name
        for name in key_columns(base)
        if name not in inline
        or not (head and name in head.columns)
        or not deployment.behaviours.drops_inline_keys
    ]
    if remains:
        yield Failure(
            fact.table.subject(),
            f"{fact.table} gets the key {fact.column.name} before {listed(remains)}"
            " is dropped, and a table cannot have two",
            "drop the old key in one push and add the new one in the next",
            was=base.span,
            now=fact.column.span,
        )


def new_identity(fact: IdentityChanged, deployment: Deployment) -> Iterator[Failure]:
    """Yield why a column cannot become an identity."""
    if fact.base.identity is not None or fact.head.identity is None:
        return
    if not deployment.manages(fact.table):
        return
    subject = fact.table.subject(fact.base.name)
    if not is_required(fact.base):
        yield Failure(
            subject,
            f"{subject} must be NOT NULL before it becomes an identity",
            "require the column in one push and add the identity in the next",
            was=fact.base.span,
            now=fact.head.span,
        )
    if deployment.behaviours.creates_serials or not column_type(fact.base).is_serial:
        return
    yield Failure(
        subject,
        f"the sequence of {subject} has the name that its identity needs",
        "drop the default and the sequence by hand before this push",
        was=fact.base.span,
        now=fact.head.span,
    )
