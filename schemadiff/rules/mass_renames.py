"""Many renames with one cause, and changes inside something renamed."""

from schemadiff.deploy.config_changes import CasingChanged
from schemadiff.diff.changes import (
    ColumnAdded,
    ColumnDropped,
    ColumnTypeChanged,
    NotNullAdded,
    TableAdded,
    TableDropped,
)
from schemadiff.diff.compare import compare_tables
from schemadiff.model import Name, Table
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.renaming import hint, renaming_of_column, renaming_of_table
from schemadiff.rules.wording import back_up_column, back_up_tables, rows_deleted
from schemadiff.subject import Subject

CASING = Subject(place="casing")
PREFIX = Subject(place="prefix")


def every_column_renamed(
    pairs: tuple[tuple[ColumnDropped, ColumnAdded], ...],
    deployment: Deployment,
    rule: str,
) -> Finding:
    """Return the one finding about columns whose casing changed."""
    names = [
        f"{old.table.subject(old.column.name)} to {new.column.name}"
        for old, new in pairs
    ]
    return Finding(
        rule=rule,
        subject=CASING,
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=f"every value of {len(pairs)} columns would be lost",
        was=pairs[0][0].column.span,
        now=pairs[0][1].column.span,
        sql=(
            *(line for _, new in pairs for line in deployment.sql(new)),
            *(line for old, _ in pairs for line in deployment.sql(old)),
        ),
        safer=(
            "leave the casing as it is, or give every column its name in the database",
            "or rename in a migration:",
            *(renaming_of_column(old, new) for old, new in pairs),
            *hint(deployment.behaviours, "column", *map(_places, pairs)),
        ),
        backup=tuple(
            line
            for old, _ in pairs
            for line in back_up_column(
                deployment.table(old.table), old.table, old.column.name
            )
        ),
        notes=(f"probably renamed: {', '.join(names)}", *_casing(deployment)),
    )


def _places(
    pair: tuple[ColumnDropped, ColumnAdded],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old, new = pair
    return (
        (*_parts(old.table), old.column.name),
        (*_parts(new.table), new.column.name),
    )


def _parts(name: Name) -> tuple[str, str]:
    return name.schema, name.name


def _casing(deployment: Deployment) -> tuple[str, ...]:
    """Say that the config's casing is the cause, where it is."""
    return tuple(
        f"casing in the config becomes {each.head or 'nothing'},"
        f" from {each.base or 'nothing'}"
        for each in deployment.context.config_changes
        if isinstance(each, CasingChanged)
    )


def every_table_renamed(
    pairs: tuple[tuple[TableDropped, TableAdded], ...],
    deployment: Deployment,
    rule: str,
) -> Finding:
    """Return the one finding about tables whose prefix changed."""
    lost = [old.table.name for old, _ in pairs]
    names = [f"{old.table.name} to {new.table.name}" for old, new in pairs]
    inside = [
        line for old, new in pairs for line in inner_changes(old.table, new.table)
    ]
    return Finding(
        rule=rule,
        subject=PREFIX,
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=f"{rows_deleted(lost)}: {len(lost)} tables",
        was=pairs[0][0].table.span,
        now=pairs[0][1].table.span,
        sql=tuple(line for old, _ in pairs for line in deployment.sql(old)),
        safer=(
            "leave the prefix as it is",
            "or rename in a migration:",
            *(
                line
                for old, new in pairs
                for line in renaming_of_table(old.table.name, new.table.name)
            ),
            *hint(
                deployment.behaviours,
                "table",
                *(
                    (_parts(old.table.name), _parts(new.table.name))
                    for old, new in pairs
                ),
            ),
        ),
        backup=back_up_tables(lost),
        notes=(f"probably renamed: {', '.join(names)}", *inside),
    )


def inner_changes(base: Table, head: Table) -> tuple[str, ...]:
    """Return what a rename alone would not bring about, as notes."""
    lines = []
    for change in compare_tables(base, head):
        match change:
            case ColumnDropped(column=column):
                lines.append(f"{base.name.subject(column.name)} is gone besides")
            case ColumnTypeChanged(base=old, head=new):
                subject = base.name.subject(old.name)
                lines.append(f"{subject} changes from {old.type} to {new.type} besides")
            case NotNullAdded(head=new):
                lines.append(f"{base.name.subject(new.name)} is NOT NULL besides")
            case _:
                continue
    return tuple(lines)
