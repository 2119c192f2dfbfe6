"""Foreign keys whose columns cannot be compared, which fails on every database."""

from collections.abc import Iterator

from schemadiff.deploy.sql_type import column_type
from schemadiff.diff.changes import ColumnTypeChanged, ForeignKeyChanged
from schemadiff.model import Column, ForeignKey, Name
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.failure import Failure
from schemadiff.rules.references import is_comparable, mismatch, twin


def references_break(
    fact: ColumnTypeChanged, deployment: Deployment
) -> Iterator[Failure]:
    """Yield foreign keys that stay and do not survive a column's new type.

    Columns change one after the other, and Postgres compares both sides after
    each; so it does not help that the other side changes too.
    """
    for table in deployment.base.tables.values():
        for key in table.foreign_keys.values():
            if _stays(table.name, key, deployment):
                yield from _break(fact, table.name, key, deployment)


def _stays(table: Name, key: ForeignKey, deployment: Deployment) -> bool:
    head = deployment.head.tables.get(table)
    return head is not None and head.foreign_keys.get(key.name) == key


def _break(
    fact: ColumnTypeChanged, name: Name, key: ForeignKey, deployment: Deployment
) -> Iterator[Failure]:
    for source, target in zip(key.columns, key.target_columns, strict=False):
        if (name, source) == (fact.table, fact.base.name):
            other = _column(deployment, key.target, target)
            if other and not is_comparable(column_type(fact.head), column_type(other)):
                yield _failure(fact, key.target, other, "references")
        if (key.target, target) == (fact.table, fact.base.name):
            other = _column(deployment, name, source)
            if other and not is_comparable(column_type(other), column_type(fact.head)):
                yield _failure(fact, name, other, "is referenced by")


def _column(deployment: Deployment, table: Name, name: str) -> Column | None:
    known = deployment.base.tables.get(table)
    return known.columns.get(name) if known else None


def _failure(fact: ColumnTypeChanged, table: Name, other: Column, verb: str) -> Failure:
    subject = fact.table.subject(fact.base.name)
    return Failure(
        subject,
        f"{subject} {verb} {table.subject(other.name)}, which is {other.type}, and"
        f" cannot become {fact.head.type}",
        "drop the foreign key in one push, change both types in the next, and add it"
        " again in a third",
        was=fact.base.span,
        now=fact.head.span,
    )


def new_reference(fact: ForeignKeyChanged, deployment: Deployment) -> Iterator[Failure]:
    """Yield why a new foreign key is not accepted."""
    key = fact.head
    if key is None or not deployment.manages(fact.table):
        return
    if twin(key, deployment.table(fact.table)):
        return
    pair = mismatch(key, fact.table, deployment.head)
    if pair is None:
        return
    source, target = pair
    yield Failure(
        fact.table.subject(source.name),
        f"{fact.table}.{source.name} is {source.type} and cannot reference"
        f" {key.target}.{target.name}, which is {target.type}",
        f"give {source.name} the type of {key.target}.{target.name}",
        now=key.span,
    )
