"""Foreign keys whose columns cannot be compared, which fails on every database."""

from collections.abc import Iterator

from schemadiff.deploy.sql_type import column_type
from schemadiff.diff.changes import ColumnTypeChanged, ForeignKeyChanged, UniqueChanged
from schemadiff.model import Column, ForeignKey, Name, Table
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.failure import Failure
from schemadiff.rules.keys import index_columns, unique_columns
from schemadiff.rules.references import is_comparable, mismatch, twin
from schemadiff.rules.wording import key_columns, listed


def references_break(
    fact: ColumnTypeChanged, deployment: Deployment
) -> Iterator[Failure]:
    """Yield foreign keys that stay and do not survive a column's new type.

    Columns change one after the other, and Postgres compares both sides after
    each; so it does not help that the other side changes too.
    """
    for table, key in deployment.references(fact.table):
        if _stays(table, key, deployment):
            yield from _break(fact, table, key, deployment)


def _stays(table: Name, key: ForeignKey, deployment: Deployment) -> bool:
    head = deployment.head_table(table)
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
    known = deployment.table(table)
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
    if pair is not None:
        source, target = pair
        yield Failure(
            fact.table.subject(source.name),
            f"{fact.table}.{source.name} is {source.type} and cannot reference"
            f" {key.target}.{target.name}, which is {target.type}",
            f"give {source.name} the type of {key.target}.{target.name}",
            now=key.span,
        )
    elif not _is_unique(key, deployment):
        columns = listed(key.target_columns)
        yield Failure(
            fact.table.subject(key.columns[0] if len(key.columns) == 1 else key.name),
            f"{columns} of {key.target} {'is' if len(key.columns) == 1 else 'are'} not"
            " unique when the foreign key is added",
            f"make {columns} of {key.target} unique in an earlier push",
            now=key.span,
        )


def _is_unique(key: ForeignKey, deployment: Deployment) -> bool:
    """Tell whether the target's columns are unique when the key is added."""
    late = deployment.behaviours.adds_uniques_late
    base = deployment.table(key.target)
    head = deployment.head_table(key.target)
    if head is None:
        return True
    known = base if late and base is not None else head
    wanted = frozenset(key.target_columns)
    if late and base is not None and frozenset(key_columns(head)) == wanted:
        return True
    return any(columns == wanted for columns in unique_columns(known)) or any(
        columns == wanted for columns in _indexes(head)
    )


def _indexes(table: Table) -> Iterator[frozenset[str]]:
    for index in table.indexes.values():
        columns = index_columns(index)
        if index.unique and columns and not index.where:
            yield frozenset(columns)


def needed_unique(fact: UniqueChanged, deployment: Deployment) -> Iterator[Failure]:
    """Yield foreign keys that need the unique constraint that is dropped."""
    base = deployment.table(fact.table)
    if fact.base is None or base is None or not deployment.manages(fact.table):
        return
    wanted = frozenset(fact.base.columns)
    if sum(columns == wanted for columns in unique_columns(base)) > 1:
        return
    for table, key in deployment.references(fact.table):
        if (
            key.target == fact.table
            and frozenset(key.target_columns) == wanted
            and _stays(table, key, deployment)
        ):
            yield Failure(
                fact.table.subject(fact.base.name),
                f"{fact.base.name} cannot be dropped while {table} references"
                f" {listed(fact.base.columns)} of {fact.table}",
                "drop the foreign key in an earlier push",
                was=fact.base.span,
            )
