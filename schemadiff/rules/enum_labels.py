"""What a removed label does, for the two rules that speak about it."""

from collections.abc import Iterator

from schemadiff.diff.changes import ColumnAdded, EnumChanged
from schemadiff.model import Column, EnumType, Name
from schemadiff.record import record
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.enum_use import removed_labels, users, uses
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.wording import listed, sql_name, sql_table


@record
class RemovedLabel:
    """A label that head's enum lacks, with the columns that may hold it."""

    base: EnumType
    head: EnumType
    label: str
    successor: str | None
    columns: tuple[tuple[Name, Column], ...]


def removed(fact: EnumChanged, deployment: Deployment) -> Iterator[RemovedLabel]:
    """Yield every label that is gone and may be in use."""
    base, head = fact.base, fact.head
    if base is None or head is None or not deployment.behaviours.rebuilds_enums:
        return
    columns = tuple(
        (table.name, column)
        for table, column in users(deployment.base, base.name)
        if deployment.manages(table.name)
    )
    successors = deployment.label_successors(fact)
    for label in removed_labels(base, head) if columns else ():
        yield RemovedLabel(base, head, label, successors.get(label), columns)


def objection(
    gone: RemovedLabel, fact: EnumChanged, deployment: Deployment, rule: str
) -> Finding:
    """Return the finding about one label.

    drizzle-kit moves the columns through text to a new type; the last cast
    fails on rows with the old label. Under push the columns are then left as
    text, a migration is rolled back.
    """
    certain = _fails_always(gone, deployment)
    stays = not deployment.behaviours.transactional
    named = listed(str(table.subject(column.name)) for table, column in gone.columns)
    if certain:
        message = f"the deploy would fail: {certain}"
    else:
        message = f"the deploy would fail where {named} is {gone.label}"
        message += ", and leave it as text" if stays else ""
    return Finding(
        rule=rule,
        subject=gone.base.name.subject(gone.label),
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.ERROR if certain or stays else Severity.WARNING,
        message=message,
        was=gone.base.span,
        now=gone.head.span,
        sql=deployment.sql(fact),
        safer=_rename(gone) if gone.successor else _replace(gone),
        notes=(f"probably renamed to {gone.successor}",) if gone.successor else (),
    )


def _fails_always(gone: RemovedLabel, deployment: Deployment) -> str | None:
    enum = gone.base.name
    follows = deployment.behaviours.moves_enum_columns
    for name, column in gone.columns:
        head = deployment.head_table(name)
        if head is None:
            continue
        later = head.columns.get(column.name)
        if later is None or (not uses(later, enum) and not follows):
            subject = name.subject(column.name)
            return f"{subject} still needs the type {enum} when it is dropped"
    for added in deployment.every(ColumnAdded):
        if uses(added.column, enum):
            subject = added.table.subject(added.column.name)
            return f"{subject} does not exist yet when {enum} is made again"
    return None


def _rename(gone: RemovedLabel) -> tuple[str, ...]:
    old, new = _literal(gone.label), _literal(gone.successor or "")
    enum = sql_table(gone.base.name)
    return (
        f'keep the label "{gone.label}"',
        f"or rename it first: ALTER TYPE {enum} RENAME VALUE {old} TO {new};",
    )


def _replace(gone: RemovedLabel) -> tuple[str, ...]:
    old = _literal(gone.label)
    updates = (
        f"UPDATE {sql_table(table)} SET {sql_name(column.name)} = …"
        f" WHERE {sql_name(column.name)} = {old};"
        for table, column in gone.columns
    )
    return ("give these rows another label before this push:", *updates)


def _literal(label: str) -> str:
    return "'" + label.replace("'", "''") + "'"
