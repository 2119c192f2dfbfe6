"""Statements about schemas, enums and sequences that fail on every database."""

from collections.abc import Iterator

from schemadiff.diff.changes import (
    ColumnAdded,
    DefaultChanged,
    EnumChanged,
    SchemaDropped,
    SequenceChanged,
    TableAdded,
)
from schemadiff.model import Column, EnumType, Name
from schemadiff.rules.declared_in import declared_in
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.enum_use import added_labels, removed_labels, users, uses
from schemadiff.rules.failure import Failure
from schemadiff.rules.wording import listed
from schemadiff.subject import Subject


def schema_in_use(fact: SchemaDropped, deployment: Deployment) -> Iterator[Failure]:
    """Yield why a Postgres schema cannot be dropped."""
    still = declared_in(deployment.head, fact.name)
    if still and deployment.manages_schema(fact.name):
        yield Failure(
            Subject((fact.name,)),
            f"the schema {fact.name} cannot be dropped while {listed(map(str, still))}"
            f" {'is' if len(still) == 1 else 'are'} in it",
            f'keep export const … = pgSchema("{fact.name}")',
            was=fact.span,
        )


def enum_in_use(fact: EnumChanged, deployment: Deployment) -> Iterator[Failure]:
    """Yield why an enum cannot be dropped."""
    if fact.base is None or fact.head is not None:
        return
    enum = fact.base.name
    if not deployment.manages_schema(enum.schema):
        return
    still = [
        str(table.name.subject(column.name))
        for table, column in users(deployment.base, enum)
        if _keeps_type(table.name, column, enum, deployment)
    ]
    if still:
        yield Failure(
            enum.subject(),
            f"the type {enum} cannot be dropped while {listed(still)}"
            f" {'is' if len(still) == 1 else 'are'} of it",
            "keep the enum exported",
            was=fact.base.span,
        )


def _keeps_type(table: Name, base: Column, enum: Name, deployment: Deployment) -> bool:
    head = deployment.head_table(table)
    column = head.columns.get(base.name) if head else None
    if column is None or not deployment.manages(table):
        return False
    if uses(column, enum):
        return True
    follows = deployment.behaviours.moves_enum_columns
    return column.enum is not None and column.enum.name == enum.name and not follows


def label_too_new(fact: EnumChanged, deployment: Deployment) -> Iterator[Failure]:
    """Yield labels that are used in the transaction that adds them."""
    if not deployment.behaviours.transactional:
        return
    if fact.base is None or fact.head is None or removed_labels(fact.base, fact.head):
        return
    for label in added_labels(fact.base, fact.head):
        for table, column in _new_defaults(deployment, fact.head):
            if _is_label(column, label):
                subject = table.subject(column.name)
                yield Failure(
                    subject,
                    f'"{label}" is too new to be the default of {subject}: Postgres'
                    " accepts a new label only in a later transaction",
                    "add the label in one push and use it in the next",
                    was=fact.base.span,
                    now=column.span,
                )


def _new_defaults(
    deployment: Deployment, enum: EnumType
) -> Iterator[tuple[Name, Column]]:
    for change in deployment.changes:
        match change:
            case DefaultChanged(table=table, head=column):
                found = [(table, column)]
            case ColumnAdded(table=table, column=column):
                found = [(table, column)]
            case TableAdded(table=added):
                found = [(added.name, each) for each in added.columns.values()]
            case _:
                continue
        yield from (each for each in found if uses(each[1], enum.name))


def _is_label(column: Column, label: str) -> bool:
    default = column.default.value if column.default else None
    if not isinstance(default, str):
        return False
    text = "'" + label.replace("'", "''") + "'"
    return default == text or default.startswith(text + "::")


def sequence_in_use(fact: SequenceChanged, deployment: Deployment) -> Iterator[Failure]:
    """Yield why a sequence cannot be dropped."""
    if fact.base is None or fact.head is not None:
        return
    name = fact.base.name
    if not deployment.manages_schema(name.schema):
        return
    for table in deployment.head.tables.values():
        for column in table.columns.values():
            default = column.default.value if column.default else None
            if isinstance(default, str) and _names_sequence(default, name):
                subject = table.name.subject(column.name)
                yield Failure(
                    name.subject(),
                    f"the sequence {name} cannot be dropped while the default of"
                    f" {subject} takes numbers from it",
                    "keep the sequence exported",
                    was=fact.base.span,
                    now=column.span,
                )


def _names_sequence(default: str, name: Name) -> bool:
    return "nextval(" in default.lower() and any(
        f"'{spelled}'" in default
        for spelled in (name.name, f"{name.schema}.{name.name}", f'"{name.name}"')
    )
